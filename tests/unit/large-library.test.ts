/** Search of a large library, by the nearest passages alone, compared with that by all of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { quantise } from '../../src/worker/model/quantise.ts';
import type { NoteRow } from '../../src/worker/search/branded-numbers.ts';
import type { Calibration } from '../../src/worker/search/calibration.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';
import { Meaning } from '../../src/worker/search/meaning.ts';
import { rank } from '../../src/worker/search/rank.ts';
import { VectorIndex } from '../../src/worker/search/vectors.ts';
import { clusteredVectors, randomOf } from '../support/vectors.ts';

const DIMENSIONS = 64;
const NOTES = 3_000;
const PASSAGES = 4;
const WORDS = Array.from({ length: 400 }, (_, i) => `w${i.toString(36)}ord`);

const rows = clusteredVectors({ count: NOTES * PASSAGES + 400, dimensions: DIMENSIONS, seed: 12 });
const idOf = (n: number): string => `note-${String(n).padStart(5, '0')}`;
const keyword = new KeywordIndex();
const vectors = new VectorIndex(DIMENSIONS);
const put = (n: number, at = n * PASSAGES) => {
  const passages = Array.from({ length: PASSAGES }, (_, p) => ({
    hash: `${n}-${at + p}`,
    start: p,
    end: p + 1,
    headings: [],
  }));
  const list = { note: idOf(n), revision: 1, passages };
  vectors.setNote(list, (hash) => quantise(rows[Number(hash.split('-')[1])]!));
};
const calibration: Calibration = {
  version: 1,
  mean: Float32Array.from({ length: DIMENSIONS }, (_, i) => rows[0]![i]! * 0.4),
  unrelated: { mean: 0, deviation: 0.1 },
  similar: { mean: 1, deviation: 0.1 },
  weight: 0.6,
  floor: 0.4,
};
const allOf = () => new Meaning(vectors);
const nearOf = () => new Meaning(vectors, { allUpTo: 0, nearest: 120, sampled: 150 });
const random = randomOf(3);
const some = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
const QUERIES = Array.from({ length: 40 }, (_, q) => ({
  vector: rows[NOTES * PASSAGES + q]!,
  text: `${some(WORDS)} ${some(WORDS)}`,
}));

beforeAll(() => {
  for (let n = 0; n < NOTES; n++) {
    const text = Array.from({ length: 12 }, () => some(WORDS)).join(' ');
    keyword.set({ id: idOf(n), title: `t${n}`, text });
    put(n);
  }
  vectors.setMean(vectors.meanOfAll());
  while (!vectors.recode());
});

async function idsOf(
  meaning: Meaning,
  query: (typeof QUERIES)[number],
  allowed?: (id: string) => boolean,
) {
  const reader = {
    rangeTexts: async (of: readonly { note: string }[]) => of.map(({ note }) => `about ${note}`),
  };
  const options = { typing: true, calibration, limit: 10, ...query, allowed };
  const { ranked } = await rank({ keyword, meaning, reader }, options);
  return ranked.map(({ id }) => id);
}

async function shared(allowed?: (id: string) => boolean): Promise<number> {
  const [all, near] = [allOf(), nearOf()];
  let same = 0;
  let wanted = 0;
  for (const query of QUERIES) {
    const exact = await idsOf(all, query, allowed);
    const found = new Set(await idsOf(near, query, allowed));
    if (allowed) expect([...found].every(allowed)).toBe(true);
    wanted += exact.length;
    same += exact.filter((id) => found.has(id)).length;
  }
  expect(wanted).toBeGreaterThan(200);
  return same / wanted;
}

describe('a large library', () => {
  it('has nearly the same first ten by its nearest passages as by all', async () => {
    expect(await shared()).toBeGreaterThanOrEqual(0.95);
  });

  it('looks for them among the notes that a filter leaves', async () => {
    // One in fifty: hardly any is among the nearest of all.
    expect(await shared((id) => Number(id.slice(5)) % 50 === 7)).toBeGreaterThanOrEqual(0.95);
  });

  it('tells how scores are spread by a sample', () => {
    for (const { vector } of QUERIES.slice(0, 10)) {
      const exact = allOf().match(vector, calibration).scale(NOTES);
      const sampled = nearOf().match(vector, calibration).scale(NOTES);
      expect(Math.abs(sampled.mean - exact.mean) * exact.factor).toBeLessThan(0.25);
      expect(sampled.factor / exact.factor).toBeGreaterThan(0.8);
      expect(sampled.factor / exact.factor).toBeLessThan(1.25);
    }
  });

  it('tells of any other note when it is looked at', () => {
    const { vector } = QUERIES[0]!;
    const exact = allOf().match(vector, calibration);
    const match = nearOf().match(vector, calibration);
    expect(match.partial).toBe(true);
    const unknown = ([...match.best.keys()] as NoteRow[]).filter((r) => match.best[r]! < 0);
    expect(unknown.length).toBeGreaterThan(NOTES / 2);
    match.compareMore(unknown);
    for (const r of unknown) {
      expect(match.best[r]).toBe(exact.best[r]);
      expect(match.cosines[r]).toBeCloseTo(exact.cosines[r]!, 4);
    }
  });

  it('compares all where the nearest passages are of few notes', () => {
    const one = new VectorIndex(DIMENSIONS);
    const list = (note: string, from: number, count: number) => ({
      note,
      revision: 1,
      passages: Array.from({ length: count }, (_, p) => ({
        hash: String(from + p),
        start: p,
        end: p + 1,
        headings: [],
      })),
    });
    const book = clusteredVectors({ count: 1, dimensions: DIMENSIONS, seed: 1 })[0]!;
    const like = (hash: string) =>
      quantise(Number(hash) < 500 ? book.map((x, i) => x + 1e-3 * (i % 7)) : rows[Number(hash)]!);
    one.setNote(list('book', 0, 500), like);
    for (let n = 0; n < 300; n++) one.setNote(list(idOf(n), 500 + 2 * n, 2), like);
    const meaning = new Meaning(one, { allUpTo: 0, nearest: 100 });
    const match = meaning.match(book, calibration);
    expect(match.partial).toBe(false);
    expect([...match].length).toBe(301);
  });

  it('is right after notes came, changed and went', () => {
    const kept = { all: allOf(), near: nearOf() };
    const { vector } = QUERIES[1]!;
    for (const meaning of Object.values(kept)) meaning.match(vector, calibration);
    const unseen = kept.near.match(vector, calibration);
    for (let n = 0; n < 60; n++) put(n, NOTES * PASSAGES + n);
    vectors.removeNote(idOf(70));
    put(NOTES + 1, NOTES * PASSAGES + 1);
    // A match of before the change is not asked any further.
    const unknown = ([...unseen.best.keys()] as NoteRow[]).filter((r) => unseen.best[r]! < 0);
    unseen.compareMore(unknown);
    expect(unknown.every((r) => unseen.best[r] === -1)).toBe(true);

    const fresh = new Map(allOf().match(vector, calibration));
    expect(fresh.has(idOf(70))).toBe(false);
    let alike = 0;
    for (const [note, { cosine, passage }] of kept.all.match(vector, calibration)) {
      const other = fresh.get(note)!;
      // Its mean of all is a little older: now and then it prefers another passage.
      if (other.passage !== passage) continue;
      expect(cosine).toBeCloseTo(other.cosine, 5);
      alike++;
    }
    expect(alike).toBeGreaterThan(0.97 * fresh.size);
    const near = new Map(kept.near.match(vector, calibration));
    // The vector of the query itself is in it now.
    expect(near.get(idOf(NOTES + 1))!.cosine).toBeCloseTo(fresh.get(idOf(NOTES + 1))!.cosine, 4);
  });
});
