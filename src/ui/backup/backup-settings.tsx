import { useEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import { useApp } from '../context.ts';
import { dayName } from '../daily.ts';
import { errorText } from '../errors-text.ts';
import { download } from '../export-vectors.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import type { Progress } from './backup.ts';
import type { RestoreResult } from './restore.ts';

/** Skipped files that are named one by one. */
const NAMED = 50;

/** One thing at a time, which ends with the page that shows it. */
function useTask() {
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  return {
    cancel: () => running.current?.abort(),
    async run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
      const controller = new AbortController();
      running.current = controller;
      try {
        await work(controller.signal);
      } catch (thrown) {
        toast(isCode(thrown, 'cancelled') ? S.exportCancelled : errorText(thrown));
      } finally {
        running.current = null;
      }
    },
  };
}

export function ExportBackup() {
  const ctx = useApp();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { run, cancel } = useTask();
  const start = async () => {
    setProgress({ done: 0, total: 0 });
    await run(async (signal) => {
      const { exportBackup } = await import('./backup.ts');
      const { archive, notes } = await exportBackup(ctx, signal, setProgress);
      download(archive, `findling-backup-${dayName(ctx.now())}.zip`);
      toast(S.backedUp(notes));
    });
    setProgress(null);
  };
  return (
    <div class="setting-row">
      <p class="quiet">
        {S.backupHint}
        {progress && (
          <span class="counting">{S.backupProgress(progress.done, progress.total)}</span>
        )}
      </p>
      {progress && (
        <button type="button" class="button small" onClick={cancel}>
          {S.cancel}
        </button>
      )}
      <button type="button" class="button" disabled={progress !== null} onClick={start}>
        {S.exportBackup}
      </button>
    </div>
  );
}

export function RestoreBackup() {
  const ctx = useApp();
  const [read, setRead] = useState<number | null>(null);
  const [result, setResult] = useState<RestoreResult | null>(null);
  const { run, cancel } = useTask();
  const start = async (input: HTMLInputElement) => {
    const [archive] = input.files ?? [];
    if (!archive) return;
    setRead(0);
    setResult(null);
    await run(async (signal) => {
      const { restoreBackup } = await import('./restore.ts');
      setResult(
        await restoreBackup(archive, {
          notes: ctx.notes,
          announce: (ids, options) => ctx.engine.announce(ids, options),
          now: ctx.now,
          signal,
          onProgress: setRead,
        }),
      );
    });
    setRead(null);
    // The same file may be chosen again.
    input.value = '';
  };
  return (
    <div class="setting-row">
      <div>
        <p class="quiet">
          {S.restoreHint}
          {read !== null && <span class="counting">{S.restoring(read)}</span>}
        </p>
        <div role="status" aria-label={S.restoreResult}>
          {result && <Result result={result} />}
        </div>
      </div>
      {read !== null && (
        <button type="button" class="button small" onClick={cancel}>
          {S.cancel}
        </button>
      )}
      <label class={read !== null ? 'button picker busy' : 'button picker'}>
        {S.restoreBackup}
        <input
          type="file"
          accept=".zip,application/zip"
          disabled={read !== null}
          onChange={(event) => start(event.currentTarget)}
        />
      </label>
    </div>
  );
}

function Result({ result }: { result: RestoreResult }) {
  const { added, updated, same, kept, skipped, cancelled, stopped } = result;
  return (
    <>
      <p>{`${S.restoredCounts(added, updated, same, kept)}.`}</p>
      {cancelled && <p>{S.importCancelled}</p>}
      {stopped && <p>{stopped}</p>}
      {skipped.length > 0 && (
        <ul class="skipped">
          {skipped.slice(0, NAMED).map(({ path, reason }) => (
            <li key={path}>
              {path}: {reason}
            </li>
          ))}
          {skipped.length > NAMED && <li>{S.moreLines(skipped.length - NAMED)}</li>}
        </ul>
      )}
    </>
  );
}
