import { useApp } from '../core/context.ts';
import { S } from '../core/strings.ts';
import { restoreNote } from '../trash/remove-with-undo.ts';
import type { OpenDraft } from './drafts.ts';
import { W } from './words.ts';

interface Props {
  draft: OpenDraft;
  /** Deleted in another tab, with nothing unsaved here. */
  gone: boolean;
  onKeep: () => void;
  onGiveUp: () => void;
}

/** What another tab did to the note, and what can be done about it. */
export function NoteBanners({ draft, gone, onKeep, onGiveUp }: Props) {
  const ctx = useApp();
  return (
    <>
      {gone && (
        <p class="banner" role="alert">
          {W.deletedElsewhere}{' '}
          <button type="button" class="link" onClick={() => void restoreNote(ctx, draft.id)}>
            {S.restore}
          </button>
        </p>
      )}
      {draft.state.value.kind === 'deleted' && (
        <div class="banner" role="alert">
          <p>{W.deletedWhileTyping}</p>
          <p class="ways">
            <button type="button" class="button small primary" onClick={onKeep}>
              {W.keepDeleted}
            </button>
            <button type="button" class="button small" onClick={onGiveUp}>
              {W.giveUpDeleted}
            </button>
          </p>
        </div>
      )}
      {draft.conflict.value && (
        <p class="banner" role="status">
          {W.conflict}
        </p>
      )}
    </>
  );
}
