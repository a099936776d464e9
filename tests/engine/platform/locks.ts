import type { Realm } from '../../../src/realm.ts';
import type { Process } from './process.ts';
import { task } from './tasks.ts';

type Mode = 'exclusive' | 'shared';

interface Request {
  process: Process;
  name: string;
  mode: Mode;
  callback: (lock: Lock | null) => unknown;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
  signal?: AbortSignal;
  gaveUp?: () => void;
}

const aborted = (text: string): DOMException => new DOMException(text, 'AbortError');
const refused = (text: string): DOMException => new DOMException(text, 'NotSupportedError');

/** Web Locks of one origin (https://w3c.github.io/web-locks/): what is held goes with its holder. */
export class LockSpace {
  readonly #held = new Set<Request>();
  #queue: Request[] = [];

  /** The lock manager of one process. */
  of(process: Process): Realm['locks'] & Pick<LockManager, 'query'> {
    process.onDeath(() => {
      this.#queue = this.#queue.filter((one) => one.process !== process);
      for (const one of this.#held) if (one.process === process) this.#held.delete(one);
      this.#grantWhatCan();
    });
    const request = (name: string, ...rest: unknown[]): Promise<unknown> => {
      const callback = rest.at(-1) as Request['callback'];
      const options = (rest.length > 1 ? rest[0] : {}) as LockOptions;
      return this.#request(process, name, options, callback);
    };
    return { request: request as LockManager['request'], query: () => this.#query() };
  }

  #request(
    process: Process,
    name: string,
    { mode = 'exclusive', ifAvailable = false, steal = false, signal }: LockOptions,
    callback: Request['callback'],
  ): Promise<unknown> {
    if (name.startsWith('-')) return Promise.reject(refused('a name may not begin with -'));
    if (steal && ifAvailable) return Promise.reject(refused('steal with ifAvailable'));
    if (steal && mode !== 'exclusive') return Promise.reject(refused('steal is exclusive'));
    if (signal && (steal || ifAvailable)) return Promise.reject(refused('signal with another'));
    if (signal?.aborted) return Promise.reject(signal.reason);
    // A call of the dead is not answered.
    if (process.dead) return new Promise(() => {});
    return new Promise((resolve, reject) => {
      const one: Request = { process, name, mode, callback, resolve, reject, signal };
      if (steal) {
        for (const held of this.#held) if (held.name === name) this.#take(held);
        this.#grant(one);
      } else if (ifAvailable && !this.#canHave(one, this.#queue)) {
        this.#call(one, null);
      } else {
        one.gaveUp = () => {
          if (!this.#queue.includes(one)) return;
          this.#queue = this.#queue.filter((other) => other !== one);
          reject(signal?.reason);
          this.#grantWhatCan();
        };
        signal?.addEventListener('abort', one.gaveUp);
        this.#queue.push(one);
        this.#grantWhatCan();
      }
    });
  }

  #canHave({ name, mode }: Request, before: readonly Request[]): boolean {
    const fits = (other: Request) =>
      other.name !== name || (mode === 'shared' && other.mode === 'shared');
    return [...this.#held].every(fits) && before.every(({ name: other }) => other !== name);
  }

  /** In the order of the requests; of each name, the first one that cannot have it holds up the rest. */
  #grantWhatCan(): void {
    const left: Request[] = [];
    for (const one of this.#queue) {
      if (this.#canHave(one, left)) this.#grant(one);
      else left.push(one);
    }
    this.#queue = left;
  }

  #grant(one: Request): void {
    if (one.gaveUp) one.signal?.removeEventListener('abort', one.gaveUp);
    this.#held.add(one);
    this.#call(one, { name: one.name, mode: one.mode });
  }

  #call(one: Request, lock: Lock | null): void {
    const end = (settle: () => void): void => {
      // Taken by another meanwhile, its promise is settled already.
      if (lock && !this.#held.delete(one)) return;
      one.process.enter(settle);
      if (lock) this.#grantWhatCan();
    };
    task(() =>
      one.process.enter(() => {
        new Promise((resolve) => resolve(one.callback(lock))).then(
          (value) => end(() => one.resolve(value)),
          (reason) => end(() => one.reject(reason)),
        );
      }),
    );
  }

  #take(one: Request): void {
    this.#held.delete(one);
    task(() => one.process.enter(() => one.reject(aborted('The lock was stolen by another.'))));
  }

  async #query(): Promise<LockManagerSnapshot> {
    const tell = ({ name, mode, process }: Request): LockInfo => ({
      name,
      mode,
      clientId: process.name,
    });
    return { held: [...this.#held].map(tell), pending: this.#queue.map(tell) };
  }
}
