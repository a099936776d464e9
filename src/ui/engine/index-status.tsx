import { useSignalEffect } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { Status } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { W } from './words.ts';

/** Exactly the texts of the UI contract. */
export function statusText(status: Status): string {
  switch (status.state) {
    case 'idle':
      return W.upToDate;
    case 'indexing':
      return W.improving(status.completed, status.total);
    case 'loading':
      return W.loadingModel(Math.round(status.percent));
    case 'paused':
      return W.paused(status.code, status.error);
  }
}

function etaText(ms: number | null): string {
  if (ms === null || !Number.isFinite(ms) || ms < 2_000) return '';
  const seconds = ms / 1000;
  if (seconds < 55) return W.etaSeconds(Math.ceil(seconds / 5) * 5);
  if (seconds < 3_300) return W.etaMinutes(Math.max(1, Math.round(seconds / 60)));
  return W.etaHours(Math.round(seconds / 3_600));
}

/** "Index status" as in the UI contract, with the ETA beside it. */
export function IndexStatus() {
  const status = useApp().engine.status.value;
  const eta = status.state === 'indexing' ? etaText(status.etaMs) : '';
  return (
    <div class={`index-status is-${status.state}`}>
      <span class="dot" aria-hidden="true" />
      <span role="status" aria-label={W.indexStatus} aria-live="off">
        {statusText(status)}
      </span>
      {eta && <span class="eta">{eta}</span>}
      <Announcer />
    </div>
  );
}

/** Which quarter of a run was reached, 0 to 3; -1 outside of a run. */
const quarter = (status: Status): number =>
  status.state === 'indexing'
    ? Math.min(3, Math.floor((4 * status.completed) / Math.max(1, status.total)))
    : -1;

/** What to say when `status` follows on a status in quarter `before`; null for nothing. */
function announcement(before: number, status: Status): string | null {
  if (status.state === 'paused') return W.paused(status.code, status.error);
  if (status.state === 'idle') return before >= 0 ? W.indexingEnded : null;
  if (status.state !== 'indexing') return null;
  const now = quarter(status);
  if (before < 0) return W.indexingBegan(status.total);
  return now > before ? W.indexingAt(now * 25) : null;
}

/** Speaks the start, each quarter and the end of a run, instead of every number. */
function Announcer() {
  const { status } = useApp().engine;
  const [said, say] = useState('');
  const before = useRef(-1);
  useSignalEffect(() => {
    const next = announcement(before.current, status.value);
    // Loading the model in the middle of a run does not end it.
    if (status.value.state !== 'loading') before.current = quarter(status.value);
    if (next !== null) say(next);
  });
  return (
    <span class="hidden" aria-live="polite">
      {said}
    </span>
  );
}
