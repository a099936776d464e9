import { useApp } from '../core/context.ts';
import { Icon } from '../core/parts/icons.tsx';
import { S } from '../core/strings.ts';
import { pinNotes } from '../notes/pin-notes.ts';
import type { OpenDraft } from './drafts.ts';
import { NotePlace } from './note-place.tsx';
import { SaveStatus } from './save-status.tsx';
import { W } from './words.ts';

interface Props {
  draft: OpenDraft;
  /** "231 words". */
  length: string;
  read: boolean;
  /** Deleted in another tab. */
  gone: boolean;
  onRead: () => void;
  onDelete: () => void;
}

/** Above a note: its place, its length, whether it is saved, and what can be done with it. */
export function NoteBar({ draft, length, read, gone, onRead, onDelete }: Props) {
  const ctx = useApp();
  const meta = draft.meta.value;
  return (
    <div class="editor-bar">
      <NotePlace meta={meta} />
      <span class="quiet note-length">{length}</span>
      <SaveStatus state={draft.state} />
      {meta && (
        <button
          type="button"
          class="icon-button"
          aria-label={S.pin}
          aria-pressed={meta.pinned}
          title={meta.pinned ? S.unpin : S.pin}
          onClick={() => void pinNotes(ctx, [meta], !meta.pinned)}
        >
          <Icon name="pin" />
        </button>
      )}
      <button
        type="button"
        class="button small bare"
        aria-pressed={read}
        // The caret stays where it is, to be found there again.
        onMouseDown={(event) => event.preventDefault()}
        onClick={onRead}
      >
        {W.read}
      </button>
      <button type="button" class="button small danger" disabled={gone} onClick={onDelete}>
        {W.deleteNote}
      </button>
    </div>
  );
}
