/** The app's own model files, run in Node: the same tokens, the same int8 graph, no browser. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import * as ort from 'onnxruntime-web';
import type { Embedder } from '../../src/worker/embedder.ts';
import { DEFAULT_MODEL, sessionOptionsOf } from '../../src/worker/model/models.ts';

export interface NodeModel extends Embedder {
  /** SHA-256 of the graph, first 16 hex digits: names vectors made by it. */
  fingerprint: string;
}

/** @param folder the built model folder, `public/models/use-lite` */
export async function loadNodeModel(folder: string): Promise<NodeModel> {
  ort.env.wasm.numThreads = 1;
  const [graph, vocabulary, config] = await Promise.all([
    readFile(join(folder, 'onnx', 'model_quantized.onnx')),
    readFile(join(folder, 'tokenizer.json'), 'utf8').then(JSON.parse),
    readFile(join(folder, 'tokenizer_config.json'), 'utf8').then(JSON.parse),
  ]);
  const tokenizer = new Tokenizer(vocabulary, config);
  const spec = DEFAULT_MODEL;
  const session = await ort.InferenceSession.create(graph, sessionOptionsOf(spec));
  return {
    spec,
    device: 'wasm',
    threads: 1,
    fingerprint: createHash('sha256').update(graph).digest('hex').slice(0, 16),
    room: spec.window,
    tokenize: (text) => tokenizer.encode(text).ids,
    encode: (text) => tokenizer.encode(text).ids.slice(0, spec.window),
    async embed(ids) {
      const width = Math.min(spec.window, Math.max(1, ...ids.map((row) => row.length)));
      const input = new BigInt64Array(ids.length * width);
      const mask = new BigInt64Array(ids.length * width);
      ids.forEach((row, r) => {
        for (let c = 0; c < Math.min(row.length, width); c++) {
          input[r * width + c] = BigInt(row[c]!);
          mask[r * width + c] = 1n;
        }
      });
      const dims = [ids.length, width];
      const { sentence_embedding: output } = await session.run({
        input_ids: new ort.Tensor('int64', input, dims),
        attention_mask: new ort.Tensor('int64', mask, dims),
      });
      return output!.data as Float32Array;
    },
  };
}
