import type { Status } from '../../protocol.ts';
import type { Clock } from '../clock.ts';

/**
 * The latest status, sent at most once per `everyMs`; the last value always goes out. Only the
 * leader writes on it.
 */
export class StatusBoard {
  readonly #send: (status: Status) => void;
  readonly #clock: Clock;
  readonly #everyMs: number;
  #status: Status | null = null;
  #sent = '';
  #sentAt = Number.NEGATIVE_INFINITY;
  #scheduled = false;

  constructor(send: (status: Status) => void, clock: Clock, everyMs: number) {
    this.#send = send;
    this.#clock = clock;
    this.#everyMs = everyMs;
  }

  /** Posts the value, now or when the last post is old enough; the last value wins. */
  show(status: Status): void {
    this.#status = status;
    if (this.#scheduled) return;
    const wait = this.#sentAt + this.#everyMs - this.#clock.ticks();
    if (wait <= 0) {
      this.#flush();
      return;
    }
    this.#scheduled = true;
    this.#clock.after(wait, () => {
      this.#scheduled = false;
      this.#flush();
    });
  }

  /** For one that has just started: the present value, at once. */
  repeat(): void {
    this.#sent = '';
    this.#flush();
  }

  /** No longer ours to say. */
  clear(): void {
    this.#status = null;
  }

  #flush(): void {
    if (!this.#status) return;
    const text = JSON.stringify(this.#status);
    if (text === this.#sent) return;
    this.#sent = text;
    this.#sentAt = this.#clock.ticks();
    this.#send(this.#status);
  }
}
