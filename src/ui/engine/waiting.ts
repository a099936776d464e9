/** What a page waits for of its workers, and for how long. */
import type { Clock } from '../../clock.ts';
import { FindlingError } from '../../errors.ts';
import { PROTOCOL_VERSION, type WorkerGreeting } from '../../protocol.ts';

/** How long a new worker may take to its greeting, ms. */
const START_DEADLINE_MS = 20_000;

/** Settles with a new worker's first words. @throws FindlingError */
export function greeted(worker: Worker, { after }: Clock): Promise<void> {
  return new Promise((resolve, reject) => {
    const callOff = after(START_DEADLINE_MS, () => reject(new FindlingError('worker-script')));
    const done = (settle: () => void): void => {
      callOff();
      worker.removeEventListener('message', onMessage);
      worker.removeEventListener('error', onError);
      settle();
    };
    const onError = (event: Event): void => {
      event.preventDefault();
      done(() => reject(new FindlingError('worker-script')));
    };
    const onMessage = ({ data }: MessageEvent<WorkerGreeting>): void => {
      if (data?.findling === 'ready') {
        done(
          data.protocol === PROTOCOL_VERSION
            ? resolve
            : () => reject(new FindlingError('protocol-mismatch')),
        );
      } else if (data?.findling === 'failed') {
        const error = new Error(data.message);
        error.name = `findling:${data.code}`;
        done(() => reject(error));
      }
    };
    worker.addEventListener('message', onMessage);
    worker.addEventListener('error', onError);
  });
}

/** A promise that rejects, and only ever rejects, when time is up or the signal aborts. */
export function limits({ after }: Clock, deadlineMs: number | null, signal?: AbortSignal) {
  let callOff = (): void => {};
  let onAbort: () => void = () => {};
  const over = new Promise<never>((_, reject) => {
    onAbort = () => reject(new FindlingError('cancelled'));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    if (deadlineMs !== null) {
      callOff = after(deadlineMs, () => reject(new FindlingError('deadline')));
    }
  });
  over.catch(() => {});
  return {
    over,
    clear() {
      callOff();
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
