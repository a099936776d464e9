import { pauseOf } from '../../clock.ts';
import { LIMITS } from '../../limits.ts';
import { leaseLock } from '../../protocol.ts';
import type { Realm } from '../../realm.ts';

/**
 * Who indexes: the holder of the workspace's lease, an exclusive Web Lock. Election only; it knows
 * no notes. `lead` runs while the lease is held and ends when its signal aborts; its promise holds
 * the lock. A holder that dies is followed at once: the browser frees the lock.
 *
 * `lead` may fail: it is called again with exponential backoff. It is never called twice at a time.
 */
export class Leader {
  readonly #workspace: string;
  readonly #realm: Pick<Realm, 'locks' | 'clock'>;
  readonly #runSession: (signal: AbortSignal) => Promise<void>;
  #wantsLease = false;
  #session: AbortController | null = null;
  #leading = false;
  #done: Promise<void> = Promise.resolve();
  #backoffMs = LIMITS.leaseBackoffMs;

  constructor(
    workspace: string,
    realm: Pick<Realm, 'locks' | 'clock'>,
    lead: (signal: AbortSignal) => Promise<void>,
  ) {
    this.#workspace = workspace;
    this.#realm = realm;
    this.#runSession = lead;
  }

  /** Whether `lead` runs; for a moment longer than the lease is held, when it was stolen. */
  get leads(): boolean {
    return this.#leading;
  }

  /** Queues for the lease; a second call while waiting or leading changes nothing. */
  queueForLease(): void {
    if (this.#wantsLease) return;
    this.#wantsLease = true;
    this.#done = this.#request(false);
  }

  /** Takes the lease from a holder that has fallen silent. */
  stealLease(): void {
    if (!this.#wantsLease || this.#leading) return;
    this.#session?.abort();
    this.#done = this.#request(true);
  }

  /** Gives the lease back; resolves when `lead` has ended. */
  async releaseLease(): Promise<void> {
    this.#wantsLease = false;
    this.#session?.abort();
    await this.#done;
  }

  async #request(steal: boolean): Promise<void> {
    const session = new AbortController();
    this.#session = session;
    let led: Promise<void> = Promise.resolve();
    let failed = false;
    const begin = (): Promise<void> => {
      this.#leading = true;
      led = this.#runSession(session.signal).finally(() => {
        this.#leading = false;
      });
      return led;
    };
    // The browser refuses a signal together with `steal`.
    const options = steal ? { steal } : { signal: session.signal };
    try {
      await this.#realm.locks.request(leaseLock(this.#workspace), options, begin);
      this.#backoffMs = LIMITS.leaseBackoffMs;
    } catch (thrown) {
      failed = !(thrown instanceof DOMException && thrown.name === 'AbortError');
      if (failed) console.error('leadership failed', thrown);
    }
    // Stolen: the lock is gone while `lead` still runs. It ends before this worker queues again.
    const superseded = this.#session !== session;
    session.abort();
    await led.catch(() => {});
    if (superseded || !this.#wantsLease) return;
    if (failed) {
      const pause = this.#backoffMs;
      this.#backoffMs = Math.min(LIMITS.longestLeaseBackoffMs, pause * 2);
      await pauseOf(this.#realm.clock, pause);
      if (!this.#wantsLease) return;
    }
    this.#done = this.#request(false);
  }
}
