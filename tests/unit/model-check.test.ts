import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { indexModels } from '../../scripts/model/index.mjs';
import { buildTinyModels } from '../../scripts/model/tiny/build.mjs';
import { FindlingError } from '../../src/errors.ts';
import { bytesToLoad } from '../../src/storage/models/description.ts';
import { isImportedOf, readHosted } from '../../src/ui/models/hosted.ts';
import type { Embedder } from '../../src/worker/embedder.ts';
import { unknownOperator } from '../../src/worker/model/operators.ts';
import { calibrationTexts } from '../../src/worker/search/calibration.ts';
import { checkModel } from '../../src/worker/trial/model-check.ts';

const DIMENSIONS = 64;

/** Texts of a pair lie near each other, all others far, and `bend` spoils that. */
function model(bend: (row: Float32Array, batch: number) => void = () => {}): Embedder {
  const texts = calibrationTexts();
  const known = (text: string): number => texts.indexOf(text);
  return {
    spec: {
      id: 'm',
      folder: 'm',
      dtype: 'fp32',
      version: 1,
      window: 64,
      dimensions: DIMENSIONS,
      bytes: 1,
    },
    device: 'wasm',
    threads: 1,
    room: 64,
    tokenize: (text) => [known(text) + 1],
    encode: (text) => [known(text) + 1],
    async embed(ids) {
      const flat = new Float32Array(ids.length * DIMENSIONS);
      ids.forEach(([id], r) => {
        const row = flat.subarray(r * DIMENSIONS, (r + 1) * DIMENSIONS);
        row[(id! - 1) >> 1] = 0.9;
        row[DIMENSIONS - 1 - (id! % 7)]! += Math.sqrt(1 - 0.81);
        bend(row, ids.length);
      });
      return flat;
    },
  } as Embedder;
}

const check = async (embedder: Embedder | FindlingError) => {
  let now = 0;
  return checkModel({
    spec: { dimensions: DIMENSIONS },
    load: () =>
      embedder instanceof FindlingError ? Promise.reject(embedder) : Promise.resolve(embedder),
    ticks: () => (now += 8),
    heap: () => 1000,
  });
};
const turn = (row: Float32Array, by: number): void => {
  row[0]! += by;
  const length = Math.hypot(...row);
  row.forEach((x, i) => {
    row[i] = x / length;
  });
};

describe('the install check of a model', () => {
  test('a good one: its figures, and its calibration', async () => {
    const { report, calibration } = await check(model());
    expect(report).toMatchObject({
      fault: null,
      vague: false,
      single: false,
      ms: 1,
      memoryBytes: 1000,
    });
    expect(report.separation).toBeGreaterThan(3);
    expect(calibration!.floor).toBeGreaterThan(0);
  });

  test('one whose vectors depend a little on their batch is run singly; by much, it is refused', async () => {
    const little = await check(model((row, batch) => batch > 1 && turn(row, 0.05)));
    expect(little.report).toMatchObject({ fault: null, single: true });
    const much = await check(model((row, batch) => batch > 1 && turn(row, 0.5)));
    expect(much.report.fault).toBe('batch');
    expect(Number(much.report.detail)).toBeLessThan(0.995);
    expect(much.calibration).toBeNull();
  });

  test('another vector each time, or another length, is refused; one direction for all is told', async () => {
    let calls = 0;
    expect((await check(model((row) => turn(row, calls++ * 0.1)))).report.fault).toBe('unsteady');
    const long = model((row) => row.set(row.map((x) => 2 * x)));
    expect((await check(long)).report.fault).toBe('numbers');
    const same = model((row) => row.fill(1 / Math.sqrt(DIMENSIONS)));
    expect((await check(same)).report).toMatchObject({ fault: null, vague: true, separation: 0 });
  });

  test('what the runtime says of a model that it cannot load is told', async () => {
    const cause = new Error("Could not find an implementation for Foo(1) node with name '/a/b'");
    const error = new FindlingError('model-operator', undefined, { cause });
    expect((await check(error)).report).toMatchObject({ fault: 'operator', detail: 'Foo' });
    expect((await check(new FindlingError('model-damaged'))).report.fault).toBe('load');
  });
});

test('an unknown operator is known by the runtime’s own words', () => {
  expect(unknownOperator('No Op registered for Bar with domain_version of 17')).toBe('Bar');
  expect(
    unknownOperator('Fatal error: com.microsoft:Baz(-1) is not a registered function/op'),
  ).toBe('com.microsoft:Baz');
  expect(unknownOperator(new Error('protobuf parsing failed'))).toBeNull();
});

describe('models beside the app', () => {
  test('the script’s list is what the page reads, and is told from what is kept', () => {
    const folder = mkdtempSync(join(tmpdir(), 'findling-models-'));
    mkdirSync(join(folder, 'use-lite'));
    buildTinyModels(folder, ['tiny-mean', 'tiny-cls']);
    expect(indexModels(folder)).toEqual(['tiny-cls', 'tiny-mean']);
    const list = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
    const { models, bad } = readHosted(list);
    expect(bad).toEqual([]);
    expect(models.map(({ id, folder: at }) => [id, at])).toEqual([
      ['tiny-cls', 'tiny-cls'],
      ['tiny-mean', 'tiny-mean'],
    ]);
    const [cls, mean] = models;
    const weights = cls!.files.find(({ path }) => path.endsWith('.onnx'))!;
    expect(bytesToLoad(cls!.files)).toBeGreaterThan(weights.bytes);
    expect(isImportedOf(cls!, [weights])).toBe(true);
    expect(isImportedOf(mean!, [weights])).toBe(false);
    rmSync(folder, { recursive: true });
  });

  test('a bad list holds no model, a bad entry is named and the others stay', () => {
    expect(readHosted(null)).toEqual({ models: [], bad: ['models/index.json'] });
    const file = { path: 'config.json', bytes: 3, sha256: 'a'.repeat(64) };
    const good = { id: 'a', folder: 'a', name: 'A', files: [file] };
    const found = readHosted({
      models: [
        good,
        null,
        { ...good, name: 'Twice' },
        { ...good, id: 'b', name: 'Out', folder: '../../secret' },
        { ...good, id: 'c', name: 'Dot', files: [{ ...file, path: 'x/.hidden' }] },
        { ...good, id: 'd', name: 'Hash', files: [{ ...file, sha256: 'x' }] },
      ],
    });
    expect(found.models).toEqual([good]);
    expect(found.bad).toEqual(['models/index.json [1]', 'Twice', 'Out', 'Dot', 'Hash']);
  });
});
