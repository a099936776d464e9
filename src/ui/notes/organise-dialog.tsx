import { useRef, useState } from 'preact/hooks';
import { folderOfPath } from '../../paths.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { P } from '../core/page-strings.ts';
import { useModal } from '../core/parts/use-modal.ts';
import { S } from '../core/strings.ts';
import { L } from './later-words.ts';
import { foldersOf, readTags } from './list-choice.ts';
import { useNoteList } from './note-list.ts';
import { commonTags, moveNotes, standingTags, tagNotes, withTagInText } from './organise.ts';
import { W } from './words.ts';

interface Props {
  /** Of the dialog. */
  name: string;
  notes: readonly NoteMeta[];
  folder?: boolean;
  tags?: boolean;
  onClose(): void;
}

/** Where notes lie and how they are tagged; opens as it is drawn. */
export function OrganiseDialog({ name, notes, folder = false, tags = false, onClose }: Props) {
  const ctx = useApp();
  const { notes: all } = useNoteList();
  const dialog = useModal();
  const place = useRef<HTMLInputElement>(null);
  const words = useRef<HTMLInputElement>(null);
  const common = useRef(commonTags(notes)).current;
  const first = folderOfPath(notes[0]?.path ?? '');
  const inOne = notes.every(({ path }) => folderOfPath(path) === first);
  /** Tags to be taken away that stand in a text: first it is asked what is to become of them. */
  const [standing, setStanding] = useState<string[]>([]);
  const save = async (out: readonly string[] | null = null) => {
    const wanted = tags ? readTags(words.current!.value) : [];
    const inText = tags ? standingTags(notes, common, wanted) : [];
    if (inText.length > 0 && !out) {
      setStanding(inText);
      return;
    }
    if (folder && (place.current!.value !== first || !inOne)) {
      await moveNotes(ctx, notes, place.current!.value);
    }
    if (tags) await tagNotes(ctx, notes, common, wanted, out ?? []);
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="small-dialog" aria-label={name} onClose={onClose}>
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <h2>{name}</h2>
        {folder && (
          <label class="field column">
            {W.folder}
            <input
              ref={place}
              type="text"
              list="folders"
              dir="auto"
              autocomplete="off"
              defaultValue={inOne ? first : ''}
              aria-describedby="folder-hint"
            />
            <span class="quiet hint" id="folder-hint">
              {L.folderHint}
            </span>
          </label>
        )}
        <datalist id="folders">
          {foldersOf(all ?? [])
            .slice(0, 500)
            .map(({ name: known }) => known && <option key={known} value={known} />)}
        </datalist>
        {tags && (
          <label class="field column">
            {L.tags}
            <input
              ref={words}
              type="text"
              dir="auto"
              autocomplete="off"
              defaultValue={common.join(', ')}
              onInput={() => setStanding([])}
              aria-describedby="tags-hint"
            />
            <span class="quiet hint" id="tags-hint">
              {L.tagsHint}
            </span>
          </label>
        )}
        {standing.length > 0 && (
          <p role="alert">{L.standing(standing, withTagInText(notes, standing).length)}</p>
        )}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {S.cancel}
          </button>
          {standing.length > 0 ? (
            <>
              <button type="button" class="button" onClick={() => void save([])}>
                {L.leaveInText}
              </button>
              <button type="button" class="button primary" onClick={() => void save(standing)}>
                {L.takeOut}
              </button>
            </>
          ) : (
            <button type="submit" class="button primary">
              {P.save}
            </button>
          )}
        </div>
      </form>
    </dialog>
  );
}
