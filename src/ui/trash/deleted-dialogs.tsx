import { useEffect, useState } from 'preact/hooks';
import type { TrashEntry } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { P } from '../core/page-strings.ts';
import { useModal } from '../core/parts/use-modal.ts';
import { n, S, shown } from '../core/strings.ts';
import { L } from './later-words.ts';
import { W } from './words.ts';

/** More of a text is not drawn: it takes seconds. UTF-16 units. */
const SHOWN_UNITS = 100_000;

interface TextProps {
  entry: TrashEntry;
  onRestore(): void;
  onForGood(): void;
  onClose(): void;
}

/** A deleted note's text, to be read before it is restored. */
export function DeletedText({ entry: { id, meta }, onRestore, onForGood, onClose }: TextProps) {
  const { notes } = useApp();
  const dialog = useModal();
  const [text, setText] = useState<string | null>(null);
  const [error, setError] = useState<string | null>(null);
  useEffect(() => {
    let here = true;
    notes
      .deleted()
      .then((deleted) => deleted.get(id))
      .then(
        (note) => {
          if (!here) return;
          if (note) setText(note.text);
          else setError(W.cannotRestore);
        },
        (thrown) => {
          if (here) setError(errorText(thrown));
        },
      );
    return () => {
      here = false;
    };
  }, [id]);
  const more = (text?.length ?? 0) - SHOWN_UNITS;
  return (
    <dialog
      ref={dialog}
      class="small-dialog deleted-text"
      aria-labelledby="deleted-title"
      onClose={onClose}
    >
      <h2 id="deleted-title" dir="auto">
        {shown(meta.title)}
      </h2>
      {error && <p role="alert">{error}</p>}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long text is scrolled by keys */}
      <section tabIndex={0} dir="auto" aria-label={S.note}>
        {text === '' ? P.nothingToRead : (text?.slice(0, SHOWN_UNITS) ?? S.loading)}
      </section>
      {more > 0 && <p class="quiet">{L.moreCharacters(n(more))}</p>}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {S.close}
        </button>
        <button type="button" class="button danger" onClick={onForGood}>
          {L.deleteForGood}
        </button>
        <button type="button" class="button primary" disabled={text === null} onClick={onRestore}>
          {S.restore}
        </button>
      </div>
    </dialog>
  );
}

interface SureProps {
  title: string;
  onSure(): void;
  onClose(): void;
}

/** No Undo brings it back: asked first. The focus is on Cancel. */
export function SureDialog({ title, onSure, onClose }: SureProps) {
  const dialog = useModal();
  return (
    <dialog ref={dialog} class="small-dialog" aria-labelledby="sure-title" onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          onSure();
        }}
      >
        <h2 id="sure-title" dir="auto">
          {L.sureForGood(title)}
        </h2>
        <p class="quiet">{L.sureForGoodHint}</p>
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {S.cancel}
          </button>
          <button type="submit" class="button final">
            {L.deleteForGood}
          </button>
        </div>
      </form>
    </dialog>
  );
}
