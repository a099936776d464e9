import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../../scripts/model/build.mjs';

type Golden = { text: string; ids: number[]; embedding: number[] };
type Row = Float32Array;

const WINDOW = 128;
const WIDTH = 512;
let folder: string;
let golden: Golden[];

beforeAll(async () => {
  ort.env.wasm.numThreads = 1;
  folder = await buildModel({ log: () => {} });
  golden = await readJson(join(import.meta.dirname, '..', 'fixtures', 'golden.json'));
}, 120_000);

describe('tokenizer', () => {
  let tokenizer: Tokenizer;

  beforeAll(async () => {
    const [model, config] = await Promise.all([
      readJson(join(folder, 'tokenizer.json')),
      readJson(join(folder, 'tokenizer_config.json')),
    ]);
    tokenizer = new Tokenizer(model, config);
  });

  test('gives the ids of the original on every golden row', () => {
    for (const { text, ids } of golden) expect(tokenizer.encode(text).ids, text).toEqual(ids);
  });

  test('never matches a reserved piece, even where a text spells it', () => {
    const ids = tokenizer.encode('<s> and </s> and extra_token_id_1 \ufffd').ids;
    expect(ids.filter((id) => id < 6)).toEqual([0]);
  });

  test('pads with id 0', async () => {
    const config = await readJson(join(folder, 'tokenizer_config.json'));
    expect(tokenizer.token_to_id(config.pad_token)).toBe(0);
    expect(config).toMatchObject({ model_max_length: WINDOW, padding_side: 'right' });
  });
});

describe.each([
  { file: 'model.onnx', cosineFloor: 0.9999 },
  { file: 'model_quantized.onnx', cosineFloor: 0.998 },
])('$file', ({ file, cosineFloor }) => {
  let session: ort.InferenceSession;
  let alone: Row[];
  let batch: Row[];

  beforeAll(async () => {
    session = await ort.InferenceSession.create(await readFile(join(folder, 'onnx', file)));
    alone = [];
    for (const { ids } of golden) alone.push((await embed(session, [ids]))[0]!);
    batch = await embed(
      session,
      golden.map(({ ids }) => ids),
    );
  }, 120_000);

  test('lists just the inputs that transformers.js gives', () => {
    expect(session.inputNames).toEqual(['input_ids', 'attention_mask']);
    expect(session.outputNames).toEqual(['sentence_embedding']);
  });

  test('agrees with the original, alone and in a batch', () => {
    for (const [i, { text, embedding }] of golden.entries()) {
      expect(cosine(alone[i]!, embedding), text).toBeGreaterThanOrEqual(cosineFloor);
      expect(cosine(batch[i]!, embedding), text).toBeGreaterThanOrEqual(cosineFloor);
    }
  });

  test('gives vectors of length one', () => {
    for (const row of batch) expect(Math.hypot(...row)).toBeCloseTo(1, 5);
  });

  test('gives a golden row the same vector alone and in a batch', () => {
    expect(largestDifference(alone, batch)).toBeLessThanOrEqual(1e-5);
  });

  test('gives rows of any length the same vector alone and in a batch', async () => {
    const rows = [1, 2, 3, 4, 5, 7, 8, 15, 31, 33, 63, 64, 66, 97, 125, 128].map(pseudoRandomIds);
    const together = await embed(session, rows);
    const single = [];
    for (const row of rows) single.push((await embed(session, [row]))[0]!);
    expect(largestDifference(single, together)).toBeLessThanOrEqual(1e-5);
  });

  test('cuts a longer text to its window', async () => {
    const ids = pseudoRandomIds(301);
    const [long] = await embed(session, [ids]);
    const [short] = await embed(session, [ids.slice(0, WINDOW)]);
    expect(largestDifference([long!], [short!])).toBeLessThanOrEqual(1e-6);
  });

  test('stays finite where a row has no token at all', async () => {
    const rows = await embed(session, [[], [728, 64]]);
    expect(rows.flatMap((row) => [...row]).every(Number.isFinite)).toBe(true);
  });
});

describe('model folder', () => {
  test('keeps the quantised file small', async () => {
    const { size } = await stat(join(folder, 'onnx', 'model_quantized.onnx'));
    expect(size).toBeLessThanOrEqual(7.5e6);
  });

  test('lists every file with its size', async () => {
    const { files } = await readJson(join(folder, 'manifest.json'));
    for (const { path, bytes } of files) expect((await stat(join(folder, path))).size).toBe(bytes);
    expect(files.map(({ path }: { path: string }) => path)).toContain('LICENSE');
  });

  test('is not built again while nothing changed', async () => {
    const lines: string[] = [];
    await buildModel({ log: (line: string) => lines.push(line) });
    expect(lines).toEqual(['Model use-lite is up to date.']);
  });
});

async function readJson(path: string) {
  return JSON.parse(await readFile(path, 'utf8'));
}

/** Runs the rows as one batch, padded on the right to the longest. */
async function embed(session: ort.InferenceSession, rows: number[][]): Promise<Row[]> {
  const length = Math.max(...rows.map((row) => row.length));
  const padded = (value: (id: number) => number) =>
    rows.flatMap((row) => [...row.map(value), ...Array<number>(length - row.length).fill(0)]);
  const tensor = (values: number[]) =>
    new ort.Tensor('int64', BigInt64Array.from(values, BigInt), [rows.length, length]);
  const { sentence_embedding: output } = await session.run({
    input_ids: tensor(padded((id) => id)),
    attention_mask: tensor(padded(() => 1)),
  });
  expect(output!.dims).toEqual([rows.length, WIDTH]);
  const data = output!.data as Float32Array;
  return rows.map((_, i) => data.slice(i * WIDTH, (i + 1) * WIDTH));
}

function pseudoRandomIds(length: number): number[] {
  return Array.from({ length }, (_, i) => 6 + ((length * 977 + i * i * 131 + i * 17) % 7994));
}

function cosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const dot = (x: ArrayLike<number>, y: ArrayLike<number>) =>
    Array.from(x).reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

function largestDifference(a: Row[], b: Row[]): number {
  const differences = a.flatMap((row, i) => [...row].map((x, k) => Math.abs(x - b[i]![k]!)));
  return differences.reduce((top, x) => Math.max(top, x), 0);
}
