import { AsyncLocalStorage } from 'node:async_hooks';
import { task } from './tasks.ts';

/**
 * Who runs: code that calls a global of the browser (IndexedDB) is known by it. What the platform
 * calls back (messages, timers, locks, events) enters its process explicitly.
 */
const running = new AsyncLocalStorage<Process>();

export const currentProcess = (): Process | undefined => running.getStore();

/**
 * A page or a worker. JavaScript cannot be killed, so a process that is dead is one that the
 * platform neither calls nor hears any more: what is left of its code goes on without any effect,
 * and ends at its next call. One that stands still (frozen, or busy) is called later, in order.
 */
export class Process {
  readonly name: string;
  /** What it may reach: whatever its world gave it. */
  readonly at: unknown;
  #state: 'running' | 'still' | 'dead' = 'running';
  #waiting: (() => void)[] = [];
  #draining = false;
  /** Within a call that had waited. */
  #inside = false;
  readonly #atDeath: (() => void)[] = [];

  constructor(name: string, parent?: Process, at = parent?.at) {
    this.name = name;
    this.at = at;
    parent?.onDeath(() => this.kill());
  }

  get dead(): boolean {
    return this.#state === 'dead';
  }

  get still(): boolean {
    return this.#state === 'still';
  }

  /** Whether a call would have to wait: it stands still, or others wait already. */
  get late(): boolean {
    return this.still || (this.#draining && !this.#inside);
  }

  /** Calls into it: now, later where it stands still, never where it is dead. */
  enter(run: () => void): void {
    if (this.dead) return;
    if (this.late) this.#waiting.push(run);
    else running.run(this, run);
  }

  /** Takes what it gave to the platform (locks, connections) from it. */
  onDeath(run: () => void): void {
    if (this.dead) run();
    else this.#atDeath.push(run);
  }

  kill(): void {
    if (this.dead) return;
    this.#state = 'dead';
    this.#waiting = [];
    for (const run of this.#atDeath.splice(0)) run();
  }

  standStill(): void {
    if (!this.dead) this.#state = 'still';
  }

  resume(): void {
    if (!this.still) return;
    this.#state = 'running';
    if (this.#draining) return;
    this.#draining = true;
    this.#drain();
  }

  #drain(): void {
    task(() => {
      const next = this.still ? undefined : this.#waiting.shift();
      this.#inside = true;
      try {
        if (next) running.run(this, next);
      } finally {
        this.#inside = false;
      }
      if (this.#waiting.length > 0 && !this.still && !this.dead) this.#drain();
      else this.#draining = false;
    });
  }
}
