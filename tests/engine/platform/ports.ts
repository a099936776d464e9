import type { Endpoint } from 'comlink';
import type { Process } from './process.ts';
import { task } from './tasks.ts';

type Listener = (event: MessageEvent) => void;

/** One side of a pair of ports: what is posted is cloned, and comes to the other side in order. */
class Port {
  readonly #own: Process;
  readonly #listeners = new Map<string, Set<Listener>>();
  other!: Port;

  constructor(own: Process) {
    this.#own = own;
  }

  addEventListener(type: string, listener: Listener): void {
    const all = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, all.add(listener));
  }

  removeEventListener(type: string, listener: Listener): void {
    this.#listeners.get(type)?.delete(listener);
  }

  postMessage(message: unknown): void {
    if (this.#own.dead) return;
    const data = structuredClone(message);
    // What was under way from one that is dead by then is not delivered: so it is with `terminate`.
    task(() => {
      if (!this.#own.dead) this.other.#hear('message', { data, origin: '' });
    });
  }

  #hear(type: string, event: object): void {
    this.#own.enter(() => {
      for (const listener of [...(this.#listeners.get(type) ?? [])]) {
        listener({ type, ...event } as MessageEvent);
      }
    });
  }
}

/** A worker as its page sees it, and the port that it has itself. */
export function connectWorker(page: Process, worker: Process): { handle: Worker; own: Endpoint } {
  const handle = new Port(page);
  const own = new Port(worker);
  handle.other = own;
  own.other = handle;
  return {
    handle: Object.assign(handle, { terminate: () => worker.kill() }) as unknown as Worker,
    own: own as unknown as Endpoint,
  };
}
