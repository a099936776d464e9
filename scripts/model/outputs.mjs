import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { modelConfig } from './descriptions.mjs';
import { encoderOnnx, MAX_TOKENS } from './graph.mjs';
import { fp32Kit } from './kit-fp32.mjs';
import { int8Kit } from './kit-int8.mjs';
import { nameParameters } from './parameters.mjs';
import { readJson } from './source-package.mjs';
import { readWeights } from './tfjs-weights.mjs';
import { tokenizerConfig, tokenizerJson } from './tokenizer.mjs';

/** Everything the model folder holds, as [path, bytes] pairs. */
export async function modelFiles(source, attributionPath) {
  const parameters = nameParameters(await readWeights(source));
  const vocabulary = await readJson(join(source.folder, 'dist', 'vocab.json'));
  const producer = 'findling';
  const files = [
    ['config.json', json(modelConfig(source, parameters), 2)],
    ['tokenizer.json', json(tokenizerJson(vocabulary))],
    ['tokenizer_config.json', json(tokenizerConfig(vocabulary, MAX_TOKENS), 2)],
    ['onnx/model.onnx', encoderOnnx(parameters, fp32Kit, producer)],
    ['onnx/model_quantized.onnx', encoderOnnx(parameters, int8Kit, producer)],
    ['LICENSE', await readFile(join(source.folder, 'LICENSE'))],
    ['ATTRIBUTION.md', await readFile(attributionPath)],
  ];
  return [...files, ['manifest.json', json(manifest(source, files), 2)]];
}

function manifest({ name, version }, files) {
  const list = files.map(([path, bytes]) => ({
    path,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  return { model: 'use-lite', source: `${name}@${version}`, license: 'Apache-2.0', files: list };
}

function json(value, indent) {
  return Buffer.from(`${JSON.stringify(value, null, indent)}\n`);
}
