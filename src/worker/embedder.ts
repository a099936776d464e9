/** The model: the only door to transformers.js. */
import {
  AutoModel,
  AutoTokenizer,
  env,
  LogLevel,
  type PreTrainedModel,
  type PreTrainedTokenizer,
  Tensor,
} from '@huggingface/transformers';
import { FindlingError } from '../errors.ts';
import { hasSimd } from './model/heap.ts';
import type { ModelSpec } from './model/models.ts';
import { checkWholeness, type WholenessCheck } from './model/whole.ts';
import { createWordTokenizer } from './model/word-tokenizer.ts';

export interface Embedder {
  readonly spec: ModelSpec;
  readonly device: string;
  readonly threads: number;
  /** Token ids of a text, uncut. */
  tokenize(text: string): number[];
  /**
   * Embeds tokenized passages: `ids` is [n][≤ window], none empty.
   * @returns n rows of `dimensions` floats, L2-normalised, in one array.
   * @throws FindlingError `inference-failed`, `model-shape`.
   */
  embed(ids: number[][]): Promise<Float32Array>;
}

/**
 * Loads the model from this origin. Once a load has failed, this realm's runtime is spoilt: try
 * again in a new worker.
 * @throws FindlingError `no-simd`, `model-missing`, `model-damaged`, `model-shape`.
 */
export async function loadEmbedder(
  spec: ModelSpec,
  base: string,
  onProgress: (percent: number) => void,
): Promise<Embedder> {
  if (!hasSimd()) throw new FindlingError('no-simd');
  const threads = chooseThreads();
  configure(base, threads);
  const whole = checkWholeness(`${base}models/${spec.folder}/`);
  const missing = watchFetches(whole);
  const options = { local_files_only: true } as const;
  let tokenizer: PreTrainedTokenizer;
  let model: PreTrainedModel;
  try {
    tokenizer = await AutoTokenizer.from_pretrained(spec.folder, options);
    model = await AutoModel.from_pretrained(spec.folder, {
      ...options,
      dtype: spec.dtype,
      device: 'wasm',
      progress_callback(info) {
        if (info.status === 'progress_total') onProgress(Math.min(99, Math.floor(info.progress)));
      },
    });
    const file = await whole.damaged();
    if (file) throw new Error(`not as published: ${file}`);
  } catch (thrown) {
    const file = missing();
    throw file
      ? new FindlingError('model-missing', `A model file is missing: ${file}`, { cause: thrown })
      : new FindlingError('model-damaged', undefined, { cause: thrown });
  }
  const embedder = wrap(spec, tokenizer, model, threads);
  await embedder.embed([embedder.tokenize('A first sentence, to see that the model answers.')]);
  onProgress(100);
  return embedder;
}

function wrap(
  spec: ModelSpec,
  tokenizer: PreTrainedTokenizer,
  model: PreTrainedModel,
  threads: number,
): Embedder {
  return {
    spec,
    device: 'WebAssembly',
    threads,
    tokenize: createWordTokenizer((text) => tokenizer.encode(text, { add_special_tokens: false })),
    async embed(ids) {
      const width = Math.min(spec.window, Math.max(...ids.map((row) => row.length)));
      const size = ids.length * width;
      const input = new BigInt64Array(size);
      const mask = new BigInt64Array(size);
      ids.forEach((row, r) => {
        for (let c = 0; c < Math.min(row.length, width); c++) {
          input[r * width + c] = BigInt(row[c]!);
          mask[r * width + c] = 1n;
        }
      });
      const dims = [ids.length, width];
      let output: Tensor;
      try {
        ({ sentence_embedding: output } = await model({
          input_ids: new Tensor('int64', input, dims),
          attention_mask: new Tensor('int64', mask, dims),
        }));
      } catch (thrown) {
        throw new FindlingError('inference-failed', undefined, { cause: thrown });
      }
      return checked(output, ids.length, spec.dimensions);
    },
  };
}

function checked(output: Tensor | undefined, rows: number, dimensions: number): Float32Array {
  const data = output?.data;
  if (!(data instanceof Float32Array) || data.length !== rows * dimensions) {
    throw new FindlingError('model-shape');
  }
  for (const x of data) if (!Number.isFinite(x)) throw new FindlingError('inference-failed');
  return data;
}

/**
 * Half the cores, up to four. The runtime's threads wait by spinning: measured on two cores, two
 * threads are 1.3 times as fast while nothing else runs, and slower than one when something does.
 */
function chooseThreads(): number {
  if (!globalThis.crossOriginIsolated) return 1;
  return Math.max(1, Math.min(4, Math.floor((navigator.hardwareConcurrency || 2) / 2)));
}

function configure(base: string, threads: number): void {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  // A path, not a URL: the library takes whatever has a scheme for a remote file.
  env.localModelPath = `${new URL(base).pathname}models/`;
  // The service worker keeps the files; a second copy would only cost space.
  env.useBrowserCache = false;
  // Its cache imports a blob: module, which the CSP refuses.
  env.useWasmCache = false;
  env.logLevel = LogLevel.ERROR;
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new FindlingError('model-damaged', 'The runtime offers no WebAssembly.');
  wasm.numThreads = threads;
  wasm.proxy = false;
  wasm.wasmPaths = {
    mjs: `${base}ort/ort-wasm-simd-threaded.mjs`,
    wasm: `${base}ort/ort-wasm-simd-threaded.wasm`,
  };
}

/** Notes which required file the server did not have: the library's own errors do not say. */
function watchFetches(whole: WholenessCheck): () => string | undefined {
  let missing: string | undefined;
  env.fetch = async (input: string | URL, init?: RequestInit) => {
    const response = await fetch(input, init);
    if (!response.ok) missing ??= String(input).split('/').pop();
    else whole.note(String(input), response.clone());
    return response;
  };
  return () => missing;
}
