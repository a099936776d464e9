import { type Clock, realClock } from '../../clock.ts';
import type { Said } from '../../markdown/said.ts';
import { mayLink, maySay } from './may-link.ts';

/** Without anything to read, the worker is ended after this, ms. */
const IDLE_MS = 5_000;
/** So long is waited for one text, ms: ten megabytes take about a second. */
const PATIENCE_MS = 20_000;

type ReaderWorker = Pick<Worker, 'addEventListener' | 'postMessage' | 'terminate'>;
/** What a whole text has. */
export interface ReadApart {
  /** Keys of the notes that it links to. */
  links: string[];
  said: Said;
}
type Links = ReadApart | undefined;

const NOTHING: ReadApart = { links: [], said: { front: [], text: [], properties: [] } };

/**
 * Reads links in a worker of its own, which is started when it is first needed. Where there is none,
 * or it fails once, nothing more is asked of it.
 */
export class LinksApart {
  readonly #start: () => ReaderWorker;
  readonly #after: Clock['after'];
  #worker: ReaderWorker | null = null;
  #hasFailed = false;
  #asked = 0;
  readonly #waiting = new Map<number, (links: Links) => void>();
  #callOffEnd: () => void = () => {};

  constructor(start: () => ReaderWorker, after: Clock['after']) {
    this.#start = start;
    this.#after = after;
  }

  /**
   * The notes that a whole text links to, and what it says of its own, however long.
   * @returns undefined where that cannot be told here. Never rejects
   */
  of(text: string): Promise<Links> {
    if (!mayLink(text) && !maySay(text)) return Promise.resolve(NOTHING);
    const worker = this.#running();
    if (!worker) return Promise.resolve(undefined);
    this.#callOffEnd();
    const n = this.#asked++;
    return new Promise((resolve) => {
      const callOff = this.#after(PATIENCE_MS, () => this.#fail());
      this.#waiting.set(n, (links) => {
        callOff();
        resolve(links);
      });
      worker.postMessage({ n, text });
    });
  }

  #running(): ReaderWorker | null {
    if (this.#worker || this.#hasFailed) return this.#worker;
    try {
      const worker = this.#start();
      worker.addEventListener('message', ({ data }) => this.#answered(data));
      for (const failure of ['error', 'messageerror'] as const) {
        worker.addEventListener(failure, () => this.#fail());
      }
      this.#worker = worker;
    } catch {
      this.#fail();
    }
    return this.#worker;
  }

  #answered({ n, links, said }: ReadApart & { n: number }): void {
    this.#waiting.get(n)?.({ links, said });
    this.#waiting.delete(n);
    if (this.#waiting.size === 0) this.#callOffEnd = this.#after(IDLE_MS, () => this.#end());
  }

  #fail(): void {
    this.#hasFailed = true;
    this.#end();
    for (const tell of this.#waiting.values()) tell(undefined);
    this.#waiting.clear();
  }

  #end(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}

/** That of this page. */
export const linksApart = new LinksApart(
  () => new Worker(new URL('./links-worker.ts', import.meta.url), { type: 'module' }),
  realClock.after,
);
