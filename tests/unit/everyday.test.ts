import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Collection, readCollection } from '../../bench/eval/collection.ts';
import { evaluate, type Report } from '../../bench/eval/evaluate.ts';
import { indexCollection, readerOf } from '../../bench/eval/indexed.ts';
import { loadNodeModel, type NodeModel } from '../../bench/eval/node-model.ts';
import { VectorCache } from '../../bench/eval/vector-cache.ts';
import { buildModel } from '../../scripts/model/build.mjs';
import { calibrate, calibrationTexts, isCurrent } from '../../src/worker/search/calibration.ts';
import { knownCalibration } from '../../src/worker/search/known-calibrations.ts';
import { Meaning } from '../../src/worker/search/meaning.ts';
import { type Ranked, rank } from '../../src/worker/search/rank.ts';

const EVERYDAY = join(import.meta.dirname, '..', 'fixtures', 'everyday');

let collection: Collection;
let model: NodeModel;
let cache: VectorCache;
let report: Report;
let find: (text: string) => Promise<Ranked[]>;

/** The real model over the everyday notes: about 400 short texts. */
beforeAll(async () => {
  model = await loadNodeModel(await buildModel({ log: () => {} }));
  cache = await VectorCache.open(model, null);
  collection = await readCollection(EVERYDAY);
  report = await evaluate(collection, model, cache);
  const { keyword, vectors } = await indexCollection(collection, model, cache);
  const calibration = calibrate(await cache.vectors(calibrationTexts()));
  const deps = { keyword, meaning: new Meaning(vectors), reader: readerOf(collection) };
  find = async (text) => {
    const [vector] = await cache.vectors([text]);
    const { ranked } = await rank(deps, { text, typing: true, vector: vector!, calibration });
    return ranked.filter(({ strong }) => strong);
  };
}, 240_000);

describe('everyday questions', () => {
  it('are answered by meaning and words together', () => {
    expect(collection.docs).toHaveLength(120);
    expect(collection.queries.length).toBeGreaterThanOrEqual(60);
    expect(report.hybrid.ndcg10).toBeGreaterThanOrEqual(0.8);
    expect(report.hybrid.recall10).toBeGreaterThanOrEqual(0.94);
    expect(report.hybrid.ndcg10).toBeGreaterThanOrEqual(report.keyword.ndcg10 + 0.5);
  });

  it('still have their answer when what hardly fits is left out', async () => {
    let shown = 0;
    for (const { text, relevant } of collection.queries) {
      const hits = await find(text);
      if (hits.slice(0, 10).some(({ id }) => relevant.has(id))) shown++;
    }
    expect(shown / collection.queries.length).toBeGreaterThanOrEqual(0.78);
  });
});

describe('the calibration that comes with the app', () => {
  it('is what the model’s vectors give', async () => {
    const made = calibrate(await cache.vectors(calibrationTexts()));
    const known = knownCalibration(model.spec);
    expect(isCurrent(known, model.spec.dimensions), 'run npm run calibrate').toBe(true);
    const { mean, unrelated, similar, weight, floor, version } = known!;
    expect(version).toBe(made.version);
    expect(Math.max(...mean.map((x, i) => Math.abs(x - made.mean[i]!)))).toBeLessThan(1e-3);
    for (const [a, b] of [
      [unrelated.mean, made.unrelated.mean],
      [unrelated.deviation, made.unrelated.deviation],
      [similar.mean, made.similar.mean],
      [similar.deviation, made.similar.deviation],
      [weight, made.weight],
      [floor, made.floor],
    ] as const) {
      expect(a).toBeCloseTo(b, 2);
    }
  });

  it('is for the files that come with the app alone', () => {
    expect(knownCalibration({ ...model.spec, files: [] })).toBeUndefined();
    expect(knownCalibration({ ...model.spec, version: 99 })).toBeUndefined();
  });
});

describe('the floor', () => {
  it('leaves nothing for most questions about something else', async () => {
    const questions = (await readFile(join(EVERYDAY, 'off-topic.txt'), 'utf8')).trim().split('\n');
    const found: string[] = [];
    for (const question of questions) if ((await find(question)).length > 0) found.push(question);
    expect(questions).toHaveLength(30);
    // This small model takes kings and popes for chess: it is not sure enough for all thirty.
    expect(found.length, found.join('; ')).toBeLessThanOrEqual(7);
  });

  it('leaves nothing for letters that are no words', async () => {
    for (const noise of ['asdfghjkl', 'zxqv blorft wumpty', 'qqqq', '!!!']) {
      expect(await find(noise), noise).toEqual([]);
    }
  });

  it('never hides a note with the words', async () => {
    for (const { id, title } of collection.docs) {
      expect((await find(title))[0]?.id, title).toBe(id);
    }
  });
});
