import { NOTE_ACCEPT } from '../../note-files.ts';
import { ExactCopies } from '../copies/exact-report.tsx';
import { useApp } from '../core/context.ts';
import { FilePicker } from '../core/parts/file-picker.tsx';
import { S } from '../core/strings.ts';
import { cancelWork } from '../work/long-work.ts';
import { ResumeOffer } from '../work/resume-offer.tsx';
import type { ImportProgress, ImportResult } from './importer.ts';
import { MissingView } from './missing-view.tsx';
import { fromInput } from './picked.ts';
import {
  importAllAgain,
  importPaused,
  importState,
  pauseImport,
  resumeImport,
  runImport,
} from './run.ts';
import { SKIP } from './skip-words.ts';
import { downloadList, SkippedTable } from './skipped-table.tsx';
import { W } from './words.ts';
import './import.css';

/** The page "Import": pickers, progress, and what was skipped. */
export function ImportView() {
  const ctx = useApp();
  const state = importState.value;
  const busy = state.kind === 'looking' || state.kind === 'running';
  const picker = {
    accept: NOTE_ACCEPT,
    multiple: true,
    primary: true,
    busy,
    onPick: (files: File[]) => void runImport(ctx, fromInput(files)),
  };
  return (
    <div class="page">
      <header class="page-head">
        <h1>{S.import}</h1>
      </header>
      <div class="pickers">
        <FilePicker name={W.importFiles} folder={false} {...picker} />
        <FilePicker name={W.importFolder} folder={true} {...picker} />
      </div>
      <label class="quiet import-all">
        <input
          type="checkbox"
          checked={importAllAgain.value}
          disabled={busy}
          onChange={(event) => {
            importAllAgain.value = event.currentTarget.checked;
          }}
        />
        <span>
          <strong>{W.importCheckAll}</strong> {W.importCheckAllHint}
        </span>
      </label>
      <ResumeOffer kind="import" />
      <p>{W.importTypes}</p>
      <p class="quiet">{W.importDrop}</p>
      <p class="quiet">{W.importAgain}</p>
      {busy && <Running progress={state.kind === 'running' ? state.progress : null} />}
      {state.kind === 'done' && <Result result={state.result} />}
      {state.kind === 'done' && state.exact.length > 0 && <ExactCopies copies={state.exact} />}
      {state.kind === 'done' && state.missing && <MissingView missing={state.missing} />}
    </div>
  );
}

function Running({ progress }: { progress: ImportProgress | null }) {
  const paused = importPaused.value;
  const said = paused ? W.importPaused : W.importing;
  return (
    <section class="running">
      <progress
        aria-label={S.import}
        max={progress ? Math.max(1, progress.total) : undefined}
        value={progress?.done}
      />
      <p class="running-line">
        <span>
          {progress ? said(progress.done, progress.total) : W.importLooking}
          {progress && (
            <span class="quiet">{W.importCounts(progress.imported, progress.skipped)}</span>
          )}
        </span>
        <span class="ways">
          <button type="button" class="button small" onClick={paused ? resumeImport : pauseImport}>
            {paused ? W.resumeImport : W.pauseImport}
          </button>
          <button type="button" class="button small" onClick={cancelWork}>
            {S.cancel}
          </button>
        </span>
      </p>
    </section>
  );
}

function Result({ result }: { result: ImportResult }) {
  const { imported, skipped, remarks, images, leftOut, cancelled, stopped } = result;
  const left = skipped.filter(({ reason }) => reason === SKIP.stopped).length;
  return (
    <>
      {stopped && (
        <p class="banner" role="alert">
          {W.importStopped(stopped, left)}
        </p>
      )}
      <section class="import-result" role="status" aria-label={W.importResult}>
        <p class="import-sentence">{W.imported(imported, skipped.length)}</p>
        {cancelled && <p>{W.importCancelled}</p>}
        {!stopped && imported === 0 && skipped.length + leftOut.length === 0 && (
          <p>{W.importNothing}</p>
        )}
        {images > 0 && <p>{W.importImages(images)}</p>}
        {leftOut.length > 0 && <p>{W.importLeftOut(leftOut)}</p>}
        {skipped.length + remarks.length > 0 && (
          <p>
            <button type="button" class="button small" onClick={() => downloadList(result)}>
              {W.downloadList}
            </button>
          </p>
        )}
        <SkippedTable title={W.importSkipped} entries={skipped} />
        <SkippedTable title={W.importRemarks} entries={remarks} />
      </section>
    </>
  );
}
