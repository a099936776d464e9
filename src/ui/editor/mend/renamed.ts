/** What becomes of the links to a note that has another title: fetched when one has. */
import type { NoteMeta } from '../../../storage/notes/index.ts';
import { isImported } from '../../../storage/notes/is-imported.ts';
import { nameKey } from '../../../storage/notes/link-names.ts';
import type { AppContext } from '../../core/context.ts';
import { errorText } from '../../core/errors-text.ts';
import { shown } from '../../core/strings.ts';
import { toast } from '../../core/toasts.tsx';
import { offerUndo } from '../../core/undo-stack.ts';
import { freshNoteList } from '../../notes/note-list.ts';
import type { OpenDraft } from '../drafts.ts';
import { isLinkable } from '../linkable.ts';
import { findMending, type Mending, takeBackMending, writeMending } from './mend-notes.ts';
import { L } from './mend-words.ts';

/** Former titles that a note keeps. */
const MOST_FORMER = 20;

/**
 * A title was changed, and is left. Where links led to the note by the former one, that stays a name
 * of it, so that none breaks. Of a note that was written here, it is offered to update them: an
 * imported one has its file's name, and its links are those of its folder.
 */
export async function titleChanged(
  ctx: AppContext,
  { id, autosave }: OpenDraft,
  former: string,
): Promise<void> {
  try {
    await autosave.flush();
    const [meta] = await ctx.notes.metas([id]);
    if (!meta || autosave.dirty || nameKey(meta.title) === nameKey(former)) return;
    const mending = await findMending(ctx, [{ ...meta, title: former }]);
    const { notes, broken } = mending;
    const linking = new Set([...notes.map((one) => one.meta.id), ...broken.map((one) => one.id)]);
    if (linking.size === 0) return;
    const before = meta.formerTitles ?? [];
    const titles = [former, ...before.filter((title) => title !== former)].slice(0, MOST_FORMER);
    await ctx.notes.rewrite({ rewrites: [], formerTitles: { id, titles } });
    ctx.engine.announce([id]);
    if (isImported(meta) || meta.title.trim() === '') return;
    await offer(ctx, { meta, former, before, titles }, mending, linking.size);
  } catch (thrown) {
    toast(errorText(thrown));
  }
}

interface Renaming {
  meta: NoteMeta;
  former: string;
  /** Former titles before, and with this one. */
  before: readonly string[];
  titles: readonly string[];
}

async function offer(
  ctx: AppContext,
  renaming: Renaming,
  { notes, broken }: Mending,
  linking: number,
): Promise<void> {
  const { meta, former } = renaming;
  const title = meta.title.trim();
  const why: string[] = [];
  if (!isLinkable(title)) why.push(L.cannotStand(shown(title)));
  else {
    const others = (await freshNoteList(ctx)).filter((one) => one.id !== meta.id);
    if (others.some((one) => nameKey(one.title) === nameKey(title))) why.push(L.taken(title));
  }
  if (notes.length === 0) {
    toast([...why, L.stay(broken.length, former)].join(' '));
    return;
  }
  toast([...why, L.offer(linking)].join(' '), {
    label: L.update,
    decline: L.leave,
    run: () => void update(ctx, renaming).catch((thrown) => toast(errorText(thrown))),
  });
}

/** Looked up anew: texts may have changed since it was offered. */
async function update(ctx: AppContext, renaming: Renaming): Promise<void> {
  const { meta, former, before, titles } = renaming;
  const { id } = meta;
  const [now] = await ctx.notes.metas([id]);
  if (!now || now.title !== meta.title) {
    toast(L.noneUpdated);
    return;
  }
  // As if the former title were no name of it any more.
  const was = { ...now, title: former, formerTitles: [...before] };
  const mending = await findMending(ctx, [was], { id, titles: before });
  const done = await writeMending(ctx, mending, {
    id,
    titles: mending.broken.length > 0 ? titles : before,
  });
  const left = done.leftNotes;
  if (left.length > 0) {
    // Their links go on by the former title.
    await ctx.notes.rewrite({ rewrites: [], formerTitles: { id, titles } });
    ctx.engine.announce([id]);
    toast(L.leftAlone(left.map((one) => shown(one.title))));
  }
  const { changed } = done;
  if (changed.length === 0) {
    if (left.length === 0) toast(L.noneUpdated);
    return;
  }
  const back = { id, now: meta.title, former, titles: before };
  offerUndo(ctx, L.updated(changed.length), (ctx2) => takeBackMending(ctx2, done, back), true);
}
