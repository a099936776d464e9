import { useState } from 'preact/hooks';
import type { NoteMeta } from '../../../storage/notes/index.ts';
import { useApp } from '../../core/context.ts';
import { useModal } from '../../core/parts/use-modal.ts';
import { S } from '../../core/strings.ts';
import { W } from '../words.ts';
import { L } from './later-words.ts';
import { removeSamples } from './samples.ts';
import { changedSamples, isRemovable } from './which.ts';

interface Props {
  notes: readonly NoteMeta[];
  onClose(): void;
}

/** Asks before the samples go: it is one tap for many notes. Opens as it is drawn. */
export function RemoveSamplesDialog({ notes, onClose }: Props) {
  const ctx = useApp();
  const dialog = useModal();
  const [busy, setBusy] = useState(false);
  const going = notes.filter(isRemovable);
  const changed = changedSamples(notes);
  const remove = async () => {
    setBusy(true);
    await removeSamples(ctx, going);
    dialog.current?.close();
  };
  return (
    <dialog ref={dialog} class="small-dialog" aria-label={W.removeSamples} onClose={onClose}>
      <h2>{W.removeSamples}</h2>
      <p>{L.removeSamplesHint(going.length)}</p>
      {changed > 0 && <p>{L.samplesKept(changed)}</p>}
      <div class="dialog-actions">
        <button type="button" class="button" onClick={() => dialog.current?.close()}>
          {S.cancel}
        </button>
        <button type="button" class="button danger" disabled={busy} onClick={remove}>
          {L.remove}
        </button>
      </div>
    </dialog>
  );
}
