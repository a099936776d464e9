import { useApp } from '../context.ts';
import type { ImportProgress, ImportResult } from '../import/importer.ts';
import { fromInput } from '../import/picked.ts';
import { importPaused, importState, pauseImport, resumeImport, runImport } from '../import/run.ts';
import { downloadList, SkippedTable } from '../import/skipped-table.tsx';
import { cancelWork } from '../long-work.ts';
import { P } from '../page-strings.ts';
import { FilePicker } from '../parts/file-picker.tsx';
import { GoOn } from '../parts/go-on.tsx';
import { S } from '../strings.ts';

export function ImportView() {
  const ctx = useApp();
  const state = importState.value;
  const busy = state.kind === 'looking' || state.kind === 'running';
  const picker = {
    accept: '.md,.markdown,.txt,text/markdown,text/plain',
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
        <FilePicker name={P.importFiles} folder={false} {...picker} />
        <FilePicker name={P.importFolder} folder={true} {...picker} />
      </div>
      <GoOn kind="import" />
      <p>{P.importTypes}</p>
      <p class="quiet">{P.importDrop}</p>
      <p class="quiet">{P.importAgain}</p>
      {busy && <Running progress={state.kind === 'running' ? state.progress : null} />}
      {state.kind === 'done' && <Result result={state.result} />}
    </div>
  );
}

function Running({ progress }: { progress: ImportProgress | null }) {
  const paused = importPaused.value;
  const said = paused ? P.importPaused : P.importing;
  return (
    <section class="running">
      <progress
        aria-label={S.import}
        max={progress ? Math.max(1, progress.total) : undefined}
        value={progress?.done}
      />
      <p class="running-line">
        <span>
          {progress ? said(progress.done, progress.total) : P.importLooking}
          {progress && (
            <span class="quiet">{P.importCounts(progress.imported, progress.skipped)}</span>
          )}
        </span>
        <span class="ways">
          <button type="button" class="button small" onClick={paused ? resumeImport : pauseImport}>
            {paused ? P.resumeImport : P.pauseImport}
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
  const { imported, skipped, remarks, images, cancelled, stopped } = result;
  const left = skipped.filter(({ reason }) => reason === P.skip.stopped).length;
  return (
    <>
      {stopped && (
        <p class="banner" role="alert">
          {P.importStopped(stopped, left)}
        </p>
      )}
      <section class="import-result" role="status" aria-label={P.importResult}>
        <p class="import-sentence">{P.imported(imported, skipped.length)}</p>
        {cancelled && <p>{P.importCancelled}</p>}
        {!stopped && imported === 0 && skipped.length === 0 && <p>{P.importNothing}</p>}
        {images > 0 && <p>{P.importImages(images)}</p>}
        {skipped.length + remarks.length > 0 && (
          <p>
            <button type="button" class="button small" onClick={() => downloadList(result)}>
              {P.downloadList}
            </button>
          </p>
        )}
        <SkippedTable title={P.importSkipped} entries={skipped} />
        <SkippedTable title={P.importRemarks} entries={remarks} />
      </section>
    </>
  );
}
