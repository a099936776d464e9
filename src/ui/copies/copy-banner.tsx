import { useEffect, useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { lazy } from '../core/parts/lazy.tsx';
import { go, noteHref } from '../core/router.ts';
import { shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { useNoteList } from '../notes/note-list.ts';
import { copiesAmong } from './find-copies.ts';
import { keepCopies } from './keep-copies.ts';
import { nearCopies } from './near-copies.ts';
import { C } from './words.ts';
import './copies.css';

const Comparison = lazy(() => import('./comparison.tsx').then((view) => view.Comparison), null);

/** Says of an open note that it is a conflict copy, and what can be done with it. */
export function CopyBanner({ note }: { note: NoteMeta }) {
  const ctx = useApp();
  const { notes } = useNoteList();
  const [base, setBase] = useState<NoteMeta | null>(null);
  const [comparing, setComparing] = useState(false);
  const { id, revision } = note;
  useEffect(() => {
    let isCurrent = true;
    const own = copiesAmong(notes ?? []).filter((one) => one.note.id === id);
    nearCopies(ctx, own).then(
      ([one]) => {
        if (isCurrent) setBase(one?.base ?? null);
      },
      () => {},
    );
    return () => {
      isCurrent = false;
    };
  }, [notes, id, revision]);
  if (!base) return null;
  const title = shown(base.title);
  const keep = async () => {
    const wanted = [{ note: id, revision: note.revision, base: base.id }];
    const kept = await keepCopies(ctx, wanted, () => C.kept(title));
    if (kept.length > 0) go(noteHref(base.id));
    else toast(C.changedMeanwhile);
  };
  return (
    <div class="banner copy-banner" role="note">
      <p>
        {C.isCopy}{' '}
        <a href={noteHref(base.id)} dir="auto">
          {title}
        </a>
        .
      </p>
      <p class="ways">
        <button type="button" class="button small" onClick={() => setComparing(true)}>
          {C.compare}
        </button>
        <button type="button" class="button small" onClick={() => void keep()}>
          {C.keep(title)}
        </button>
      </p>
      {comparing && <Comparison note={note} base={base} onClose={() => setComparing(false)} />}
    </div>
  );
}
