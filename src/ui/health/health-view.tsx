import { useEffect, useState } from 'preact/hooks';
import type { Control } from '../../protocol.ts';
import type { Freeable } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';
import type { PageHealth } from '../core/engine-types.ts';
import { errorText } from '../core/errors-text.ts';
import { bytes } from '../core/format.ts';
import { noteHref, pageHref } from '../core/router.ts';
import { n, S, shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { DeviceSentence } from '../models/device-choice.tsx';
import { useFreeable } from '../trash/use-trash.ts';
import { CheckIndex } from './check-index.tsx';
import { CopyDiagnostics } from './copy-diagnostics.tsx';
import { Duplicates } from './duplicates.tsx';
import { LeftOutOfSearch } from './left-out.tsx';
import { StorageTable, useStorageByKind } from './storage-by-kind.tsx';
import { ThroughputChart, useThroughput } from './throughput-chart.tsx';
import { W } from './words.ts';
import './health.css';

/** How often the numbers are read, ms. */
const EVERY_MS = 1_000;

/** Name as in the UI contract, plain value, and what a person reads (the number by default). */
type Line = [name: string, value: number | string, shown?: string];

function lines(health: PageHealth, freeable: Freeable | null): Line[] {
  const rate = Math.round(health.rate * 100) / 100;
  return [
    [W.lines.notes, health.notes],
    [W.lines.passages, health.passages],
    [W.lines.pending, health.pending],
    [W.lines.quarantined, health.quarantined],
    [W.lines.passagesEmbedded, health.embedded],
    [W.lines.passagesReused, health.reused],
    [W.lines.batches, health.batches],
    [W.lines.failures, health.failures],
    [W.lines.queueDepth, health.queueDepth],
    [W.lines.queueCapacity, health.queueCapacity],
    [W.lines.requestsAccepted, health.accepted],
    [W.lines.requestsMerged, health.merged],
    [W.lines.requestsDropped, health.dropped],
    [W.lines.workerRestarts, health.restarts],
    [W.lines.workersAlive, health.workersAlive],
    [W.lines.embeddingRate, rate, rate > 0 ? W.perSecond(n(rate)) : W.none],
    [W.lines.model, health.model],
    [W.lines.device, health.device, W.deviceStates[health.device] ?? health.device],
    [W.lines.threads, health.threads],
    [W.lines.memory, health.memoryBytes, bytes(health.memoryBytes)],
    [W.lines.storageUsed, health.storageBytes, bytes(health.storageBytes)],
    [W.lines.storageQuota, health.storageQuota, bytes(health.storageQuota)],
    ...freeableLine(freeable),
  ];
}

function freeableLine(freeable: Freeable | null): Line[] {
  if (!freeable) return [];
  const all = freeable.trash + freeable.attachments;
  return [[W.lines.couldBeFreed, all, bytes(all)]];
}

/** The page "Health": numbers, read again and again, and the controls of the index. */
export function HealthView() {
  const { engine, offlineReady } = useApp();
  const [health, setHealth] = useState<PageHealth | null>(null);
  const [error, setError] = useState<string | null>(null);
  // Of the whole index, and not of its status: with nothing to do it is idle, paused or not.
  const pausedByUser = health?.paused ?? false;

  const throughput = useThroughput();
  const found = useStorageByKind(health !== null);
  const freeable = useFreeable();

  const [asked, askAgain] = useState(0);
  useEffect(() => {
    let here = true;
    let timer = 0;
    const ask = async () => {
      if (document.visibilityState === 'visible') {
        try {
          const answer = await engine.health();
          if (!here) return;
          throughput.add(answer);
          setHealth(answer);
          setError(null);
        } catch (thrown) {
          if (!here) return;
          setError(errorText(thrown));
        }
      }
      timer = window.setTimeout(ask, EVERY_MS);
    };
    void ask();
    return () => {
      here = false;
      clearTimeout(timer);
    };
  }, [engine, asked]);

  const control = (verb: Control, said?: string) => async () => {
    try {
      await engine.control(verb);
      if (said) toast(said);
      askAgain(asked + 1);
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };

  return (
    <div class="page">
      <header class="page-head">
        <h1>{S.health}</h1>
        <p class="quiet">
          {offlineReady.value ? W.offlineReady : W.offlineNotReady}
          {health && ` ${health.storageKept ? W.storageKept : W.storageMayClear}`}
        </p>
      </header>
      <p class="ways">
        <button
          type="button"
          class="button"
          onClick={pausedByUser ? control('resume') : control('pause')}
        >
          {pausedByUser ? W.resume : W.pause}
        </button>
        {health && health.failed.length > 0 && (
          <button type="button" class="button" onClick={control('retry-failed', W.retrying)}>
            {W.retryFailed}
          </button>
        )}
      </p>
      {error && <p role="alert">{error}</p>}
      {!health && !error && <p class="quiet">{W.healthWaiting}</p>}
      {health && (
        <dl class="numbers">
          {lines(health, freeable).map(([name, value, shown]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd data-value={String(value)}>
                {shown ?? (typeof value === 'number' ? n(value) : value || '–')}
              </dd>
            </div>
          ))}
        </dl>
      )}
      {health && <ThroughputChart {...throughput.series()} />}
      {health && <DeviceSentence device={health.device} />}
      {health && health.damaged > 0 && <p>{W.damaged(health.damaged)}</p>}
      {health && health.failed.length > 0 && (
        <section>
          <h2>{W.failedTitle}</h2>
          <p class="quiet">{W.failedHint}</p>
          <ul class="failed-notes">
            {health.failed.map(({ note, title, reason }) => (
              <li key={note}>
                <a href={noteHref(note)} dir="auto">
                  {shown(title)}
                </a>
                <span class="quiet">{W.failedBecause(reason)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {found && <StorageTable found={found} />}
      {freeable && freeable.trash + freeable.attachments > 0 && (
        <p>
          {W.freeable(bytes(freeable.trash), bytes(freeable.attachments))}{' '}
          <a href={pageHref('deleted')}>{S.recentlyDeleted}</a>
        </p>
      )}
      <CheckIndex />
      <Duplicates />
      <LeftOutOfSearch />
      {health && (
        <CopyDiagnostics
          numbers={lines(health, freeable).map(([name, value]) => [name, value])}
          found={found}
        />
      )}
    </div>
  );
}
