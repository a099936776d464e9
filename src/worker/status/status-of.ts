import type { ErrorCode } from '../../errors.ts';
import type { Status } from '../../protocol.ts';

/** What the leader knows about the run. */
export interface StatusFacts {
  /** Of the model that notes are embedded with: why it is not there, or how far its load is. */
  modelError: ErrorCode | null;
  /** null once it is loaded. */
  loadingPercent: number | null;
  pending: number;
  completed: number;
  storageFull: boolean;
  paused: boolean;
  /** Waiting for the person to be idle. */
  heldBack: boolean;
  etaMs: number | null;
}

/** The one status that follows, the most pressing reason first. Pure. */
export function statusOf(facts: StatusFacts): Status {
  const { modelError, loadingPercent, pending, completed } = facts;
  if (modelError !== null) return { state: 'paused', code: 'model', error: modelError };
  if (loadingPercent !== null) return { state: 'loading', percent: loadingPercent };
  if (pending === 0) return { state: 'idle' };
  if (facts.storageFull) return { state: 'paused', code: 'storage' };
  if (facts.paused) return { state: 'paused', code: 'user' };
  if (facts.heldBack) return { state: 'paused', code: 'busy' };
  return { state: 'indexing', completed, total: completed + pending, etaMs: facts.etaMs };
}
