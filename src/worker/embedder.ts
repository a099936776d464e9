/** The model: alone imports transformers.js. */
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
import type { Device } from '../protocol.ts';
import type { ModelFiles } from './model/files.ts';
import { gpuIsLost, loseGpu, watchGpu } from './model/gpu.ts';
import { hasSimd } from './model/heap.ts';
import { inputTemplateOf } from './model/input-template.ts';
import { type ModelSpec, sessionOptionsOf } from './model/models.ts';
import { unknownOperator } from './model/operators.ts';
import { cut, pool } from './model/pooling.ts';
import { createWordTokenizer, spansNoSpace } from './model/word-tokenizer.ts';

export interface Embedder {
  readonly spec: ModelSpec;
  readonly device: Device;
  readonly threads: number;
  /** Tokens of a passage's own that fit beside those that the model adds. */
  readonly room: number;
  /** Token ids of a text alone, uncut. */
  tokenize(text: string): number[];
  /** Token ids as the model wants them: with its prefix and special tokens, cut to its window. */
  encode(text: string, as: 'query' | 'passage'): number[];
  /**
   * Embeds encoded texts: `ids` is [n][≤ window], none empty.
   * @returns n rows of `dimensions` floats, L2-normalised, in one array.
   * @throws FindlingError `inference-failed`, `model-shape`.
   */
  embed(ids: number[][]): Promise<Float32Array>;
}

/**
 * Loads the model from files that are on their way. Once a load has failed, this realm's runtime
 * cannot be used again: try in a new worker.
 * @throws FindlingError `no-simd`, `model-missing`, `model-operator`, `model-damaged`,
 * `model-shape`.
 */
export async function loadEmbedder(files: ModelFiles): Promise<Embedder> {
  if (!hasSimd()) throw new FindlingError('no-simd');
  const { spec, device, dtype } = files;
  const threads = chooseThreads();
  const wasm = configure(files, threads);
  const options = { local_files_only: true } as const;
  if (device === 'webgpu') watchGpu(() => env.backends.onnx.webgpu?.device);
  let tokenizer: PreTrainedTokenizer;
  let model: PreTrainedModel;
  try {
    tokenizer = await AutoTokenizer.from_pretrained(spec.folder, options);
    wasm.wasmBinary = (await files.runtime) ?? undefined;
    model = await AutoModel.from_pretrained(spec.folder, {
      ...options,
      dtype,
      device,
      session_options: sessionOptionsOf(spec),
    });
    const file = await files.damaged();
    if (file) throw new Error(`not as published: ${file}`);
  } catch (thrown) {
    if (files.missing) {
      throw new FindlingError('model-missing', `A model file is missing: ${files.missing}`, {
        cause: thrown,
      });
    }
    const operator = unknownOperator(thrown);
    if (operator) {
      const message = `The model needs an operator that is not known here: ${operator}.`;
      throw new FindlingError('model-operator', message, { cause: thrown });
    }
    // Whatever it was, a worker without WebGPU finds out more.
    if (device === 'webgpu') return loseGpu(thrown);
    throw new FindlingError('model-damaged', undefined, { cause: thrown });
  } finally {
    // What was fetched is not needed any more, and large.
    env.fetch = fetch;
    wasm.wasmBinary = undefined;
  }
  const embedder = wrap(spec, tokenizer, model, device, threads);
  await embedder.embed([embedder.tokenize('A first sentence, to see that the model answers.')]);
  return embedder;
}

function wrap(
  spec: ModelSpec,
  tokenizer: PreTrainedTokenizer,
  model: PreTrainedModel,
  device: Device,
  threads: number,
): Embedder {
  const encode = (text: string, special: boolean): number[] =>
    tokenizer.encode(text, { add_special_tokens: special });
  const bare = (text: string): number[] => encode(text, false);
  const byWord = createWordTokenizer(bare);
  const template = inputTemplateOf(spec, encode);
  // Words are remembered only where no token spans a space.
  const tokenize = spansNoSpace(bare, byWord) ? byWord : bare;
  const embedTogether = async (ids: number[][]): Promise<Float32Array> => {
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
    let output: Outputs;
    try {
      output = await model({
        input_ids: new Tensor('int64', input, dims),
        attention_mask: new Tensor('int64', mask, dims),
      });
    } catch (thrown) {
      // No fault of the texts: they wait for another worker.
      if (device === 'webgpu' && (await gpuIsLost())) return loseGpu(thrown);
      throw new FindlingError('inference-failed', undefined, { cause: thrown });
    }
    return vectorsOf(
      output,
      spec,
      ids.map((row) => Math.min(row.length, width)),
      width,
    );
  };
  const embedApart = async (ids: number[][]): Promise<Float32Array> => {
    const rows = new Float32Array(ids.length * spec.dimensions);
    for (const [r, row] of ids.entries()) rows.set(await embedTogether([row]), r * spec.dimensions);
    return rows;
  };
  return {
    spec,
    device,
    threads,
    room: template.room,
    tokenize,
    encode: (text, as) => template.around(tokenize(text), as),
    embed: (ids) => (spec.single ? embedApart(ids) : embedTogether(ids)),
  };
}

type Outputs = Partial<Record<string, Tensor>>;

/** The finished vectors where the model gives them; else its token vectors, pooled here. */
function vectorsOf(
  output: Outputs,
  { pooling, dimensions, shortOf }: ModelSpec,
  lengths: number[],
  tokens: number,
): Float32Array {
  const finished = output.sentence_embedding;
  if (finished || !pooling) {
    const width = (shortOf && finished?.dims.at(-1)) || dimensions;
    if (width < dimensions) throw wrongShape(finished, [lengths.length, dimensions]);
    const rows = floatsOf(finished, [lengths.length, width]);
    return pooling ? cut(rows, width, dimensions) : rows;
  }
  const hidden = output.last_hidden_state ?? output.token_embeddings;
  const width = hidden?.dims.at(-1) ?? 0;
  if (width < dimensions) throw wrongShape(hidden, [lengths.length, tokens, dimensions]);
  const all = floatsOf(hidden, [lengths.length, tokens, width]);
  return pool(all, tokens, width, lengths, pooling, dimensions);
}

function wrongShape(output: Tensor | undefined, wanted: number[]): FindlingError {
  const got = output ? `${output.type} [${output.dims}]` : 'none of the known outputs';
  return new FindlingError('model-shape', `The model gives ${got}, not float32 [${wanted}].`);
}

function floatsOf(output: Tensor | undefined, dims: number[]): Float32Array {
  const data = output?.data;
  if (!(data instanceof Float32Array) || data.length !== dims.reduce((a, b) => a * b)) {
    throw wrongShape(output, dims);
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

function configure(files: ModelFiles, threads: number) {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  // A path, not a URL: the library takes whatever has a scheme for a remote file.
  env.localModelPath = `${new URL(files.base).pathname}models/`;
  // The service worker keeps the files; a second copy would only cost space.
  env.useBrowserCache = false;
  // Its cache imports a blob: module, which the CSP refuses.
  env.useWasmCache = false;
  env.logLevel = LogLevel.ERROR;
  const { wasm } = env.backends.onnx;
  if (!wasm) throw new FindlingError('model-damaged', 'The runtime offers no WebAssembly.');
  wasm.numThreads = threads;
  wasm.proxy = false;
  wasm.wasmPaths = files.runtimeUrls;
  env.fetch = files.fetch;
  return wasm;
}
