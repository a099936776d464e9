import type { Device } from '../../protocol.ts';
import { sha256 } from '../../sha256.ts';
import { DESCRIBING, fileOf } from '../../storage/models/description.ts';
import { type ImportedModelFile, openImportedModels } from '../../storage/models/imported.ts';
import type { ModelSpec } from './models.ts';

export interface ModelFilesOptions {
  /** URL of the app's folder, ending in `/`. */
  base: string;
  /** The first load decides for the realm: only the runtime that knows WebGPU can use it later. */
  device: Device;
  /** Told 0 to 99 while the weights come. */
  onProgress?(percent: number): void;
}

/**
 * A model's files, and the runtime's, on their way: all fetched side by side before the library
 * asks for them, each once, and checked against the published hashes. The service worker
 * checks what it keeps, but there may be none; weights with a few flipped bits load well and give
 * wrong vectors.
 */
export class ModelFiles {
  readonly spec: ModelSpec;
  readonly base: string;
  readonly device: Device;
  readonly dtype: ModelSpec['dtype'];
  /** Of the runtime's two files. */
  readonly runtimeUrls: { mjs: string; wasm: string };
  /** null when it cannot be had: then the runtime looks for it itself, and says why. */
  readonly runtime: Promise<ArrayBuffer | null>;
  /** The first that was asked for, and is not there or could not be fetched. */
  missing: string | undefined;
  readonly #folder: URL;
  readonly #load: (url: string) => Promise<Response>;
  readonly #files = new Map<string, Promise<Got>>();
  readonly #published: Promise<readonly PublishedFile[]>;
  readonly #onProgress: (percent: number) => void;

  constructor(spec: ModelSpec, { base, device, onProgress = () => {} }: ModelFilesOptions) {
    this.spec = spec;
    this.base = base;
    this.device = device;
    this.dtype = (device === 'webgpu' && spec.gpuDtype) || spec.dtype;
    this.#onProgress = onProgress;
    this.#folder = new URL(`models/${spec.folder}/`, base);
    // The one that knows WebGPU is twice the size.
    const name = `${base}ort/ort-wasm-simd-threaded${device === 'webgpu' ? '.asyncify' : ''}`;
    this.runtimeUrls = { mjs: `${name}.mjs`, wasm: `${name}.wasm` };
    this.#load = spec.files ? importedFiles(base, this.#folder, spec.files) : (url) => fetch(url);
    this.#published = spec.files ? Promise.resolve(spec.files) : published(this.#folder);
    for (const path of DESCRIBING) this.#get(path);
    this.runtime = runtimeOnce(this.runtimeUrls.wasm);
    this.#get(`onnx/${fileOf(this.dtype)}`);
  }

  /** For the library, in place of `fetch`. */
  readonly fetch = async (input: string | URL): Promise<Response> => {
    const url = new URL(String(input), this.base);
    if (!url.pathname.startsWith(this.#folder.pathname)) return fetch(url);
    const path = url.pathname.slice(this.#folder.pathname.length);
    const got = await this.#get(path).catch((thrown: unknown) => ({ thrown }));
    if ('thrown' in got || !got.bytes) this.missing ??= path.split('/').pop();
    if ('thrown' in got) throw got.thrown;
    const { status, bytes } = got;
    if (!bytes) return new Response(null, { status });
    const headers = { 'content-length': String(bytes.byteLength) };
    if (!isWeights(path)) return new Response(bytes, { headers });
    // Up to a gigabyte: passed on, not copied.
    return Object.assign(new Response(null, { headers }), { arrayBuffer: async () => bytes });
  };

  /** The path of a file that was read and is not as published, if any. */
  async damaged(): Promise<string | undefined> {
    for (const file of await this.#published) {
      const got = await this.#files.get(file.path);
      if (got?.bytes && (await got.hash) !== file.sha256) return file.path;
    }
    return undefined;
  }

  #get(path: string): Promise<Got> {
    let got = this.#files.get(path);
    if (!got) {
      got = this.#read(path);
      // Whoever asks for it is told.
      got.catch(() => {});
      this.#files.set(path, got);
    }
    return got;
  }

  async #read(path: string): Promise<Got> {
    const response = await this.#load(new URL(path, this.#folder).href);
    if (!response.ok) return { status: response.status, bytes: null, hash: null };
    const bytes = isWeights(path) ? await this.#watched(response) : await response.arrayBuffer();
    return { status: 200, bytes, hash: sha256(bytes) };
  }

  /** The body, told of as it comes. */
  async #watched(response: Response): Promise<ArrayBuffer> {
    const body = response.body?.getReader();
    if (!body) return response.arrayBuffer();
    // A compressed answer's length is another than its content's.
    const stated = response.headers.has('content-encoding')
      ? 0
      : Number(response.headers.get('content-length'));
    const expected = stated || this.spec.bytes;
    let bytes = new Uint8Array(expected);
    let read = 0;
    let told = 0;
    for (;;) {
      const { done, value } = await body.read();
      if (done) break;
      if (read + value.length > bytes.length) {
        const larger = new Uint8Array(Math.max(2 * bytes.length, read + value.length));
        larger.set(bytes.subarray(0, read));
        bytes = larger;
      }
      bytes.set(value, read);
      read += value.length;
      const percent = Math.min(99, Math.floor((100 * read) / expected));
      if (percent > told) {
        told = percent;
        this.#onProgress(percent);
      }
    }
    return read === bytes.length ? bytes.buffer : bytes.slice(0, read).buffer;
  }
}

const isWeights = (path: string): boolean => path.endsWith('.onnx');

interface Got {
  status: number;
  /** null where there is no such file. */
  bytes: ArrayBuffer | null;
  hash: Promise<string> | null;
}

type PublishedFile = Pick<ImportedModelFile, 'path' | 'sha256'>;

async function published(folder: URL): Promise<readonly PublishedFile[]> {
  const response = await fetch(new URL('manifest.json', folder)).catch(() => null);
  const manifest: { files: readonly PublishedFile[] } | null = response?.ok
    ? await response.json().catch(() => null)
    : null;
  return manifest?.files ?? [];
}

/** Answers from what was imported: no request is made. */
function importedFiles(base: string, folder: URL, files: readonly ImportedModelFile[]) {
  const imported = openImportedModels(base);
  return async (url: string): Promise<Response> => {
    const path = new URL(url).pathname.slice(folder.pathname.length);
    const file = files.find((one) => one.path === path);
    return (file && (await imported.file(file.sha256))) ?? new Response(null, { status: 404 });
  };
}

let runtimeAsked = false;

/**
 * A realm has one runtime: the first load's. Its bytes, 14 MB and more, are kept by nobody here.
 */
async function runtimeOnce(url: string): Promise<ArrayBuffer | null> {
  if (runtimeAsked) return null;
  runtimeAsked = true;
  return fetch(url)
    .then((response) => (response.ok ? response.arrayBuffer() : null))
    .catch(() => null);
}
