import { Tokenizer } from '@huggingface/tokenizers';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { TINY, tinyModel } from '../../scripts/model/tiny/build.mjs';
import { describeModel, modelRoot } from '../../src/storage/models/description.ts';
import { cut, pool } from '../../src/worker/model/pooling.ts';

type Files = Record<string, unknown>;

const tokenizer = { model: { type: 'WordPiece' } };
const bare: Files = {
  'config.json': { model_type: 'bert', hidden_size: 384, max_position_embeddings: 512 },
  'tokenizer.json': tokenizer,
  'tokenizer_config.json': {},
  'onnx/model.onnx': 'weights',
};

/** Describes a folder of these files; a string is a file's text, anything else its JSON. */
function describeFiles(files: Files, folder = 'some-model') {
  const text = (path: string) => {
    const content = files[path];
    return typeof content === 'string' ? content : JSON.stringify(content);
  };
  const list = Object.keys(files).map((path) => ({ path, bytes: text(path).length }));
  return describeModel(folder, list, async (path) => text(path));
}

const without = (path: string): Files =>
  Object.fromEntries(Object.entries(bare).filter(([one]) => one !== path));

describe('a model’s folder', () => {
  test('with the least it needs: the usual way of pooling is assumed, and said to be', async () => {
    expect(await describeFiles(bare)).toMatchObject({
      name: 'some-model',
      dtype: 'fp32',
      weights: 'onnx/model.onnx',
      pooling: 'mean',
      prefixes: { query: '', passage: '' },
      window: 512,
      dimensions: 384,
      matryoshka: [],
      files: ['config.json', 'tokenizer.json', 'tokenizer_config.json', 'onnx/model.onnx'],
    });
  });

  test.each([
    ['onnx/model_quantized.onnx', 'q8'],
    ['onnx/model_int8.onnx', 'int8'],
    ['onnx/model_fp16.onnx', 'fp16'],
    ['onnx/model_q4.onnx', 'q4'],
    ['model.onnx', 'fp32'],
  ])('weights in %s are %s', async (path, dtype) => {
    const found = await describeFiles({ ...without('onnx/model.onnx'), [path]: 'w' });
    expect(found).toMatchObject({ weights: path, dtype });
  });

  test('the quantised file is taken before the full one', async () => {
    const both = { ...bare, 'onnx/model_quantized.onnx': 'w' };
    expect((await describeFiles(both)).dtype).toBe('q8');
  });

  test.each([
    [{ pooling_mode_cls_token: true, pooling_mode_mean_tokens: false }, 'cls'],
    [{ pooling_mode_mean_tokens: true }, 'mean'],
    [{ pooling_mode_lasttoken: true }, 'last'],
    [{ pooling_mode: 'lasttoken' }, 'last'],
  ])('pooling %j is %s', async (pooler, pooling) => {
    const found = await describeFiles({ ...bare, '1_Pooling/config.json': pooler });
    expect(found).toMatchObject({ pooling });
  });

  test('window: the least of what is stated, never a tokenizer’s “no limit”', async () => {
    const window = async (extra: Files) => (await describeFiles({ ...bare, ...extra })).window;
    expect(await window({ 'sentence_bert_config.json': { max_seq_length: 256 } })).toBe(256);
    expect(await window({ 'tokenizer_config.json': { model_max_length: 1e30 } })).toBe(512);
    const roberta = { model_type: 'xlm-roberta', hidden_size: 8, max_position_embeddings: 130 };
    expect(await window({ 'config.json': roberta })).toBe(128);
  });

  test('prefixes, and lengths that vectors may be cut to', async () => {
    const found = await describeFiles({
      ...bare,
      'config_sentence_transformers.json': { prompts: { query: 'query: ', document: 'passage: ' } },
      'README.md': 'trained with:\n  "matryoshka_dims": [\n 384, 64,\n 128 ]\n',
    });
    expect(found.prefixes).toEqual({ query: 'query: ', passage: 'passage: ' });
    expect(found.matryoshka).toEqual([128, 64]);
  });

  test.each<[string, Files, string, string]>([
    ['no config.json', without('config.json'), 'config-missing', ''],
    ['no tokenizer.json', without('tokenizer.json'), 'tokenizer-missing', 'tokenizer.json'],
    [
      'no tokenizer_config.json',
      without('tokenizer_config.json'),
      'tokenizer-missing',
      'tokenizer_config.json',
    ],
    ['no weights', without('onnx/model.onnx'), 'weights-missing', ''],
    [
      'weights for another runtime',
      { ...without('onnx/model.onnx'), 'model.safetensors': 'w' },
      'other-runtime',
      'model.safetensors',
    ],
    [
      'weights in two files',
      { ...bare, 'onnx/model.onnx_data': 'w' },
      'split-weights',
      'onnx/model.onnx',
    ],
    ['a broken file', { ...bare, 'config.json': '{' }, 'not-json', 'config.json'],
    [
      'a pooling that is not known',
      { ...bare, '1_Pooling/config.json': { pooling_mode_max_tokens: true } },
      'pooling',
      'pooling_mode_max_tokens',
    ],
    [
      'two poolings at once',
      {
        ...bare,
        '1_Pooling/config.json': { pooling_mode_mean_tokens: true, pooling_mode_cls_token: true },
      },
      'pooling',
      'pooling_mode_mean_tokens, pooling_mode_cls_token',
    ],
    [
      'a layer after the pooling',
      { ...bare, 'modules.json': [{ type: 'sentence_transformers.models.Dense' }] },
      'extra-layer',
      'Dense',
    ],
    [
      'a chat model',
      { ...bare, 'config.json': { hidden_size: 8, architectures: ['LlamaForCausalLM'] } },
      'generative',
      'LlamaForCausalLM',
    ],
    ['no dimensions', { ...bare, 'config.json': { model_type: 'bert' } }, 'dimensions', ''],
  ])('refused with its reason: %s', async (_name, files, fault, detail) => {
    await expect(describeFiles(files)).rejects.toMatchObject({ fault, detail });
  });

  test('is found within what was picked', () => {
    expect(modelRoot(['m/config.json', 'm/1_Pooling/config.json'])).toBe('m/');
    expect(modelRoot(['1_Pooling/config.json', 'config.json'])).toBe('');
    expect(modelRoot(['a.txt'])).toBe('');
  });
});

describe.each(Object.keys(TINY))('%s', (name) => {
  const files = new Map(tinyModel(name));
  let session: ort.InferenceSession;
  const { pooling, file } = TINY[name as keyof typeof TINY];

  beforeAll(async () => {
    ort.env.wasm.numThreads = 1;
    session = await ort.InferenceSession.create(files.get(`onnx/${file}.onnx`)!);
  }, 60_000);

  test('says of itself what it is', async () => {
    const list = [...files].map(([path, bytes]) => ({ path, bytes: bytes.length }));
    const read = async (path: string) => new TextDecoder().decode(files.get(path));
    expect(await describeModel(name, list, read)).toMatchObject({
      name,
      weights: `onnx/${file}.onnx`,
      pooling,
      window: 128,
      dimensions: 64,
    });
  });

  test('gives unit vectors that depend on the text, and on its batch only where quantised so', async () => {
    const json = (path: string) => JSON.parse(new TextDecoder().decode(files.get(path)));
    const tokenizer = new Tokenizer(json('tokenizer.json'), json('tokenizer_config.json'));
    const texts = ['growing tomatoes on the balcony', 'tax return', 'zq', 'the cat, the dog'];
    const rows = texts.map((text) => tokenizer.encode(text).ids);
    const embed = async (some: number[][]) => {
      const tokens = Math.max(...some.map((row) => row.length));
      const tensor = (value: (id: number | undefined) => number) =>
        new ort.Tensor(
          'int64',
          BigInt64Array.from(
            some.flatMap((row) => Array.from({ length: tokens }, (_, i) => BigInt(value(row[i])))),
          ),
          [some.length, tokens],
        );
      const { last_hidden_state: hidden } = await session.run({
        input_ids: tensor((id) => id ?? 0),
        attention_mask: tensor((id) => (id === undefined ? 0 : 1)),
        token_type_ids: tensor(() => 0),
      });
      expect(hidden!.dims).toEqual([some.length, tokens, 64]);
      const lengths = some.map((row) => row.length);
      return pool(hidden!.data as Float32Array, tokens, 64, lengths, pooling as 'mean', 64);
    };
    const together = await embed(rows);
    const alone = await Promise.all(rows.map((row) => embed([row])));
    let most = 0;
    alone.forEach((vector, r) => {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 5);
      vector.forEach((x, i) => {
        most = Math.max(most, Math.abs(x - together[r * 64 + i]!));
      });
    });
    if (name === 'tiny-dynamic') expect(most).toBeGreaterThan(1e-3);
    else expect(most).toBeLessThan(1e-5);
    const dot = alone[0]!.reduce((sum, x, i) => sum + x * alone[1]![i]!, 0);
    expect(dot).toBeLessThan(0.999);
  });
});

test('finished vectors are cut to the dimensions that are wanted, and have length one again', () => {
  const rows = Float32Array.of(3, 4, 12, 0, 0, 1, 0, 5, 1);
  expect([...cut(rows, 3, 2)].map((x) => Number(x.toFixed(4)))).toEqual([0.6, 0.8, 0, 0, 0, 1]);
});

test('pooling leaves padding out, and cuts to the dimensions that are wanted', () => {
  // Two rows of two tokens of width three; the second row has one token.
  const hidden = Float32Array.of(5, 0, 9, 1, 8, 9, 0, 5, 9, 7, 7, 7);
  const rows = (pooling: 'mean' | 'cls' | 'last') =>
    [...pool(hidden, 2, 3, [2, 1], pooling, 2)].map((x) => Number(x.toFixed(4)));
  expect(rows('mean')).toEqual([0.6, 0.8, 0, 1]);
  expect(rows('cls')).toEqual([1, 0, 0, 1]);
  expect(rows('last')).toEqual([0.124, 0.9923, 0, 1]);
});
