import { useEffect, useRef, useState } from 'preact/hooks';
import { BUILD, VERSION } from '../../build-id.ts';
import type { Effort } from '../../engine-settings.ts';
import { isCode } from '../../errors.ts';
import { ExportBackup, RestoreBackup } from '../backup/backup-settings.tsx';
import { useApp } from '../core/context.ts';
import { download } from '../core/download.ts';
import { errorText } from '../core/errors-text.ts';
import { P } from '../core/page-strings.ts';
import { narrow } from '../core/parts/narrow.ts';
import { TypedConfirmation } from '../core/parts/typed-confirmation.tsx';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { DeviceChoice } from '../models/device-choice.tsx';
import { ModelChoice } from '../models/model-choice.tsx';
import { NamesSetting } from '../names/names-setting.tsx';
import { WorkspaceList } from '../workspaces/workspace-list.tsx';
import { WorkspaceSwitcher } from '../workspaces/workspace-switcher.tsx';
import { AppearanceChoices } from './appearance-choices.tsx';
import { exportVectors } from './export-vectors.ts';
import { Licences } from './licences.tsx';
import { W } from './words.ts';
import '../core/parts/setting-row.css';
import './settings.css';

/** The page "Settings", whose sections come from their features. */
export function SettingsView() {
  return (
    <div class="page">
      <header class="page-head">
        <h1>{S.settings}</h1>
      </header>
      {narrow.value && (
        // A phone's header has no room for it.
        <section class="setting">
          <h2>{S.workspace}</h2>
          <WorkspaceSwitcher />
        </section>
      )}
      <section class="setting">
        <h2>{W.appearance}</h2>
        <AppearanceChoices />
      </section>
      <section class="setting">
        <h2>{W.index}</h2>
        <EffortChoice />
        <DeviceChoice />
        <ModelChoice />
        <Export />
        <Rebuild />
      </section>
      <section class="setting">
        <h2>{W.workspaces}</h2>
        <WorkspaceList />
      </section>
      <section class="setting">
        <h2>{W.data}</h2>
        <ExportBackup />
        <RestoreBackup />
        <NamesSetting />
        <DeleteAll />
      </section>
      <section class="setting">
        <h2>{W.about}</h2>
        <p>{W.aboutPrivate}</p>
        <p>
          {W.aboutModel} <a href="./models/ATTRIBUTION.md">{W.attribution}</a>
        </p>
        <p class="quiet">{W.version(VERSION, BUILD)}</p>
        <Licences />
      </section>
    </div>
  );
}

const isEffort = (value: string): value is Effort => value in W.efforts;

function EffortChoice() {
  const { engine } = useApp();
  const [effort, setEffort] = useState<Effort>('full');
  useEffect(() => {
    let here = true;
    engine.health().then(
      (health) => {
        if (here) setEffort(health.settings.effort);
      },
      () => {},
    );
    return () => {
      here = false;
    };
  }, [engine]);
  const choose = (value: string) => {
    if (!isEffort(value)) return;
    setEffort(value);
    engine.setSetting('effort', value).catch((thrown) => toast(errorText(thrown)));
  };
  return (
    <label class="field">
      {W.effort}
      <select value={effort} onChange={(event) => choose(event.currentTarget.value)}>
        {(['full', 'gentle', 'idle'] as const).map((one) => (
          <option key={one} value={one}>
            {W.efforts[one]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Export() {
  const { engine } = useApp();
  const [passages, setPassages] = useState<number | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const start = async () => {
    const controller = new AbortController();
    running.current = controller;
    let count = 0;
    setPassages(0);
    try {
      const blob = await exportVectors(engine, controller.signal, (so) => {
        count = so;
        setPassages(so);
      });
      if (controller.signal.aborted) return;
      download(blob, 'findling-vectors.jsonl');
      toast(W.exportDone(count));
    } catch (thrown) {
      const cancelled = controller.signal.aborted || isCode(thrown, 'cancelled');
      toast(cancelled ? P.exportCancelled : errorText(thrown));
    } finally {
      if (running.current === controller) {
        running.current = null;
        setPassages(null);
      }
    }
  };

  return (
    <div class="setting-row">
      <p class="quiet">
        {W.exportHint}
        {passages !== null && <span class="counting">{W.exportProgress(passages)}</span>}
      </p>
      {passages !== null && (
        <button type="button" class="button small" onClick={() => running.current?.abort()}>
          {S.cancel}
        </button>
      )}
      <button type="button" class="button" disabled={passages !== null} onClick={start}>
        {W.exportVectors}
      </button>
    </div>
  );
}

function DeleteAll() {
  const { deleteEverything } = useApp();
  return (
    <div class="setting-row">
      <p class="quiet">{W.deleteAllHint}</p>
      <TypedConfirmation
        name={W.deleteAll}
        hint={`${W.deleteAllHint} ${W.deleteAllCopies(location.host)}`}
        label={P.deleteAllType}
        word={P.deleteAllWord}
        run={deleteEverything}
      />
    </div>
  );
}

function Rebuild() {
  const { engine } = useApp();
  const [busy, setBusy] = useState(false);
  const rebuild = async () => {
    setBusy(true);
    try {
      await engine.control('rebuild');
      toast(W.rebuilding);
    } catch (thrown) {
      toast(errorText(thrown));
    }
    setBusy(false);
  };
  return (
    <div class="setting-row">
      <p class="quiet">{W.rebuildHint}</p>
      <button type="button" class="button" disabled={busy} onClick={rebuild}>
        {W.rebuild}
      </button>
    </div>
  );
}
