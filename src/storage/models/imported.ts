/**
 * Models that were imported, from disk or from beside the app, in Cache Storage: each file once,
 * under its SHA-256, and for each model an entry that names its files. The entry comes last, so
 * that an import that was cut off leaves no model. They belong to the device, not to a workspace.
 */
import type { Dtype, Pooling } from './description.ts';

export interface ImportedModel {
  /** Begins with its name and ends in a part of its content's hash. */
  id: string;
  name: string;
  dtype: Dtype;
  pooling: Pooling;
  prefixes: { query: string; passage: string };
  /** Longest input, tokens, those that the model adds included. */
  window: number;
  dimensions: number;
  /** Of all files. */
  bytes: number;
  added: number;
  files: ImportedModelFile[];
  /**
   * The model that these files give whole: this one cuts its vectors to `dimensions` (Matryoshka).
   */
  shortOf?: string;
  /** An install check found it fit, and the person wants it. */
  agreed?: boolean;
  /** A text's vector depends on its batch, so each is embedded alone. */
  single?: boolean;
}

export interface ImportedModelFile {
  /** As transformers.js asks for it, below the model's folder. */
  path: string;
  bytes: number;
  /** Hex. */
  sha256: string;
}

/** Below the app's folder: URLs in the cache begin so, and stay so. */
const FOLDER = 'models/kept/';
/** One import, or one removal, at a time in all tabs: each takes away files that nobody names. */
const LOCK = 'findling-kept-models';

/** The folder that transformers.js is told, below `models/`. */
export const importedFolder = (id: string): string => `kept/${id}`;

export interface ImportedModels {
  /** Oldest first, and the longest vectors before those cut. */
  list(): Promise<ImportedModel[]>;
  /** undefined: the browser took it. */
  file(sha256: string): Promise<Response | undefined>;
  /**
   * Keeps all files, then an entry for every model that they give, the whole one first. Nothing
   * stays behind when `write` throws.
   */
  keep(
    write: (
      put: (sha256: string, content: Uint8Array<ArrayBuffer>) => Promise<void>,
    ) => Promise<[ImportedModel, ...ImportedModel[]]>,
  ): Promise<ImportedModel>;
  /** Adds what was found out about a model. */
  amend(id: string, found: Pick<ImportedModel, 'agreed' | 'single'>): Promise<void>;
  /** With those that cut its vectors. */
  remove(id: string): Promise<void>;
}

/**
 * @param base URL of the app's folder, ending in `/`: copies of the app on one origin stay apart
 */
export function openImportedModels(base: string): ImportedModels {
  const name = `findling:${new URL(base).pathname}:kept-models`;
  const url = (path: string): string => new URL(`${FOLDER}${path}`, base).href;
  const open = (): Promise<Cache> => caches.open(name);

  async function list(): Promise<ImportedModel[]> {
    const cache = await open();
    const entries = (await cache.keys()).filter(({ url: key }) => key.startsWith(url('entry/')));
    const all = await Promise.all(
      entries.map(async (key) => (await cache.match(key))?.json() as Promise<ImportedModel>),
    );
    return all.sort((a, b) => a.added - b.added || b.dimensions - a.dimensions);
  }

  /** What no entry names: left behind by an import that was cut off, or by a removed model. */
  async function sweep(): Promise<void> {
    const cache = await open();
    const used = new Set((await list()).flatMap(({ files }) => files.map((f) => url(f.sha256))));
    for (const { url: key } of await cache.keys()) {
      if (!key.startsWith(url('entry/')) && !used.has(key)) await cache.delete(key);
    }
  }

  return {
    list,
    async file(sha256) {
      return (await open()).match(url(sha256));
    },
    keep: (write) =>
      navigator.locks.request(LOCK, async () => {
        const cache = await open();
        try {
          const models = await write(async (sha256, content) => {
            const headers = { 'content-length': String(content.length) };
            await cache.put(url(sha256), new Response(content, { headers }));
          });
          for (const one of models) {
            await cache.put(url(`entry/${one.id}`), Response.json(one));
          }
          return models[0];
        } catch (thrown) {
          await sweep().catch(() => {});
          throw thrown;
        }
      }),
    amend: (id, found) =>
      navigator.locks.request(LOCK, async () => {
        const cache = await open();
        const entry = await cache.match(url(`entry/${id}`));
        if (!entry) return;
        const model = (await entry.json()) as ImportedModel;
        await cache.put(url(`entry/${id}`), Response.json({ ...model, ...found }));
      }),
    remove: (id) =>
      navigator.locks.request(LOCK, async () => {
        const cache = await open();
        for (const model of await list()) {
          if (model.id === id || model.shortOf === id) await cache.delete(url(`entry/${model.id}`));
        }
        await sweep();
      }),
  };
}
