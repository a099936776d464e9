import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { pageHref } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { restoreNote } from '../trash/remove-with-undo.ts';
import { type OpenDraft, openDraft, startDraft } from './drafts.ts';
import { keptHistory } from './history.ts';
import { freshDraft } from './new-note.ts';
import { NoteForm } from './note-form.tsx';
import { W } from './words.ts';

interface Props {
  id: string;
  at: [number, number] | null;
  /** A new note, which is not stored before something is typed. */
  fresh: boolean;
  /** Its title, where it was asked for by name. */
  title?: string;
  /** Shown to be read. */
  read?: boolean;
  /** A heading or a block that is to be shown. */
  to?: string;
}

type Opened = { kind: 'loading' | 'missing' } | { kind: 'failed'; why: string } | OpenDraft;

/** Opens a note by id, and says so where it is missing or cannot be read. */
export function EditorView({ id, at, fresh, title, read, to }: Props) {
  const ctx = useApp();
  const [opened, setOpened] = useState<Opened>(() => openDraft(id) ?? { kind: 'loading' });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let here = true;
    if ('autosave' in opened) return;
    Promise.all([ctx.notes.get(id), keptHistory(ctx, id)]).then(
      ([stored, history]) => {
        if (!here) return;
        const known = openDraft(id);
        if (known) setOpened(known);
        else if (stored || fresh) {
          const draft = stored ? startDraft(ctx, id, stored) : freshDraft(ctx, id, title);
          draft.history = history;
          setOpened(draft);
        } else setOpened({ kind: 'missing' });
      },
      (thrown) => {
        if (here) setOpened({ kind: 'failed', why: errorText(thrown) });
      },
    );
    return () => {
      here = false;
    };
  }, [id, tries]);

  if ('autosave' in opened) {
    return <NoteForm draft={opened} at={at} fresh={fresh} read={read} to={to} />;
  }
  if (opened.kind === 'loading') return <p class="quiet pad">{S.loading}</p>;
  if (opened.kind === 'failed') return <p role="alert">{opened.why}</p>;
  const restore = async () => {
    if (await restoreNote(ctx, id)) setTries(tries + 1);
  };
  return (
    <div class="page">
      <p>{W.noteMissing}</p>
      <p class="ways">
        <button type="button" class="button" onClick={restore}>
          {S.restore}
        </button>
        <a class="button" href={pageHref('notes')}>
          {S.backToNotes}
        </a>
      </p>
    </div>
  );
}
