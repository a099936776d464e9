import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoteMeta } from '../../src/storage/schema.ts';
import { contentWords, tokenizeToTerms, toTerm } from '../../src/words/terms.ts';
import { quantise } from '../../src/worker/model/quantise.ts';
import { firstOf, scaleOf } from '../../src/worker/search/fuse.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';
import { MeaningMatch } from '../../src/worker/search/meaning-match.ts';
import { ReadDocuments } from '../../src/worker/search/read-documents.ts';
import { NoteReader } from '../../src/worker/search/read-notes.ts';
import { bestWindow, excerpt, termsAtMost, termsFound } from '../../src/worker/search/snippet.ts';
import { VectorIndex } from '../../src/worker/search/vectors.ts';
import { byWords } from '../support/by-words.ts';

describe('terms', () => {
  it.each([
    ['Café CAFÉ cafe', ['cafe', 'cafe', 'cafe']],
    ["The dog's bones", ['the', 'dog', 'bone']],
    ['parties party baking bakes', ['parti', 'parti', 'bake', 'bake']],
    ['日本語の勉強', ['日本語', 'の', '勉強']],
    ['🎉 ... ', ['🎉']],
    [' ... ', []],
  ])('%s', (text, expected) => {
    expect(tokenizeToTerms(text)).toEqual(expected);
  });

  it('drops filler words, unless there is nothing else', () => {
    const terms = (query: string) => contentWords(query).map(({ term }) => term);
    expect(terms('what is the borrow checker')).toEqual(['borrow', 'checker'].map(toTerm));
    expect(terms('to be or not to be')).toEqual(['to', 'be', 'or', 'not']);
  });
});

describe('KeywordIndex', () => {
  const index = () => {
    const keyword = new KeywordIndex();
    keyword.set({ id: 'a', title: 'Sourdough', text: 'Feed the starter with rye flour.' });
    keyword.set({ id: 'b', title: 'Garden', text: 'Sow beans in May. No flour here.' });
    return keyword;
  };
  const ids = (keyword: KeywordIndex, query: string) =>
    byWords(keyword, query, 10).map(({ note }) => note);

  it('finds words, prefixes while typing, and typos', () => {
    expect(ids(index(), 'starter')).toEqual(['a']);
    expect(ids(index(), 'star')).toEqual(['a']);
    expect(ids(index(), 'sourdouhg')).toEqual(['a']);
    expect(ids(index(), 'beans')).toEqual(['b']);
  });

  it('follows edits and deletions', () => {
    const keyword = index();
    keyword.set({ id: 'a', title: 'Sourdough', text: 'Buy bread instead.' });
    expect(ids(keyword, 'starter')).toEqual([]);
    keyword.remove('b');
    expect(ids(keyword, 'beans')).toEqual([]);
  });

  it('never throws, whatever is asked', () => {
    const keyword = index();
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (query) => {
        byWords(keyword, query, 10);
      }),
      { seed: 1, numRuns: 300 },
    );
  });
});

describe('scaleOf', () => {
  const zOf = (scores: readonly number[], population: number) => {
    const { mean, factor } = scaleOf(scores, population);
    return (score: number) => (score - mean) * factor;
  };

  it('has mean 0 and deviation 1 over all notes, those without a score included', () => {
    const known = [3, 1, Number.NaN, 0, 4];
    const all = [3, 1, 4, 0, 0, 0, 0, 0].map(zOf(known, 8));
    expect(all.reduce((sum, x) => sum + x, 0)).toBeCloseTo(0);
    expect(all.reduce((sum, x) => sum + x * x, 0) / 8).toBeCloseTo(1);
  });

  it('tells nothing where all are alike, or there is nothing', () => {
    expect(zOf([0.3, 0.3, 0.3], 3)(0.3)).toBe(0);
    expect(zOf([], 0)(1)).toBe(0);
    expect(zOf([7], 1)(7)).toBe(0);
  });

  it('is finite and keeps the order, whatever the scores', () => {
    const score = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(fc.array(score, { maxLength: 20 }), fc.nat(30), (values, more) => {
        const z = zOf(values, values.length + more);
        for (const x of values) {
          expect(Number.isFinite(z(x))).toBe(true);
          for (const y of values) if (x > y) expect(z(x)).toBeGreaterThanOrEqual(z(y));
        }
      }),
      { seed: 3, numRuns: 200 },
    );
  });
});

describe('firstOf', () => {
  it('gives the beginning of what sorting would give', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3)), fc.nat(6), (scores, most) => {
        const compare = (a: number, b: number) => scores[b]! - scores[a]! || a - b;
        const sorted = scores.map((_, i) => i).sort(compare);
        expect(firstOf(scores.length, most, compare)).toEqual(sorted.slice(0, most));
        expect(firstOf(scores.length, Number.POSITIVE_INFINITY, compare)).toEqual(sorted);
      }),
      { seed: 8, numRuns: 300 },
    );
  });
});

describe('snippet', () => {
  it('marks the wanted words where they stand', () => {
    const text = `${'filler '.repeat(100)}the borrow checker frees memory. ${'more '.repeat(100)}`;
    const { text: shown, marks } = bestWindow(
      { text, toSource: (place) => place },
      new Set(['memory', 'checker'].map(toTerm)),
    );
    expect(shown.length).toBeLessThanOrEqual(241);
    expect(marks.map(([from, to]) => shown.slice(from, to))).toEqual(['checker', 'memory']);
  });

  it('keeps the word in what is shown, wherever spaces are, and marks what fits of it', () => {
    const range = { start: 0, end: 1, headings: [] };
    const path = `${'lamp '.repeat(60)}/var/lib/very/long/path/of/parts/zebra is here and ${'over '.repeat(60)}`;
    const found = excerpt(path, range, new Set([toTerm('zebra')]));
    expect(found.marks.map(([from, to]) => found.text.slice(from, to))).toEqual(['zebra']);
    const long = 'a'.repeat(250);
    const { text: shown, marks } = excerpt(
      `${'x '.repeat(300)}${long} end`,
      range,
      new Set([long]),
    );
    expect(marks).toHaveLength(1);
    expect(shown.slice(...marks[0]!)).toMatch(/^a{50,}$/);
  });

  it('never thinks that fewer of the terms are there than are', () => {
    const file = join(import.meta.dirname, '../fixtures/everyday/docs.jsonl');
    const text = readFileSync(file, 'utf8');
    const words = [...new Set(text.match(/[\p{L}’']+/gu))];
    expect(words.length).toBeGreaterThan(1_000);
    for (const word of words) {
      const wanted = new Set(tokenizeToTerms(word));
      const most = termsAtMost(`so ${word}!`, wanted);
      for (const term of termsFound(`so ${word}!`, wanted)) expect(most, word).toContain(term);
    }
    const some = fc.array(fc.constantFrom(...words, 'sensibility', "O'Clock", 'x'), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(some, some, (inText, asked) => {
        const wanted = new Set(tokenizeToTerms(asked.join(' ')));
        const said = inText.join(' ');
        const most = termsAtMost(said, wanted);
        for (const term of termsFound(said, wanted)) expect(most).toContain(term);
      }),
      { seed: 5, numRuns: 300 },
    );
  });

  it('stays within any text, and cuts no surrogate pair', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), (text) => {
        const range = { start: 0, end: text.length, headings: [] };
        const { text: shown, marks } = excerpt(text, range, new Set(tokenizeToTerms(text)));
        expect(text).toContain(shown);
        expect(shown.isWellFormed()).toBe(text.isWellFormed());
        for (const [from, to] of marks) expect(from < to && to <= shown.length).toBe(true);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});

describe('NoteReader', () => {
  const metaOf = (id: string, revision: number) => ({ id, revision, title: id }) as NoteMeta;
  const open = (textOf: (id: string) => string) => {
    const facts = new Map(['a', 'b'].map((id) => [id, metaOf(id, 1)]));
    const asked: string[][] = [];
    const reader = new NoteReader(
      {
        async notes(ids) {
          asked.push([...ids]);
          return ids.map((id) => {
            const meta = facts.get(id);
            return meta && { meta, text: textOf(id) };
          });
        },
      },
      facts,
      new ReadDocuments(),
    );
    return { facts, asked, reader };
  };

  it('reads a note once, until it is another or gone', async () => {
    const { facts, asked, reader } = open((id) => `text of ${id}`);
    expect((await reader.read(['a', 'none', 'b'])).map((note) => note?.text)).toEqual([
      'text of a',
      undefined,
      'text of b',
    ]);
    facts.set('a', metaOf('a', 2));
    facts.delete('b');
    const [b, a] = await reader.read(['b', 'a']);
    expect(b).toBeUndefined();
    expect(a?.meta.revision).toBe(2);
    await reader.read(['a']);
    expect(asked).toEqual([
      ['a', 'none', 'b'],
      ['b', 'a'],
    ]);
  });

  it('waits for what is read ahead, but not for a read of what the note was before', async () => {
    const { facts, asked, reader } = open((id) => `text of ${id}`);
    reader.readAhead(['a']);
    reader.readAhead(['a', 'b']);
    expect((await reader.read(['b', 'a'])).map((note) => note?.text)).toEqual([
      'text of b',
      'text of a',
    ]);
    expect(asked).toEqual([['a'], ['b']]);
    facts.set('a', metaOf('a', 2));
    reader.readAhead(['a']);
    facts.set('a', metaOf('a', 3));
    expect((await reader.read(['a']))[0]?.meta.revision).toBe(3);
    expect(asked.slice(2)).toEqual([['a'], ['a']]);
  });

  it('tells whoever waits that a read failed, and reads anew the next time', async () => {
    let broken = true;
    const facts = new Map([['a', metaOf('a', 1)]]);
    const notes = async (ids: string[]) => {
      if (broken) throw new Error('closed');
      return ids.map((id) => ({ meta: metaOf(id, 1), text: 'there' }));
    };
    const reader = new NoteReader({ notes }, facts, new ReadDocuments());
    reader.readAhead(['a']);
    await expect(reader.read(['a'])).rejects.toThrow('closed');
    broken = false;
    await Promise.resolve();
    expect((await reader.read(['a']))[0]?.text).toBe('there');
  });

  it('remembers no more than it may', async () => {
    const long = open(() => 'x'.repeat(100_001));
    await long.reader.read(['a']);
    await long.reader.read(['a']);
    expect(long.asked).toHaveLength(2);
    const many = open(() => 'x'.repeat(100_000));
    const ids = Array.from({ length: 21 }, (_, i) => `n${i}`);
    for (const id of ids) many.facts.set(id, metaOf(id, 1));
    for (const id of ids) await many.reader.read([id]);
    await many.reader.read(ids);
    expect(many.asked.at(-1)).toEqual(['n0']);
  });
});

describe('VectorIndex', () => {
  const unit = (...xs: number[]) => {
    const length = Math.hypot(...xs);
    return Float32Array.from(xs, (x) => x / length);
  };
  const vectors: Record<string, Float32Array> = {
    x: unit(1, 0, 0, 0),
    y: unit(0, 1, 0, 0),
    xy: unit(1, 1, 0, 0),
  };
  const passages = (...hashes: string[]) =>
    hashes.map((hash) => ({ hash, start: 0, end: 1, headings: [] }));
  const lookUp = (hash: string) => vectors[hash] && quantise(vectors[hash]);
  const make = () => {
    const index = new VectorIndex(4);
    index.setNote({ note: 'a', revision: 1, passages: passages('x', 'xy') }, lookUp);
    index.setNote({ note: 'b', revision: 1, passages: passages('y', 'xy') }, lookUp);
    return index;
  };

  it('gives a note’s representative vectors: its mean, and its passages evenly taken', () => {
    const index = make();
    const rounded = (rows: Float32Array[]) => rows.map((row) => [...row].map((x) => +x.toFixed(1)));
    expect(rounded(index.representativeVectors('a', 8))).toEqual([
      [0.9, 0.4, 0, 0],
      [1, 0, 0, 0],
      [0.7, 0.7, 0, 0],
    ]);
    expect(rounded(index.representativeVectors('a', 1))).toEqual([
      [0.9, 0.4, 0, 0],
      [1, 0, 0, 0],
    ]);
    index.setNote({ note: 'c', revision: 1, passages: passages('y') }, lookUp);
    expect(rounded(index.representativeVectors('c', 8))).toEqual([[0, 1, 0, 0]]);
    expect(index.representativeVectors('none', 8)).toEqual([]);
  });

  const found = (index: VectorIndex, query: Float32Array) => {
    const plain = { ranked: (dot: number) => dot, own: (dot: number) => dot };
    const match = new MeaningMatch(index, query, plain, undefined);
    match.takeAll();
    return [...match].map(([note, { passage }]) => [note, passage.hash]);
  };

  it('knows each note by its best passage', () => {
    expect(found(make(), vectors.x!)).toEqual([
      ['a', 'x'],
      ['b', 'xy'],
    ]);
  });

  it('keeps a shared passage until its last note goes, then uses the slot again', () => {
    const index = make();
    index.removeNote('a');
    expect([index.has('xy'), index.has('x')]).toEqual([true, false]);
    index.setNote({ note: 'c', revision: 1, passages: passages('x') }, lookUp);
    expect(found(index, vectors.x!)).toEqual([
      ['b', 'xy'],
      ['c', 'x'],
    ]);
    expect([index.passageCount, index.slots]).toEqual([3, 3]);
  });

  it('leaves out a vector of the wrong shape, and counts it', () => {
    const index = make();
    const bad = () => ({ codes: new Int8Array(3), scale: Number.NaN });
    expect(index.setNote({ note: 'd', revision: 1, passages: passages('z') }, bad)).toBe(1);
    expect(found(index, vectors.x!).map(([note]) => note)).toEqual(['a', 'b']);
  });

  it('asks for no vector that is resident already', () => {
    const index = make();
    const asked: string[] = [];
    index.setNote({ note: 'a', revision: 2, passages: passages('x', 'y') }, (hash) => {
      asked.push(hash);
      return lookUp(hash);
    });
    expect(asked).toEqual([]);
  });
});

describe('ReadDocuments', () => {
  it('reads a note once, and forgets the one asked for longest ago', () => {
    const documents = new ReadDocuments();
    const text = (sign: string): string => `${sign} ${'word '.repeat(60_000)}`;
    const first = documents.of(text('a'));
    const second = documents.of(text('b'));
    documents.of(text('c'));
    expect(documents.of(text('a'))).toBe(first);
    documents.of(text('d'));
    expect(documents.of(text('a'))).toBe(first);
    expect(documents.of(text('b'))).not.toBe(second);
  });
});
