import { describe, expect, it } from 'vitest';
import { NumberReader, NumberWriter } from '../../src/varint.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';
import { random } from '../random.ts';
import { byWords } from '../support/by-words.ts';

const WORDS = 'oven bread Crème ticket train 東京都 タクシー lantern garden boiler Straße'.split(
  ' ',
);
const QUERIES = ['oven', 'bre', 'creme', 'tiket', '東京', 'garden lantern', 'strasse boi', 'none'];

function noteOf(n: number, seed: number) {
  const next = random(seed);
  const some = (count: number): string =>
    Array.from({ length: count }, () => WORDS[Math.floor(next() * WORDS.length)]).join(' ');
  const names = n % 4 === 0 ? [some(2), some(1)] : [];
  return { id: `n${n}`, title: some(1 + (n % 3)), names, text: some(20 + (n % 50)) };
}

/** After a history: notes came, changed and went, so that slots are used again. */
function lived(): KeywordIndex {
  const index = new KeywordIndex();
  for (let n = 0; n < 60; n++) index.set(noteOf(n, n));
  for (let n = 0; n < 60; n += 7) index.remove(`n${n}`);
  for (let n = 60; n < 65; n++) index.set(noteOf(n, n));
  for (let n = 1; n < 60; n += 5) if (n % 7 !== 0) index.set(noteOf(n, n + 1000));
  return index;
}
const answers = (index: KeywordIndex) =>
  QUERIES.map((query) =>
    byWords(index, query, 100).map(({ score, terms, ...hit }) => ({
      ...hit,
      score: Math.round(score * 1e9),
      terms: terms.toSorted(),
    })),
  );
const markOf = (id: string) => ({
  revision: Number(id.slice(1)) + 1,
  names: 4_000_000_000 - Number(id.slice(1)),
});
const snapshot = async (index: KeywordIndex, pause = async () => {}) =>
  index.snapshot((id) => markOf(id), pause);

describe('the snapshot of a keyword index', () => {
  it('answers as the index did, then and after further changes', async () => {
    const index = lived();
    const kept = structuredClone(await snapshot(index));
    const restored = new KeywordIndex();
    const marks = restored.restore(kept!);
    expect([...marks].sort()).toEqual([...index.ids()].map((id) => [id, markOf(id)]).sort());
    expect(answers(restored)).toEqual(answers(index));
    expect(restored.titled('Crème')).toEqual(index.titled('Crème'));
    for (const one of [index, restored]) {
      one.remove('n8');
      one.set(noteOf(9, 77));
      one.set(noteOf(90, 78));
    }
    expect(answers(restored)).toEqual(answers(index));
    // And again, from what was restored.
    const twice = new KeywordIndex();
    twice.restore((await snapshot(restored))!);
    expect(answers(twice)).toEqual(answers(index));
  });

  it('of nothing is nothing', async () => {
    const empty = new KeywordIndex();
    expect(empty.restore((await snapshot(new KeywordIndex()))!).size).toBe(0);
    expect(byWords(empty, 'oven', 10)).toEqual([]);
  });

  it('is not taken of an index that changes meanwhile', async () => {
    const index = lived();
    expect(await snapshot(index, async () => index.remove('n1'))).toBeNull();
  });

  it('that is damaged is refused, and leaves the index as it was', async () => {
    const kept = (await snapshot(lived()))!;
    const index = new KeywordIndex();
    for (const damaged of [
      { ...kept, postings: kept.postings.slice(0, 40) },
      { ...kept, ids: kept.ids.split('\n').slice(0, 3).join('\n') },
      { ...kept, words: undefined as unknown as string },
    ]) {
      expect(() => index.restore(damaged)).toThrow();
      expect([index.size, byWords(index, 'oven', 10)]).toEqual([0, []]);
    }
  });
});

describe('numbers in seven bits a byte', () => {
  it('come back as they were', () => {
    const next = random(3);
    const numbers = Array.from({ length: 50_000 }, () => Math.floor(2 ** (next() * 32)));
    numbers.push(0, 127, 128, 2 ** 32 - 1);
    const writer = new NumberWriter();
    for (const number of numbers) writer.add(number);
    const reader = new NumberReader(writer.bytes());
    expect(numbers.map(() => reader.next())).toEqual(numbers);
    expect(() => reader.next()).toThrow(RangeError);
  });
});
