/** What a page waits for of its workers, and for how long. */
import { FindlingError } from '../../errors.ts';
import { PROTOCOL_VERSION, type WorkerGreeting } from '../../protocol.ts';

/** How long a new worker may take to its greeting, ms. */
const START_DEADLINE_MS = 20_000;

/** Settles with a new worker's first words. @throws FindlingError */
export function greeted(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => reject(new FindlingError('worker-script')), START_DEADLINE_MS);
    const done = (settle: () => void): void => {
      clearTimeout(limit);
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
export function limits(deadlineMs: number | null, signal?: AbortSignal) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: () => void = () => {};
  const over = new Promise<never>((_, reject) => {
    onAbort = () => reject(new FindlingError('cancelled'));
    if (signal?.aborted) onAbort();
    signal?.addEventListener('abort', onAbort, { once: true });
    if (deadlineMs !== null) {
      timer = setTimeout(() => reject(new FindlingError('deadline')), deadlineMs);
    }
  });
  over.catch(() => {});
  return {
    over,
    clear() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onAbort);
    },
  };
}
