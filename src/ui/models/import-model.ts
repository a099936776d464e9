/** A model from disk, as a folder or a .zip: read, checked, hashed and stored. */

import { FindlingError, isCode } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import {
  describeModel,
  LARGEST_MODEL,
  ModelFolderError,
  modelRoot,
} from '../../storage/models/description.ts';
import {
  type ImportedModel,
  type ImportedModelFile,
  openImportedModels,
} from '../../storage/models/imported.ts';
import { openArchive } from '../archive/unzip.ts';
import type { HostedModel } from './hosted.ts';
import { W } from './words.ts';

export interface ImportOptions {
  /** URL of the app's folder. */
  base: string;
  now: number;
  signal: AbortSignal;
  /** Bytes read, of all. */
  onProgress(done: number, total: number): void;
}

type Bytes = Uint8Array<ArrayBuffer>;

/** A place that files are read from. */
interface Source {
  /** Of what holds it. */
  name: string;
  files: { path: string; bytes: number }[];
  text(path: string): Promise<string>;
  /** The named files, in any order. */
  contents(paths: readonly string[]): AsyncIterable<{ path: string; content: Bytes }>;
}

/** Largest description, bytes: a tokenizer of a quarter of a million words has some 20 MB. */
const LARGEST_TEXT = 64 * 1024 * 1024;
/** Bytes of weights read and written at a time. */
const READ_BYTES = 4 * 1024 * 1024;

/** @throws ModelFolderError, FindlingError `cancelled`, `storage-full` */
export async function importModel(picked: File[], options: ImportOptions): Promise<ImportedModel> {
  const [first] = picked;
  const zip = picked.length === 1 && first !== undefined && !first.webkitRelativePath;
  return keepModel(zip ? await fromZip(first, options) : fromFolder(picked, options), options);
}

/**
 * A model that lies beside the app.
 * @throws ModelFolderError, FindlingError `cancelled`, `storage-full`
 */
export const importHosted = (model: HostedModel, options: ImportOptions): Promise<ImportedModel> =>
  keepModel(fromHost(model, options), options);

async function keepModel(source: Source, options: ImportOptions): Promise<ImportedModel> {
  const root = modelRoot(source.files.map(({ path }) => path));
  const files = source.files
    .filter(({ path }) => path.startsWith(root))
    .map(({ path, bytes }) => ({ path: path.slice(root.length), bytes }));
  const name = root.split('/').at(-2) ?? source.name;
  const model = await describeModel(name, files, (path) => source.text(root + path));
  // Transformers.js looks for weights below `onnx/` only.
  const placed = (path: string): string =>
    path === model.weights ? `onnx/${path.split('/').pop()}` : path;

  return openImportedModels(options.base).keep(async (put) => {
    const written: ImportedModelFile[] = [];
    const wanted = model.files.map((path) => root + path);
    for await (const { path, content } of source.contents(wanted)) {
      const hash = await sha256(content);
      stopIf(options.signal);
      await put(hash, content);
      written.push({ path: placed(path.slice(root.length)), bytes: content.length, sha256: hash });
    }
    stopIf(options.signal);
    written.sort((a, b) => (a.path < b.path ? -1 : 1));
    const { dtype, pooling, prefixes, window, dimensions } = model;
    const meaning = { dtype, pooling, prefixes, window, dimensions };
    const digest = await sha256(JSON.stringify([written, meaning]));
    const whole: ImportedModel = {
      id: `${slug(model.name)}-${digest.slice(0, 8)}`,
      name: model.name,
      ...meaning,
      bytes: written.reduce((sum, { bytes }) => sum + bytes, 0),
      added: options.now,
      files: written,
    };
    const shorter = model.matryoshka.map((dimensions) => ({
      ...whole,
      id: `${whole.id}-${dimensions}d`,
      name: `${model.name}, ${W.cutTo(dimensions)}`,
      dimensions,
      shortOf: whole.id,
    }));
    return [whole, ...shorter];
  });
}

function fromFolder(picked: File[], { signal, onProgress }: ImportOptions): Source {
  const byPath = new Map(picked.map((file) => [file.webkitRelativePath || file.name, file]));
  return {
    name: 'model',
    files: [...byPath].map(([path, { size }]) => ({ path, bytes: size })),
    async text(path) {
      const file = byPath.get(path)!;
      if (file.size > LARGEST_TEXT) throw new ModelFolderError('not-json', path);
      return file.text();
    },
    async *contents(paths) {
      const files = paths.map((path) => ({ path, file: byPath.get(path)! }));
      const total = files.reduce((sum, { file }) => sum + file.size, 0);
      let done = 0;
      for (const { path, file } of files) {
        const content = new Uint8Array(file.size);
        for (let at = 0; at < file.size; at += READ_BYTES) {
          stopIf(signal);
          const piece = await file.slice(at, at + READ_BYTES).arrayBuffer();
          content.set(new Uint8Array(piece), at);
          done += piece.byteLength;
          onProgress(done, total);
        }
        yield { path, content };
      }
    },
  };
}

/** Each file is checked against the list that the host made. */
function fromHost(model: HostedModel, { base, signal, onProgress }: ImportOptions): Source {
  const folder = new URL(`models/${model.folder}/`, base);
  const read = async (path: string, got: (bytes: number) => void): Promise<Bytes> => {
    const listed = model.files.find((file) => file.path === path)!;
    const content = new Uint8Array(listed.bytes);
    let at = 0;
    try {
      const response = await fetch(new URL(path, folder), { signal, cache: 'no-cache' });
      const reader = response.ok ? response.body?.getReader() : undefined;
      for (;;) {
        const { done, value } = (await reader?.read()) ?? { done: true };
        if (done || at + value!.length > content.length) break;
        content.set(value!, at);
        at += value!.length;
        got(value!.length);
      }
    } catch {
      stopIf(signal);
      throw new ModelFolderError('unreachable', path);
    }
    if (at === 0) throw new ModelFolderError('unreachable', path);
    if ((await sha256(content)) !== listed.sha256) throw new ModelFolderError('differs', path);
    return content;
  };
  return {
    name: model.name,
    files: model.files,
    text: async (path) => new TextDecoder().decode(await read(path, () => {})),
    async *contents(paths) {
      const total = model.files.reduce(
        (sum, { path, bytes }) => (paths.includes(path) ? sum + bytes : sum),
        0,
      );
      let done = 0;
      for (const path of paths) {
        const content = await read(path, (bytes) => {
          done += bytes;
          onProgress(done, total);
        });
        yield { path, content };
      }
    },
  };
}

async function fromZip(archive: File, { signal, onProgress }: ImportOptions): Promise<Source> {
  const opened = await openArchive(archive).catch((thrown) => {
    throw isCode(thrown, 'not-a-backup') ? new ModelFolderError('not-zip') : thrown;
  });
  if (!opened.whole) throw new ModelFolderError('not-zip');
  const byPath = new Map(opened.files.map((file) => [file.path, file]));
  return {
    name: archive.name.replace(/\.zip$/i, ''),
    files: opened.files.map(({ path, bytes }) => ({ path, bytes })),
    async text(path) {
      stopIf(signal);
      const content = await opened.read(byPath.get(path)!, LARGEST_TEXT);
      if (typeof content === 'string') throw new ModelFolderError('not-json', path);
      return new TextDecoder().decode(content);
    },
    async *contents(paths) {
      const files = paths.map((path) => byPath.get(path)!);
      const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
      let done = 0;
      for (const file of files) {
        stopIf(signal);
        const content = await opened.read(file, LARGEST_MODEL, {
          signal,
          onRead: (bytes) => {
            done += bytes;
            onProgress(done, total);
          },
        });
        if (content === 'large') throw new ModelFolderError('too-large');
        if (typeof content === 'string') throw new ModelFolderError('damaged', file.path);
        yield { path: file.path, content };
      }
    },
  };
}

/** For ids: transformers.js takes letters, digits, and single dashes between them. */
const slug = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 40)
    .replace(/-$/, '') || 'model';

function stopIf(signal: AbortSignal): void {
  if (signal.aborted) throw new FindlingError('cancelled');
}
