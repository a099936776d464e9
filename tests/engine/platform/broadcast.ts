import type { Process } from './process.ts';
import { task } from './tasks.ts';

/** The BroadcastChannels of one origin: messages are cloned, come in order, never to who sent them. */
export class Airwaves {
  readonly #open = new Map<string, Set<Station>>();

  openFor(process: Process): (name: string) => BroadcastChannel {
    return (name) => {
      const all = this.#open.get(name) ?? new Set();
      this.#open.set(name, all);
      const station = new Station(process, all);
      if (!process.dead) all.add(station);
      process.onDeath(() => station.close());
      return station as unknown as BroadcastChannel;
    };
  }
}

class Station {
  onmessage: ((event: { data: unknown }) => void) | null = null;
  readonly #process: Process;
  readonly #all: Set<Station>;
  #closed = false;

  constructor(process: Process, all: Set<Station>) {
    this.#process = process;
    this.#all = all;
  }

  postMessage(message: unknown): void {
    if (this.#process.dead) return;
    if (this.#closed) throw new DOMException('The channel is closed.', 'InvalidStateError');
    for (const other of this.#all) {
      if (other === this) continue;
      const data = structuredClone(message);
      task(() => other.#hear(data));
    }
  }

  #hear(data: unknown): void {
    this.#process.enter(() => {
      if (!this.#closed) this.onmessage?.({ data });
    });
  }

  close(): void {
    this.#closed = true;
    this.#all.delete(this);
  }
}
