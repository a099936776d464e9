import { leaseLock } from '../../protocol.ts';

/**
 * Who indexes: the holder of the workspace's lease, an exclusive Web Lock. Election only; it knows
 * no notes. `lead` runs while the lease is held and ends when `resign` is called; its promise holds
 * the lock. A holder that dies is followed at once: the browser frees the lock.
 */
export class Leader {
  readonly #workspace: string;
  readonly #lead: (signal: AbortSignal) => Promise<void>;
  #reign: AbortController | null = null;
  #done: Promise<void> = Promise.resolve();

  constructor(workspace: string, lead: (signal: AbortSignal) => Promise<void>) {
    this.#workspace = workspace;
    this.#lead = lead;
  }

  /** Queues for the lease; a second call while waiting or leading changes nothing. */
  stand(): void {
    if (this.#reign) return;
    const reign = new AbortController();
    this.#reign = reign;
    const { signal } = reign;
    this.#done = navigator.locks
      .request(leaseLock(this.#workspace), { signal }, () => this.#lead(signal))
      .catch((thrown: unknown) => {
        // Resigned before it was elected, or robbed: both are ends, not failures.
        if (!(thrown instanceof DOMException && thrown.name === 'AbortError')) {
          console.error('leadership ended', thrown);
        }
      })
      .finally(() => {
        if (this.#reign === reign) this.#reign = null;
      });
  }

  /** Gives the lease back; resolves when `lead` has ended. */
  async resign(): Promise<void> {
    this.#reign?.abort();
    await this.#done;
  }
}
