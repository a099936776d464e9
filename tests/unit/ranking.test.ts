import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stem } from '../../src/words/stem.ts';
import { quantise } from '../../src/worker/model/quantise.ts';
import {
  type Calibration,
  calibrate,
  calibrationTexts,
  closeness,
  isCurrent,
} from '../../src/worker/search/calibration.ts';
import { expansionTerms } from '../../src/worker/search/expand.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';
import { Meaning } from '../../src/worker/search/meaning.ts';
import { rank } from '../../src/worker/search/rank.ts';
import { VectorIndex } from '../../src/worker/search/vectors.ts';
import { editDistance } from '../../src/worker/search/vocabulary.ts';
import { byWords } from '../support/by-words.ts';

const unit = (xs: readonly number[]): Float32Array => {
  const length = Math.hypot(...xs) || 1;
  return Float32Array.from(xs, (x) => x / length);
};
const DIMENSIONS = 6;
const neutral: Calibration = {
  version: 1,
  mean: new Float32Array(DIMENSIONS),
  unrelated: { mean: 0, deviation: 0.1 },
  similar: { mean: 1, deviation: 0.1 },
  weight: 0.6,
  floor: 0.5,
};

interface Doc {
  id: string;
  title?: string;
  text: string;
  vector?: readonly number[];
}

function indexOf(docs: readonly Doc[]) {
  const keyword = new KeywordIndex();
  const vectors = new VectorIndex(DIMENSIONS);
  for (const { id, title = '', text, vector } of docs) {
    keyword.set({ id, title, text });
    if (!vector) continue;
    const passages = [{ hash: id, start: 0, end: text.length, headings: [] }];
    vectors.setNote({ note: id, revision: 1, passages }, () => quantise(unit(vector)));
  }
  const byId = new Map(docs.map((doc) => [doc.id, doc]));
  return {
    keyword,
    meaning: new Meaning(vectors),
    reader: {
      rangeTexts: async (of: readonly { note: string }[]) =>
        of.map(({ note }) => byId.get(note)?.text ?? ''),
    },
  };
}

async function idsOf(docs: readonly Doc[], text: string, vector: readonly number[] | null) {
  const { ranked } = await rank(indexOf(docs), {
    text,
    typing: true,
    vector: vector && unit(vector),
    calibration: neutral,
  });
  return ranked.map(({ id }) => id);
}

describe('stem', () => {
  it.each([
    ['baking baked bakes', 'bake bake bake'],
    ['parties party', 'parti parti'],
    ['hopping hoped snowing', 'hop hope snow'],
    ['relational conditional rational', 'relat condit ration'],
    ['generalization adjustable', 'gener adjust'],
    ['yes sky as 2024 naïve', 'ye sky as 2024 naïve'],
  ])('%s', (words, stems) => {
    expect(words.split(' ').map(stem).join(' ')).toBe(stems);
  });

  it('never throws, and never empties a word', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,24}$/), (word) => stem(word).length > 0),
      { seed: 5, numRuns: 2_000 },
    );
  });
});

describe('editDistance', () => {
  it.each([
    ['sourdough', 'sourdouhg', 1],
    ['kitten', 'sitting', 3],
    ['same', 'same', 0],
    ['abcdef', 'ab', 4],
  ])('%s, %s', (a, b, expected) => {
    expect(editDistance(a, b, 3)).toBe(Math.min(expected, 4));
  });
});

describe('KeywordIndex', () => {
  it('lets exact words count more than beginnings, and those more than typos', () => {
    const keyword = new KeywordIndex();
    keyword.set({ id: 'exact', title: '', text: 'a plan for the garden' });
    keyword.set({ id: 'longer', title: '', text: 'a planetarium for the garden' });
    keyword.set({ id: 'typo', title: '', text: 'some gardn thing here' });
    expect(byWords(keyword, 'plan', 9).map(({ note }) => note)).toEqual(['exact', 'longer']);
    expect(byWords(keyword, 'gardxn', 9).map(({ note }) => note)).not.toEqual([]);
    // A word that is there is no typo.
    expect(byWords(keyword, 'garden', 9).map(({ note }) => note)).not.toContain('typo');
  });

  it('tells what share of a query a note covers; a word that nobody has weighs most', () => {
    const keyword = new KeywordIndex();
    keyword.set({ id: 'a', title: '', text: 'tea and honey' });
    keyword.set({ id: 'b', title: '', text: 'tea only' });
    const [a, b] = byWords(keyword, 'tea honey ', 9, false);
    expect([a?.note, a?.share, a?.coverage]).toEqual(['a', 1, 1]);
    expect(b?.share).toBeLessThan(0.5);
    expect([b?.note, b?.coverage]).toEqual(['b', 0.5]);
    expect(byWords(keyword, 'honey zeppelin ', 9, false)[0]?.share).toBeLessThan(0.5);
  });

  it('comes out the same whatever was removed and set again', () => {
    const texts = fc.array(fc.constantFrom('red', 'green', 'blue', 'tea', 'pot'), { maxLength: 6 });
    const steps = fc.array(fc.tuple(fc.nat(4), fc.option(texts)), { maxLength: 25 });
    fc.assert(
      fc.property(steps, (all) => {
        const lived = new KeywordIndex();
        const last = new Map<string, string>();
        for (const [n, words] of all) {
          const id = `n${n}`;
          if (words) {
            lived.set({ id, title: words[0] ?? '', text: words.join(' ') });
            last.set(id, words.join(' '));
          } else {
            lived.remove(id);
            last.delete(id);
          }
        }
        const fresh = new KeywordIndex();
        for (const [id, text] of last) fresh.set({ id, title: text.split(' ')[0] ?? '', text });
        const rounded = (index: KeywordIndex) =>
          byWords(index, 'red tea pot ', 9).map(({ note, score, coverage, inTitle }) => [
            note,
            score.toFixed(9),
            coverage,
            inTitle,
          ]);
        expect(rounded(lived)).toEqual(rounded(fresh));
        expect(lived.size).toBe(fresh.size);
      }),
      { seed: 6, numRuns: 300 },
    );
  });
});

describe('calibrate', () => {
  const texts = calibrationTexts();

  it('has pairs enough, each text once', () => {
    expect(texts.length).toBeGreaterThanOrEqual(80);
    expect(new Set(texts).size).toBe(texts.length);
  });

  /** A model that puts a pair at the same place, and everything on one large common part. */
  const vectors = texts.map((_, i) => {
    const pair = i >> 1;
    const own = Array.from({ length: 64 }, (_, k) => Math.sin((pair + 1) * (k + 1) * 1.7));
    return unit([9, ...own.map((x, k) => x + (i % 2 ? 0.3 * Math.cos(k * pair) : 0))]);
  });

  it('finds the common part, and puts unrelated texts at 0 and alike ones at 1', () => {
    const calibration = calibrate(vectors);
    expect(calibration.mean[0]).toBeGreaterThan(0.5);
    expect(calibration.similar.mean).toBeGreaterThan(calibration.unrelated.mean + 0.3);
    expect(closeness(calibration.unrelated.mean, calibration)).toBeCloseTo(0);
    expect(closeness(calibration.similar.mean, calibration)).toBeCloseTo(1);
    expect(isCurrent(calibration, 65)).toBe(true);
    expect(isCurrent(calibration, 64)).toBe(false);
    expect(isCurrent(undefined, 65)).toBe(false);
  });

  it('stays finite for a model that tells nothing apart, or gives nothing', () => {
    for (const rows of [vectors.map(() => unit([1, 1])), [], [unit([1, 0])]]) {
      const calibration = calibrate(rows);
      const { weight, floor, unrelated, similar } = calibration;
      const numbers = [weight, floor, unrelated.mean, similar.mean, closeness(0.3, calibration)];
      expect(numbers.every(Number.isFinite)).toBe(true);
      expect(weight).toBeGreaterThanOrEqual(0.4);
      expect(weight).toBeLessThanOrEqual(0.75);
    }
  });
});

describe('Meaning', () => {
  it('takes the mean out as if it had been subtracted from the vectors themselves', () => {
    const mean = Float32Array.from([0.5, 0.1, 0, 0, 0.2, 0]);
    const rows = [
      [1, 0.2, 0.4, 0, 0, 0.1],
      [0.9, -0.3, 0.1, 0.6, 0, 0],
    ];
    const query = unit([0.8, 0.1, 0.5, 0, 0.1, 0.3]);
    const { meaning } = indexOf(rows.map((vector, i) => ({ id: `n${i}`, text: 'x', vector })));
    const hits = new Map(meaning.match(query, { ...neutral, mean }));
    const centred = (v: Float32Array) => unit([...v].map((x, i) => x - mean[i]!));
    for (const [i, row] of rows.entries()) {
      const [a, b] = [centred(query), centred(unit(row))];
      const cosine = a.reduce((sum, x, k) => sum + x * b[k]!, 0);
      expect(hits.get(`n${i}`)!.cosine).toBeCloseTo(cosine, 2);
    }
  });

  it('is finite where everything is alike', () => {
    const row = [1, 0, 0, 0, 0, 0];
    const { meaning } = indexOf(['a', 'b', 'c'].map((id) => ({ id, text: id, vector: row })));
    const hits = meaning.match(unit(row), { ...neutral, mean: unit(row) });
    expect(hits.size).toBe(3);
    expect([...hits].every(([, { score }]) => Number.isFinite(score))).toBe(true);
  });
});

describe('expansionTerms', () => {
  it('takes what the first passages share and others lack', () => {
    const keyword = new KeywordIndex();
    const yeast = ['yeast dough oven', 'yeast dough bread', 'dough and yeast'];
    const other = Array.from({ length: 20 }, (_, i) => `note number ${i} about weather`);
    for (const [i, text] of [...yeast, ...other].entries()) {
      keyword.set({ id: `n${i}`, title: '', text });
    }
    const terms = expansionTerms(
      yeast.slice(0, 2).map((text, i) => ({ text, score: 2 - i })),
      keyword,
    );
    expect([...terms.keys()].sort()).toEqual(['dough', 'yeast']);
    expect(Math.max(...terms.values())).toBeLessThan(1);
    expect(expansionTerms([], keyword).size).toBe(0);
  });
});

describe('rank', () => {
  const docs: Doc[] = [
    { id: 'literal', text: 'the borrow checker of the compiler', vector: [0, 0, 0, 1, 0, 0] },
    { id: 'alike', text: 'who owns which memory', vector: [1, 0, 0, 0, 0, 0] },
    { id: 'alike2', text: 'freeing what nobody uses', vector: [0.9, 0.1, 0, 0, 0, 0] },
    { id: 'far', text: 'sow beans in May', vector: [0, 0, 1, 0, 0, 0] },
    { id: 'title', title: 'Memory', text: 'short', vector: [0, 1, 0, 0, 0, 0] },
    { id: 'fresh', text: 'memory memory memory memory' },
  ];

  it('loses no literal hit to notes that only seem alike', async () => {
    const order = await idsOf(docs, 'borrow checker', [1, 0, 0, 0, 0, 0]);
    expect(order[0]).toBe('literal');
  });

  it('keeps literal hits when only the first are asked for', async () => {
    const many = Array.from({ length: 40 }, (_, i) => {
      return { id: `near${i}`, text: 'who owns it', vector: [1, 0, 0, 0, 0.01 * i, 0] };
    });
    const query = {
      text: 'borrow checker',
      typing: true,
      vector: unit([1, 0, 0, 0, 0, 0]),
      calibration: neutral,
    };
    const all = (await rank(indexOf([...many, ...docs]), query)).ranked;
    expect(all.length).toBeGreaterThan(40);
    for (const limit of [0, 1, 3, 41]) {
      const { ranked } = await rank(indexOf([...many, ...docs]), { ...query, limit });
      expect(ranked).toEqual(all.slice(0, limit));
    }
    const strong = await rank(indexOf([...many, ...docs]), { ...query, strongOnly: true });
    expect(strong.ranked).toEqual(all.filter((one) => one.strong));
    expect(strong.weaker).toBe(all.length - strong.ranked.length);
  });

  it('puts a note with just this title first', async () => {
    expect((await idsOf(docs, 'memory', [1, 0, 0, 0, 0, 0]))[0]).toBe('title');
    expect((await idsOf(docs, 'MÉMORY!', [1, 0, 0, 0, 0, 0]))[0]).toBe('title');
  });

  it('finds by meaning what has none of the words, and by words what has no vector yet', async () => {
    const order = await idsOf(docs, 'ownership memory', [1, 0, 0, 0, 0, 0]);
    expect(order).toContain('alike2');
    expect(order).toContain('fresh');
    expect(await idsOf(docs, 'beans', null)).toEqual(['far']);
  });

  it('never throws, is finite and stable, whatever there is', async () => {
    const word = fc.constantFrom('red', 'green', 'tea', 'pot', '日本', '');
    const texts = fc.array(word, { maxLength: 5 }).map((words) => words.join(' '));
    const vector = fc.array(fc.integer({ min: -3, max: 3 }), {
      minLength: DIMENSIONS,
      maxLength: DIMENSIONS,
    });
    const notes = fc.array(
      fc.record({ text: texts, vector: fc.option(vector, { nil: undefined }) }),
      {
        maxLength: 8,
      },
    );
    await fc.assert(
      fc.asyncProperty(notes, texts, fc.option(vector), async (all, text, query) => {
        const some = all.map((note, i) => ({ id: `n${i}`, ...note }));
        const forwards = await idsOf(some, text, query);
        const backwards = await idsOf(some.toReversed(), text, query);
        expect(new Set(forwards).size).toBe(forwards.length);
        expect(backwards).toEqual(forwards);
      }),
      { seed: 7, numRuns: 200 },
    );
  });

  it('orders notes of equal score by id', async () => {
    const same = ['c', 'a', 'b'].map((id) => ({ id, text: 'tea', vector: [1, 0, 0, 0, 0, 0] }));
    expect(await idsOf(same, 'tea', [1, 0, 0, 0, 0, 0])).toEqual(['a', 'b', 'c']);
  });
});

describe('languages', () => {
  const keyword = new KeywordIndex();
  const notes: Record<string, string> = {
    japanese: '日本語の勉強をしています。東京タワーに行きました。',
    chinese: '我们明天去北京大学图书馆看书',
    thai: 'วันนี้อากาศดีมาก ฉันกินข้าวกับแมว',
    korean: '학교에서 친구를 만났습니다',
    french: 'Crème brûlée à la maison, œufs frais',
    german: 'Die Straße über den Fluß',
    polish: 'Łódź i żółw',
    russian: 'Ёлка и чай',
    turkish: 'İstanbul ılık',
    greek: 'Αθήνα το καλοκαίρι',
  };
  for (const [id, text] of Object.entries(notes)) keyword.set({ id, title: '', text });

  it.each([
    ['日本語', 'japanese'],
    ['日本', 'japanese'],
    ['東', 'japanese'],
    ['タワー', 'japanese'],
    ['京大', 'chinese'],
    ['书', 'chinese'],
    ['图书馆看书', 'chinese'],
    ['แมว', 'thai'],
    ['ดี', 'thai'],
    ['학교', 'korean'],
    ['creme brulee', 'french'],
    ['oeufs', 'french'],
    ['strasse', 'german'],
    ['FLUSS', 'german'],
    ['lodz', 'polish'],
    ['zolw', 'polish'],
    ['елка', 'russian'],
    ['istanbul', 'turkish'],
    ['αθηνα', 'greek'],
  ])('%s', (query, expected) => {
    expect(byWords(keyword, `${query} `, 3, false)[0]?.note).toBe(expected);
  });
});
