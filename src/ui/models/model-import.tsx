import { useEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import type { ModelChoice } from '../../protocol.ts';
import { openImportedModels } from '../../storage/models/imported.ts';
import { appFolder } from '../core/app-folder.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { bytes } from '../core/format.ts';
import { FilePicker } from '../core/parts/file-picker.tsx';
import { S } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { W } from './words.ts';

/** What the picker accepts. */
const ZIP = '.zip,application/zip';

interface Props {
  choices: readonly ModelChoice[];
  /** Told when there are other models than before. */
  onChange(): void;
}

/** Brings models from disk, and takes them away again. */
export function ModelImport({ choices, onChange }: Props) {
  const { now } = useApp();
  const [percent, setPercent] = useState<number | null>(null);
  const [result, setResult] = useState('');
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const busy = percent !== null;

  const start = async (picked: File[]) => {
    const controller = new AbortController();
    running.current = controller;
    setPercent(0);
    setResult('');
    const { importModel } = await import('./import-model.ts');
    const { faultText } = await import('./fault-text.ts');
    try {
      const model = await importModel(picked, {
        base: appFolder(),
        now: now(),
        signal: controller.signal,
        onProgress: (done, total) => setPercent(Math.floor((100 * done) / Math.max(1, total))),
      });
      setResult(W.modelImported(model.name, bytes(model.bytes)));
      onChange();
    } catch (thrown) {
      const cancelled = isCode(thrown, 'cancelled');
      setResult(cancelled ? W.modelImportCancelled : (faultText(thrown) ?? errorText(thrown)));
    }
    setPercent(null);
    running.current = null;
  };

  const imported = choices.filter((one) => one.imported && one.shortOf === null);
  return (
    <div class="setting-row">
      <div>
        <p class="quiet">{W.importModelHint}</p>
        {busy && (
          <p class="running-line">
            <progress aria-label={W.importModel} max={100} value={percent} />
            <span>{W.modelImporting(percent)}</span>
            <button type="button" class="button small" onClick={() => running.current?.abort()}>
              {S.cancel}
            </button>
          </p>
        )}
        <p role="status" aria-label={W.importModelResult}>
          {result}
        </p>
        {imported.length > 0 && (
          <>
            <ul class="models">
              {imported.map((model) => (
                <li key={model.id}>
                  <RemoveModel model={model} inUse={isUsed(choices, model)} onDone={onChange} />
                </li>
              ))}
            </ul>
            <p class="quiet">{W.removeModelHint}</p>
          </>
        )}
      </div>
      <FilePicker
        name={W.importModelFolder}
        folder={true}
        accept={ZIP}
        busy={busy}
        onPick={start}
      />
      <FilePicker name={W.importModelZip} folder={false} accept={ZIP} busy={busy} onPick={start} />
    </div>
  );
}

/** In this workspace, whole or cut. */
const isUsed = (choices: readonly ModelChoice[], { id }: ModelChoice): boolean =>
  choices.some(
    (one) =>
      (one.id === id || one.shortOf === id) && (one.state === 'active' || one.state === 'building'),
  );

interface RemoveModelProps {
  model: ModelChoice;
  inUse: boolean;
  onDone(): void;
}

function RemoveModel({ model, inUse, onDone }: RemoveModelProps) {
  const name = model.name ?? model.id;
  const remove = async () => {
    try {
      await openImportedModels(appFolder()).remove(model.id);
      toast(W.modelRemoved(name));
    } catch (thrown) {
      toast(errorText(thrown));
    }
    onDone();
  };
  return (
    <>
      {name} ({bytes(model.bytes)})
      <button type="button" class="button small" disabled={inUse} onClick={remove}>
        {W.removeModel(name)}
      </button>
    </>
  );
}
