import { useEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import { useApp } from '../core/context.ts';
import { download } from '../core/download.ts';
import { errorText } from '../core/errors-text.ts';
import { dayName } from '../core/format.ts';
import { P } from '../core/page-strings.ts';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { cancelWork } from '../work/long-work.ts';
import { ResumeOffer } from '../work/resume-offer.tsx';
import type { Progress } from './backup.ts';
import type { RestoreResult } from './restore.ts';
import {
  chooseBackup,
  isRestoreRunning,
  leaveBackup,
  restoreChosen,
  restoredText,
  restoreState,
} from './restore-run.ts';
import { W } from './words.ts';
import '../core/parts/file-picker.css';
import '../core/parts/setting-row.css';
import './backup.css';

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
        toast(isCode(thrown, 'cancelled') ? P.exportCancelled : errorText(thrown));
      } finally {
        running.current = null;
      }
    },
  };
}

/** Settings: writes a backup, with its progress and a way to cancel. */
export function ExportBackup() {
  const ctx = useApp();
  const [progress, setProgress] = useState<Progress | null>(null);
  const { run, cancel } = useTask();
  const start = async () => {
    setProgress({ done: 0, total: 0 });
    await run(async (signal) => {
      const { exportBackup } = await import('./backup.ts');
      const { archive, notes, others } = await exportBackup(ctx, signal, setProgress);
      download(archive, `findling-backup-${dayName(ctx.now())}.zip`);
      toast(`${W.backedUp(notes)}${W.otherEncoding(others.length)}`);
    });
    setProgress(null);
  };
  return (
    <div class="setting-row">
      <p class="quiet">
        {W.backupHint}
        {progress && (
          <span class="counting">{W.backupProgress(progress.done, progress.total)}</span>
        )}
      </p>
      {progress && (
        <button type="button" class="button small" onClick={cancel}>
          {S.cancel}
        </button>
      )}
      <button type="button" class="button" disabled={progress !== null} onClick={start}>
        {W.exportBackup}
      </button>
    </div>
  );
}

/** Settings: chooses a backup, shows what it would change, and restores it. */
export function RestoreBackup() {
  const ctx = useApp();
  const now = restoreState(ctx);
  const running = isRestoreRunning(now);
  return (
    <div class="setting-row">
      <div class="restore">
        <p class="quiet">{W.restoreHint}</p>
        <ResumeOffer kind="restore" />
        {(now.kind === 'reading' || now.kind === 'writing') && <Running state={now} />}
        <div role="status" aria-label={W.restoreResult}>
          {now.kind === 'said' && <p>{now.text}</p>}
          {now.kind === 'asking' && <Counted result={now.counts} />}
          {now.kind === 'done' && <Result result={now.result} />}
        </div>
        {now.kind === 'asking' && (
          <p class="ways">
            <button type="button" class="button primary small" onClick={() => restoreChosen(ctx)}>
              {W.restoreNow}
            </button>
            <button type="button" class="button small" onClick={() => leaveBackup(ctx)}>
              {S.cancel}
            </button>
          </p>
        )}
      </div>
      <label class={running ? 'button picker busy' : 'button picker'}>
        {W.restoreBackup}
        <input
          type="file"
          accept=".zip,application/zip"
          disabled={running}
          onChange={({ currentTarget: input }) => {
            const [archive] = input.files ?? [];
            if (archive) void chooseBackup(ctx, archive);
            // The same file may be chosen again.
            input.value = '';
          }}
        />
      </label>
    </div>
  );
}

function Running({ state }: { state: { kind: string; done: number; total: number | null } }) {
  const { kind, done, total } = state;
  const said = kind === 'reading' ? W.restoreReading : W.restoreWriting;
  return (
    <section class="running">
      <progress
        aria-label={W.restoreProgress}
        max={total ?? undefined}
        value={total ? done : undefined}
      />
      <p class="running-line">
        <span>{total === null ? W.restoreOpening : said(done, total)}</span>
        <button type="button" class="button small" onClick={cancelWork}>
          {S.cancel}
        </button>
      </p>
    </section>
  );
}

function Counted({ result }: { result: RestoreResult }) {
  const { added, updated, kept, same, skipped, remarks, stopped } = result;
  return (
    <>
      <p>{`${W.restoreQuestion(added, updated, kept, same, skipped.length)}.`}</p>
      {stopped && <p>{stopped}</p>}
      <SkippedFiles skipped={[...skipped, ...remarks]} />
    </>
  );
}

function Result({ result }: { result: RestoreResult }) {
  const { skipped, remarks, cancelled, stopped } = result;
  return (
    <>
      <p>{restoredText(result)}</p>
      {cancelled && <p>{W.restoreCancelled}</p>}
      {stopped && <p>{stopped}</p>}
      <SkippedFiles skipped={[...skipped, ...remarks]} />
    </>
  );
}

function SkippedFiles({ skipped }: Pick<RestoreResult, 'skipped'>) {
  if (skipped.length === 0) return null;
  return (
    <ul class="skipped">
      {skipped.slice(0, NAMED).map(({ path, reason }, i) => (
        <li key={i}>
          {path}: {reason}
        </li>
      ))}
      {skipped.length > NAMED && <li>{S.moreLines(skipped.length - NAMED)}</li>}
    </ul>
  );
}
