import { Download } from './download.ts';
import type { BigFile } from './files.ts';

/** Exponential backoff before a download that was cut off is tried again, ms. */
const BACKOFF_MS = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * Models and runtime: kept by URL and content hash once they were used, so that a new version of
 * the app downloads only what really changed.
 */
export class BigFiles {
  readonly #running = new Map<string, Promise<Download | Response>>();

  constructor(
    readonly scope: string,
    readonly prefix: string,
    readonly files: ReadonlyMap<string, BigFile>,
    /** Told when the server has another file than this build expects: there may be an update. */
    readonly onMismatch: () => void,
  ) {}

  /** Cache of the files themselves, by URL and hash; shared by all versions of the app. */
  get cacheName(): string {
    return `${this.prefix}big`;
  }

  /** Cache of empty answers, by URL: which files were ever used here. */
  get usedName(): string {
    return `${this.prefix}used`;
  }

  #key(path: string): string {
    return `${new URL(path, this.scope).href}?sha256=${this.files.get(path)?.sha256}`;
  }

  /**
   * Answers from the cache, or by a download that all who ask for the file share.
   * @param keep keeps the service worker alive for a promise
   */
  async respond(path: string, request: Request, keep: (work: Promise<unknown>) => void) {
    keep(this.#markUsed(path));
    const cache = await caches.open(this.cacheName);
    // `cache: 'reload'` is how the engine asks again for a file that did not work.
    if (request.cache === 'reload') await cache.delete(this.#key(path));
    const cached = await cache.match(this.#key(path));
    if (cached) return cached;
    let running = this.#running.get(path);
    if (!running) {
      running = this.#download(path, cache);
      this.#running.set(path, running);
      const finished = running
        .then((result) => (result instanceof Download ? result.finished : false))
        .finally(() => this.#running.delete(path));
      keep(finished.catch(() => false));
    }
    const result = await running;
    return result instanceof Download ? result.response() : result.clone();
  }

  async #download(path: string, cache: Cache): Promise<Download | Response> {
    const url = new URL(path, this.scope).href;
    // The HTTP cache would only keep a second copy.
    const get = () => fetch(url, { cache: 'no-store', credentials: 'same-origin' });
    const response = await get();
    if (response.status !== 200) return response;
    const expected = this.files.get(path) as BigFile;
    const store = async (whole: Response) => {
      // A full disk costs the file its place offline, not the person the search.
      await cache.put(this.#key(path), whole).catch(() => {});
    };
    const again = async (attempt: number): Promise<Response | null> => {
      for (const pause of BACKOFF_MS.slice(attempt)) {
        await new Promise((resolve) => setTimeout(resolve, pause));
        const next = await get().catch(() => null);
        if (next) return next.status === 200 ? next : null;
      }
      return null;
    };
    const download = new Download(response, expected, store, again);
    void download.finished.then((right) => {
      if (!right) this.onMismatch();
    });
    return download;
  }

  async #markUsed(path: string): Promise<void> {
    const used = await caches.open(this.usedName);
    const key = new URL(path, this.scope).href;
    if (!(await used.match(key))) await used.put(key, new Response(null)).catch(() => {});
  }

  /** Files that were used, as far as this build still has them, and are not kept. */
  async missing(): Promise<string[]> {
    const used = await caches.open(this.usedName);
    const cache = await caches.open(this.cacheName);
    const missing: string[] = [];
    const untouched = new Set(['models/', 'ort/']);
    for (const path of this.files.keys()) {
      if (!(await used.match(new URL(path, this.scope).href))) continue;
      untouched.delete(`${path.split('/', 1)[0]}/`);
      if (!(await cache.match(this.#key(path)))) missing.push(path);
    }
    // Nothing used of a folder: the engine never ran, so there is nothing to search with offline.
    return [...missing, ...untouched];
  }

  /** Drops what this build no longer has. */
  async clean(): Promise<void> {
    const keys = new Set([...this.files.keys()].map((path) => this.#key(path)));
    const cache = await caches.open(this.cacheName);
    for (const request of await cache.keys()) {
      if (!keys.has(request.url)) await cache.delete(request);
    }
  }
}
