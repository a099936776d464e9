import { useState } from 'preact/hooks';
import { BUILD, VERSION } from '../../build-id.ts';
import type { Status } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { recentErrors } from '../core/recent-errors.ts';
import { toast } from '../core/toasts.tsx';
import { type Diagnostics, diagnosticsText } from './diagnostics.ts';
import { type StorageByKind, storageRows } from './storage-by-kind.tsx';
import { W } from './words.ts';
import '../core/parts/setting-row.css';

interface Props {
  numbers: Diagnostics['numbers'];
  found: StorageByKind | null;
}

/** Copies what may be told of this installation; nothing of a note. */
export function CopyDiagnostics({ numbers, found }: Props) {
  const { engine, now, offlineReady } = useApp();
  /** Shown to be copied by hand, where the browser does not let us. */
  const [byHand, setByHand] = useState<string | null>(null);
  const copy = async () => {
    const text = diagnosticsText({
      version: VERSION,
      build: BUILD,
      at: now(),
      browser: browserFacts(found, offlineReady.value),
      status: statusWord(engine.status.value),
      numbers,
      storage: found ? storageRows(found) : [],
      errors: recentErrors(),
    });
    try {
      await navigator.clipboard.writeText(text);
      setByHand(null);
      toast(W.diagnosticsCopied);
    } catch {
      setByHand(text);
    }
  };
  return (
    <section class="diagnostics">
      <h2>{W.diagnosticsTitle}</h2>
      <div class="setting-row">
        <p class="quiet">{W.diagnosticsHint}</p>
        <button type="button" class="button" onClick={copy}>
          {W.copyDiagnostics}
        </button>
      </div>
      {byHand !== null && (
        <label class="field column">
          {W.diagnosticsByHand}
          <textarea
            readOnly
            rows={12}
            value={byHand}
            ref={(field) => field?.focus()}
            onFocus={(event) => event.currentTarget.select()}
          />
        </label>
      )}
    </section>
  );
}

/** A reason is a sentence for people; its code says the same. */
function statusWord(status: Status): string {
  switch (status.state) {
    case 'idle':
      return 'idle';
    case 'loading':
      return `loading, ${status.percent} %`;
    case 'indexing':
      return `indexing, ${status.completed} of ${status.total}`;
    case 'paused':
      return `paused, ${status.code}`;
  }
}

function browserFacts(found: StorageByKind | null, offlineReady: boolean): Diagnostics['browser'] {
  const { userAgent, hardwareConcurrency, language, onLine } = navigator;
  const { deviceMemory } = navigator as { deviceMemory?: number };
  return [
    ['Browser', userAgent],
    ['Language', language],
    ['Processor cores', hardwareConcurrency],
    ['Device memory', deviceMemory === undefined ? 'not told' : `${deviceMemory} GB or more`],
    ['Window', `${innerWidth} by ${innerHeight}, ${devicePixelRatio} pixels a point`],
    ['Isolated (threads)', crossOriginIsolated],
    ['WebGPU', 'gpu' in navigator],
    ['Installed', matchMedia('(display-mode: standalone)').matches],
    ['Online', onLine],
    ['Service worker', Boolean(navigator.serviceWorker?.controller)],
    ['Ready offline', offlineReady],
    ['Storage kept for good', found?.persisted ?? 'not told'],
  ];
}
