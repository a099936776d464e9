import { useEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import type { ModelReport } from '../../protocol.ts';
import { appFolder } from '../core/app-folder.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { bytes } from '../core/format.ts';
import { S } from '../core/strings.ts';
import type { HostedModel } from './hosted.ts';
import { W } from './words.ts';
import './models.css';

/** What a person wants to use: a model that is kept here, or one that must be fetched first. */
export interface Candidate {
  name: string;
  id: string | null;
  hosted: HostedModel | null;
}

interface Props {
  candidate: Candidate;
  /** Told the id of the model to use; null: none. */
  onClose(id: string | null): void;
}

/** Fetches a model where it must be, tests it, shows what was found, and asks before it is used. */
export function ModelCheck({ candidate, onClose }: Props) {
  const { engine, now } = useApp();
  const dialog = useRef<HTMLDialogElement>(null);
  const [step, setStep] = useState<number | 'testing' | null>('testing');
  const [report, setReport] = useState<ModelReport | null>(null);
  const [problem, setProblem] = useState('');
  const id = useRef(candidate.id);

  useEffect(() => {
    const controller = new AbortController();
    dialog.current?.showModal();
    const fetchModel = async (hosted: HostedModel): Promise<string> => {
      setStep(0);
      const { importHosted } = await import('./import-model.ts');
      const model = await importHosted(hosted, {
        base: appFolder(),
        now: now(),
        signal: controller.signal,
        onProgress: (done, total) => setStep(Math.floor((100 * done) / Math.max(1, total))),
      });
      return model.id;
    };
    const run = async () => {
      try {
        if (candidate.hosted) id.current = await fetchModel(candidate.hosted);
        setStep('testing');
        const found = await engine.checkModel(id.current!, { signal: controller.signal });
        setReport(found);
        if (found.fault) setProblem(W.modelRefused[found.fault](found.detail));
      } catch (thrown) {
        if (isCode(thrown, 'cancelled')) return;
        const { faultText } = await import('./fault-text.ts');
        setProblem(faultText(thrown) ?? errorText(thrown));
      }
      setStep(null);
    };
    void run();
    return () => controller.abort();
  }, [candidate, engine, now]);

  const fit = report !== null && report.fault === null;
  return (
    <dialog
      ref={dialog}
      class="small-dialog"
      aria-label={W.useModel(candidate.name)}
      onClose={() => onClose(null)}
    >
      <form
        method="dialog"
        onSubmit={(event) => {
          event.preventDefault();
          if (fit) onClose(id.current);
        }}
      >
        <h2 dir="auto">{W.useModel(candidate.name)}</h2>
        {step !== null && (
          <p class="running-line">
            <progress
              aria-label={W.modelTest}
              max={100}
              value={typeof step === 'number' ? step : undefined}
            />
            <span>{typeof step === 'number' ? W.modelFetching(step) : W.modelTesting}</span>
          </p>
        )}
        {problem && <p role="alert">{problem}</p>}
        {fit && <Findings report={report} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={() => dialog.current?.close()}>
            {S.cancel}
          </button>
          <button type="submit" class="button" disabled={!fit}>
            {W.useThisModel}
          </button>
        </div>
      </form>
    </dialog>
  );
}

function Findings({ report }: { report: ModelReport }) {
  const { dimensions, separation, vague, ms, memoryBytes, single } = report;
  return (
    <>
      <ul class="findings">
        <li>{vague ? W.modelVague : W.modelTells(separation)}</li>
        <li>{W.modelSpeed(ms)}</li>
        <li>{W.modelMemory(bytes(memoryBytes), dimensions)}</li>
        {single && <li>{W.modelSingle}</li>}
      </ul>
      <p class="quiet">{W.modelHint}</p>
    </>
  );
}
