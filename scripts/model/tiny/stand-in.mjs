/**
 * A model for tests that do not judge meaning: it takes the place of the built-in one in the test
 * build. A text's vector is the mean of random vectors of its tokens, so that texts that share
 * words are near each other. Same tokenizer, inputs, output and length of vectors, so the app
 * splits texts as it does with the built-in model.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sha256 } from '../../files.mjs';
import { MAX_TOKENS, WIDTH } from '../graph.mjs';
import { INT64_MATRIX, OnnxWriter, TYPE } from '../onnx-writer.mjs';
import { randomOf } from './random.mjs';

/** Numbers a token: enough to tell a few thousand words apart. */
const INNER = 32;

/** @param {number} vocabulary tokens */
export function standInOnnx(vocabulary) {
  const g = new OnnxWriter();
  const random = randomOf(11);
  const matrix = (name, rows, columns) =>
    g.weight(name, {
      shape: [rows, columns],
      data: random(rows * columns, 1 / Math.sqrt(columns)),
    });
  const [ids, mask] = ['input_ids', 'attention_mask'].map((input) =>
    g.node('Slice', [input, g.ints(0), g.ints(MAX_TOKENS), g.ints(1)]),
  );
  const vectors = g.node('Gather', [matrix('words', vocabulary, INNER), ids]);
  const seen = g.node('Unsqueeze', [g.node('Cast', [mask], { to: TYPE.FLOAT }), g.ints(1)]);
  const sum = g.node('Squeeze', [g.node('MatMul', [seen, vectors]), g.ints(1)]);
  const wide = g.node('MatMul', [sum, matrix('widen', INNER, WIDTH)]);
  // A text without a token has no direction: no NaN may leave the model.
  const length = g.node('Max', [g.node('ReduceL2', [wide], { axes: [-1] }), g.scalar(1e-6)]);
  g.node('Div', [wide, length], {}, ['sentence_embedding']);
  return g.encode({
    name: 'stand-in',
    producer: 'findling-tests',
    inputs: ['input_ids', 'attention_mask'].map((name) => ({ name, ...INT64_MATRIX })),
    outputs: [{ name: 'sentence_embedding', type: 'FLOAT', dims: ['batch', WIDTH] }],
  });
}

/** Puts it in the place of the built-in model's weights in the built app's folder `out`. */
export function standIn(out) {
  const folder = join(out, 'models', 'use-lite');
  const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
  const onnx = standInOnnx(read('config.json').vocab_size);
  const manifest = read('manifest.json');
  for (const file of manifest.files.filter(({ path }) => path.endsWith('.onnx'))) {
    writeFileSync(join(folder, file.path), onnx);
    Object.assign(file, { bytes: onnx.length, sha256: sha256(onnx) });
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify(manifest));
}
