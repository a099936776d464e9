/** ENTRY of the bench page: the naive way on the main thread, and a worker for the other ways. */
import { AutoModel, AutoTokenizer, env, Tensor } from '@huggingface/transformers';
import { installTrustedTypes } from '../../src/trusted-types.ts';
import type { Answer, Ask } from './worker.ts';

installTrustedTypes();

const base = new URL('./', document.baseURI).href;
const WINDOW = 128;

let worker: Worker | undefined;
function ask<T extends Ask['do']>(message: Ask & { do: T }): Promise<Answer[T]> {
  worker ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: base });
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve, reject) => {
    port1.onmessage = ({ data }) => {
      if (data.error) reject(new Error(data.error));
      else resolve(data.result);
    };
    worker!.postMessage(message, [port2]);
  });
}

type Embed = (text: string) => Promise<Float32Array>;

/** As a first attempt would look: the model as it comes, in the page, one passage after another. */
async function loadNaive(): Promise<void> {
  embedNaively ??= await naiveModel();
  await embedNaively('A first sentence, so that nothing is measured that happens only once.');
}

/** @returns ms */
async function naive(texts: string[]): Promise<number> {
  const embed = embedNaively!;
  const start = performance.now();
  for (const text of texts) await embed(text);
  return performance.now() - start;
}

let embedNaively: Embed | undefined;
async function naiveModel(): Promise<Embed> {
  env.allowRemoteModels = false;
  env.allowLocalModels = true;
  env.localModelPath = `${new URL(base).pathname}models/`;
  env.useBrowserCache = false;
  env.useWasmCache = false;
  env.backends.onnx.wasm!.wasmPaths = {
    mjs: `${base}ort/ort-wasm-simd-threaded.mjs`,
    wasm: `${base}ort/ort-wasm-simd-threaded.wasm`,
  };
  const options = { local_files_only: true } as const;
  const tokenizer = await AutoTokenizer.from_pretrained('use-lite', options);
  const model = await AutoModel.from_pretrained('use-lite', {
    ...options,
    dtype: 'fp32',
    device: 'wasm',
  });
  return async (text) => {
    const ids = tokenizer.encode(text, { add_special_tokens: false }).slice(0, WINDOW);
    const dims = [1, ids.length];
    const { sentence_embedding } = await model({
      input_ids: new Tensor('int64', BigInt64Array.from(ids, BigInt), dims),
      attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims),
    });
    return sentence_embedding.data;
  };
}

declare global {
  var benchPage: {
    ask: typeof ask;
    loadNaive: typeof loadNaive;
    naive: typeof naive;
  };
}
globalThis.benchPage = {
  ask,
  loadNaive,
  naive,
};
