import type { Unfinished, UnfinishedKind } from '../../storage/notes/index.ts';
import { type AppContext, useApp } from '../core/context.ts';
import { NoticeLine } from '../core/parts/notice-line.tsx';
import { go, pageHref, route } from '../core/router.ts';
import { toast } from '../core/toasts.tsx';
import { PAGE_OF } from './long-work.ts';
import { forgetUnfinished, unfinishedIn } from './unfinished.ts';
import { W } from './words.ts';

/** By what the browser has kept within reach; else on the page where it is chosen again. */
async function resumeUnfinished(ctx: AppContext, before: Unfinished): Promise<void> {
  if (before.handles) {
    const { resumeDropped } = await import('../import/resume.ts');
    if (await resumeDropped(ctx, before)) return;
    toast(W.chooseAgain[before.kind](before.name));
  }
  go(pageHref(PAGE_OF[before.kind]));
}

/** What was cut off, and how to continue with it: of one kind on its page, of either elsewhere. */
export function ResumeOffer({ kind }: { kind?: UnfinishedKind }) {
  const ctx = useApp();
  const before = unfinishedIn(ctx, kind);
  if (!before) return null;
  const here = route.value.page === PAGE_OF[before.kind];
  if (here !== Boolean(kind)) return null;
  const { name, done, total, handles } = before;
  const said = W.unfinished[before.kind](done, total);
  const chooseHere = here && !handles;
  return (
    <NoticeLine
      notice={{
        kind: 'status',
        text: chooseHere ? `${said} ${W.chooseAgain[before.kind](name)}` : said,
        action: chooseHere
          ? undefined
          : { label: W.goOn, run: () => void resumeUnfinished(ctx, before) },
        dismiss: () => void forgetUnfinished(ctx, before.kind),
      }}
    />
  );
}
