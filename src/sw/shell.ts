/** The app's own small files: all of them from the start, or the version is not installed. */
export class Shell {
  constructor(
    readonly scope: string,
    readonly prefix: string,
    readonly build: string,
    readonly files: ReadonlyMap<string, string>,
  ) {}

  /** Cache of this build's files. */
  get cacheName(): string {
    return `${this.prefix}shell:${this.build}`;
  }

  #url(path: string): string {
    return new URL(path, this.scope).href;
  }

  /**
   * Fetches every file with its hash. On a failure nothing stays.
   * @throws what `fetch` throws, or that a file is another than expected
   */
  async install(): Promise<void> {
    try {
      const cache = await caches.open(this.cacheName);
      await Promise.all(
        [...this.files].map(async ([path, integrity]) => {
          const url = this.#url(path);
          // Integrity: a deployment under way must not give us one file of each version.
          let response = await fetch(url, { cache: 'no-cache', integrity });
          // The right bytes under the wrong type may be the HTTP cache's: a 304 leaves it so.
          if (!runs(path, response)) response = await fetch(url, { cache: 'reload', integrity });
          if (response.status !== 200) throw new TypeError(`${path}: status ${response.status}`);
          // Kept, it would be refused at every start, long after the server was put right.
          if (!runs(path, response)) throw new TypeError(`${path}: not served as a script`);
          await cache.put(url, unredirected(response));
        }),
      );
    } catch (error) {
      await caches.delete(this.cacheName);
      throw error;
    }
  }

  /** A file of this version from the cache; no request is made. */
  async match(path: string): Promise<Response | undefined> {
    const cache = await caches.open(this.cacheName);
    return cache.match(this.#url(path), { ignoreVary: true });
  }

  /** Paths that are not in the cache, as when the browser has cleared it. */
  async missing(): Promise<string[]> {
    const missing: string[] = [];
    for (const path of this.files.keys()) {
      if (!(await this.match(path))) missing.push(path);
    }
    return missing;
  }

  /** Drops the shells of other versions. */
  async clean(): Promise<void> {
    for (const name of await caches.keys()) {
      const dead = name.startsWith(`${this.prefix}shell:`) && name !== this.cacheName;
      if (dead) await caches.delete(name);
    }
  }
}

/** Whether a browser will run it, if it is a script: it heeds the type, not the name. */
function runs(path: string, response: Response): boolean {
  const type = response.headers.get('content-type') ?? '';
  return !/\.m?js$/.test(path) || /(?:java|ecma)script/i.test(type);
}

/** A navigation refuses an answer that was redirected (hosts turn /index.html into /). */
function unredirected(response: Response): Response {
  if (!response.redirected) return response;
  return new Response(response.body, { status: 200, headers: response.headers });
}
