/**
 * Tiny sentence-embedding models with random weights for tests: real ONNX files with the real
 * structure, in folders as transformers.js and sentence-transformers lay them out.
 * `node scripts/model/tiny/build.mjs [FOLDER]` writes them all.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { POSITIONS, tinyOnnx, WIDTH } from './graph.mjs';
import { dynamicInt8, fp16, fp32 } from './kits.mjs';
import { randomOf } from './random.mjs';
import { tokenizerFiles, wordPieces } from './tokenizer.mjs';

const ROOT = resolve(import.meta.dirname, '..', '..', '..');

/** By folder name. */
export const TINY = {
  'tiny-mean': { pooling: 'mean', file: 'model', kit: fp32 },
  'tiny-cls': { pooling: 'cls', file: 'model_fp16', kit: fp16 },
  'tiny-last': {
    pooling: 'last',
    file: 'model',
    kit: fp32,
    prompts: { query: 'find: ', document: 'note: ' },
  },
  'tiny-dynamic': { pooling: 'mean', file: 'model_quantized', kit: dynamicInt8 },
};

const MODE = {
  mean: 'pooling_mode_mean_tokens',
  cls: 'pooling_mode_cls_token',
  last: 'pooling_mode_lasttoken',
};

/**
 * One model's files as [path, bytes] pairs.
 * @returns {[string, Uint8Array<ArrayBuffer>][]}
 */
export function tinyModel(name) {
  const { pooling, file, kit, prompts } = TINY[name];
  const words = readFileSync(join(ROOT, 'src/worker/search/calibration-pairs.ts'), 'utf8');
  const pieces = wordPieces(words);
  const onnx = tinyOnnx({
    makeKit: kit,
    causal: pooling === 'last',
    vocabulary: pieces.length,
    random: randomOf(7),
  });
  const modules = ['Transformer', 'Pooling', 'Normalize'].map((kind, idx) => ({
    idx,
    name: String(idx),
    path: ['', '1_Pooling', '2_Normalize'][idx],
    type: `sentence_transformers.models.${kind}`,
  }));
  const modes = Object.fromEntries(Object.entries(MODE).map(([p, key]) => [key, p === pooling]));
  return [
    ['config.json', json(config(name, pieces.length))],
    ...tokenizerFiles(pieces, { leading: pooling !== 'last', window: POSITIONS }),
    ['modules.json', json(modules)],
    ['1_Pooling/config.json', json({ word_embedding_dimension: WIDTH, ...modes })],
    ['sentence_bert_config.json', json({ max_seq_length: POSITIONS, do_lower_case: false })],
    ...(prompts ? [['config_sentence_transformers.json', json({ prompts })]] : []),
    [`onnx/${file}.onnx`, onnx],
  ];
}

/** Writes the named models below `folder`. */
export function buildTinyModels(folder, names = Object.keys(TINY)) {
  for (const name of names) {
    for (const [path, bytes] of tinyModel(name)) {
      const to = join(folder, name, path);
      mkdirSync(dirname(to), { recursive: true });
      writeFileSync(to, bytes);
    }
  }
  return folder;
}

function config(name, vocabulary) {
  return {
    _name_or_path: name,
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_size: WIDTH,
    max_position_embeddings: POSITIONS,
    num_attention_heads: 4,
    num_hidden_layers: 2,
    pad_token_id: 0,
    vocab_size: vocabulary,
  };
}

const json = (value) => Buffer.from(`${JSON.stringify(value, null, 2)}\n`);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2] ?? join(ROOT, '.cache', 'tiny-models');
  console.log(`Tiny models are in ${buildTinyModels(folder)}`);
}
