import { useEffect, useState } from 'preact/hooks';
import type { FileNames } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import { turnNames } from './name-notes.ts';
import { W } from './words.ts';

/** Takes back that notes were called by their files, and gives it again; nothing where none was. */
export function NamesSetting() {
  const ctx = useApp();
  const [known, setKnown] = useState<FileNames | null>(null);
  const [busy, setBusy] = useState(false);
  const read = async (): Promise<void> => {
    const names = await ctx.notes.fileNames();
    setKnown((await names.state()) ?? null);
  };
  useEffect(() => {
    // It is offered where it can be read.
    read().catch(() => {});
  }, [ctx]);
  if (!known || known.renamed === 0) return null;
  const named = known.state === 'named';
  const turn = async () => {
    setBusy(true);
    await turnNames(ctx, named ? 'undoing' : 'naming');
    await read().catch(() => {});
    setBusy(false);
  };
  return (
    <div class="setting-row">
      <p class="quiet">{named ? W.namedHint(known.renamed) : W.takenBackHint}</p>
      <button type="button" class="button" disabled={busy} onClick={turn}>
        {named ? W.giveTitles : W.giveNames}
      </button>
    </div>
  );
}
