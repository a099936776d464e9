import { useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import type { ImportProgress, ImportResult, Skipped } from '../import/importer.ts';
import { fromInput } from '../import/picked.ts';
import { importState, runImport } from '../import/run.ts';
import { cancelImport } from '../import/run-state.ts';
import { FilePicker } from '../parts/file-picker.tsx';
import { n, S } from '../strings.ts';

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
        <FilePicker name={S.importFiles} folder={false} {...picker} />
        <FilePicker name={S.importFolder} folder={true} {...picker} />
      </div>
      <p>{S.importTypes}</p>
      <p class="quiet">{S.importDrop}</p>
      <p class="quiet">{S.importAgain}</p>
      {busy && <Running progress={state.kind === 'running' ? state.progress : null} />}
      {state.kind === 'done' && <Result result={state.result} />}
    </div>
  );
}

function Running({ progress }: { progress: ImportProgress | null }) {
  return (
    <section class="running">
      <progress
        aria-label={S.import}
        max={progress ? Math.max(1, progress.total) : undefined}
        value={progress?.done}
      />
      <p class="running-line">
        <span>
          {progress ? S.importing(progress.done, progress.total) : S.importLooking}
          {progress && (
            <span class="quiet">{S.importCounts(progress.imported, progress.skipped)}</span>
          )}
        </span>
        <button type="button" class="button small" onClick={cancelImport}>
          {S.cancel}
        </button>
      </p>
    </section>
  );
}

function Result({ result }: { result: ImportResult }) {
  const { imported, skipped, remarks, cancelled, stopped } = result;
  const left = skipped.filter(({ reason }) => reason === S.skip.stopped).length;
  return (
    <>
      {stopped && (
        <p class="banner" role="alert">
          {S.importStopped(stopped, left)}
        </p>
      )}
      <section class="import-result" role="status" aria-label={S.importResult}>
        <p class="import-sentence">{S.imported(imported, skipped.length)}</p>
        {cancelled && <p>{S.importCancelled}</p>}
        {!stopped && imported === 0 && skipped.length === 0 && <p>{S.importNothing}</p>}
        <Groups title={S.importSkipped} entries={skipped} />
        <Groups title={S.importRemarks} entries={remarks} />
      </section>
    </>
  );
}

/** Up to so many files of one reason are named at once; more are folded away. */
const OPEN_UP_TO = 12;

function Groups({ title, entries }: { title: string; entries: Skipped[] }) {
  if (entries.length === 0) return null;
  const groups = new Map<string, string[]>();
  for (const { path, reason } of entries) {
    const paths = groups.get(reason);
    if (paths) paths.push(path);
    else groups.set(reason, [path]);
  }
  return (
    <>
      <h2>{title}</h2>
      <ul class="groups">
        {[...groups].map(([reason, paths]) => (
          <li key={reason}>
            <Group reason={reason} paths={paths} />
          </li>
        ))}
      </ul>
    </>
  );
}

/** Rows added to an opened group at a time. */
const PAGE = 500;

function Group({ reason, paths }: { reason: string; paths: string[] }) {
  const [open, setOpen] = useState(paths.length <= OPEN_UP_TO);
  const [shown, setShown] = useState(PAGE);
  return (
    <details open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        {reason} <span class="quiet">{n(paths.length)}</span>
      </summary>
      {open && (
        <ul class="paths">
          {paths.slice(0, shown).map((path, i) => (
            <li key={i} dir="auto">
              {path}
            </li>
          ))}
          {paths.length > shown && (
            <li>
              <button type="button" class="link" onClick={() => setShown(shown + PAGE)}>
                {S.moreLines(paths.length - shown)}
              </button>
            </li>
          )}
        </ul>
      )}
    </details>
  );
}
