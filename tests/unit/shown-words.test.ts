/** What a result shows of a note holds the words that were asked for, and marks them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { NoteMeta, StoredPassage } from '../../src/storage/schema.ts';
import { marksIn } from '../../src/words/marks.ts';
import { tokenizeToTerms } from '../../src/words/terms.ts';
import { chunk } from '../../src/worker/chunk/chunk.ts';
import { bestPassage, weightOf } from '../../src/worker/search/best-passage.ts';
import { NoteWords } from '../../src/worker/search/note-words.ts';
import { Presenter } from '../../src/worker/search/present.ts';
import type { Ranked } from '../../src/worker/search/rank.ts';
import { ReadDocuments } from '../../src/worker/search/read-documents.ts';

const countTokens = (text: string): number => text.split(/\s+/).length;

/** One note that is asked for its words, with the passage of the given number as the nearest. */
async function shown(title: string, text: string, query: string, nearest = 0, alike = true) {
  const passages = chunk(title, text, { window: 64, countTokens }).map(
    ({ start, end, headings }, i): StoredPassage => ({ start, end, headings, hash: `${i}` }),
  );
  const meta = { id: 'n', title, path: 'n.md', revision: 1, tags: [] } as unknown as NoteMeta;
  const words = new NoteWords();
  words.set({ id: 'n', title, text });
  const documents = new ReadDocuments();
  const presenter = new Presenter({
    resident: { passagesOf: () => ({ revision: 1, passages }) } as never,
    reader: { read: async () => [{ meta, text }] } as never,
    documents,
    preparer: () => null,
  });
  const near = passages[nearest % passages.length];
  const ranked: Ranked = {
    id: 'n',
    score: 1,
    strong: true,
    alike,
    meaning: near && { passage: near, cosine: 1, score: 1 },
  };
  const [hit] = await presenter.present([ranked], words.keyword.match(query, false));
  return hit!;
}

const marked = ({ text, marks }: { text: string; marks: readonly (readonly number[])[] }) =>
  marks.map(([from, to]) => text.slice(from, to));

const NOTE = `A first part on boats and oars.

## Varnish

Two coats of oil, a week apart.

The mast wants pine; the **keel** wants oak. See [the yard](https://yard.example/slipway).

- rope of hemp
- rope of sisal
`;

describe('the passage that is shown', () => {
  it('is the one with the word, however near another is', async () => {
    for (let nearest = 0; nearest < 5; nearest++) {
      const { passage, why } = await shown('Boat', NOTE, 'keel', nearest);
      expect(passage!.text).toBe('The mast wants pine; the keel wants oak. See the yard.');
      expect(marked(passage!)).toEqual(['keel']);
      expect(why).toContain('words');
    }
  });

  it('is the nearest of those that have it', async () => {
    const text = 'Rope one here.\n\nNothing of it.\n\nRope two there.';
    expect((await shown('', text, 'rope', 2)).passage!.text).toBe('Rope two there.');
    expect((await shown('', text, 'rope', 1)).passage!.text).toBe('Rope one here.');
  });

  it('is the one whose words say most', () => {
    const passage = (hash: string, headings: string[] = []): StoredPassage => ({
      hash,
      start: 0,
      end: 0,
      headings,
    });
    const texts: Record<string, string> = { a: 'boat boat', b: 'the keel', c: 'no word' };
    const words = [new Map([['boat', 1]]), new Map([['keel', 3]])];
    const pick = (all: StoredPassage[]) =>
      bestPassage(all, ({ hash }) => texts[hash]!, words, undefined)!;
    expect(pick([passage('a'), passage('b'), passage('c')]).passage.hash).toBe('b');
    // A heading above counts nearly as much as the text.
    expect(pick([passage('a'), passage('b'), passage('c', ['Boat', 'Keel'])])).toEqual({
      passage: passage('c', ['Boat', 'Keel']),
      inText: 0,
      weight: 3.6,
    });
    expect(weightOf(words, new Set(['boat', 'keel']))).toBe(4);
  });

  it('is one below the heading with the word, which is marked', async () => {
    const { passage, why } = await shown('Boat', NOTE, 'varnish', 0);
    expect(passage!.text).toBe('Two coats of oil, a week apart.');
    expect(passage!.place).toBe('heading');
    expect(passage!.headingMarks).toEqual([[[0, 7]]]);
    expect(why).toContain('words');
  });

  it('says so where the word stands in the title alone, and marks it there', async () => {
    const { passage, titleMarks, why } = await shown('Oak and pine', 'Of trees.', 'pine', 0, false);
    expect(titleMarks).toEqual([[8, 12]]);
    expect(why).toEqual(['title']);
    expect(passage!.marks).toEqual([]);
  });

  it('says so where the word stands in an address', async () => {
    const { passage } = await shown('Boat', NOTE, 'slipway');
    expect(passage!.place).toBe('link');
    expect(marked(passage!)).toEqual(['slipway']);
  });

  it('has a sentence marked only where no word of the query is in the text', async () => {
    const { passage } = await shown('Boat', NOTE, 'boats keel', 1);
    for (const word of marked(passage!)) expect(['boats', 'keel']).toContain(word);
  });
});

it('holds and marks any word that a note shows', async () => {
  const word = fc.constantFrom(
    ...'harbour lantern quince tallow cobalt meadow turnip violet walnut zinc'.split(' '),
    ...'Öl grün déjà 42 well-kept O’Brien snake_case Пётр'.split(' '),
  );
  const line = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => words.join(' '));
  const block = fc.oneof(
    line.map((text) => `${text}.`),
    line.map((text) => `## ${text}`),
    line.map((text) => `- ${text}\n- ${text}`),
    line.map((text) => `> ${text}`),
    line.map((text) => `**${text}** and *${text}*`),
    line.map((text) => `[${text}](https://example.org)`),
    line.map((text) => `| ${text} | x |\n|---|---|\n| y | ${text} |`),
    line.map((text) => `\`\`\`\n${text}\n\`\`\``),
  );
  const note = fc.array(block, { minLength: 1, maxLength: 8 }).map((all) => all.join('\n\n'));
  let checked = 0;
  await fc.assert(
    fc.asyncProperty(line, note, word, fc.nat(9), async (title, text, asked, nearest) => {
      const wanted = new Set(tokenizeToTerms(asked));
      if (marksIn(`${title}\n${text}`, wanted).length === 0) return;
      checked++;
      const { passage, titleMarks, terms } = await shown(title, text, asked, nearest);
      const found = new Set(terms);
      const lit = [
        ...marked({ text: title, marks: titleMarks }),
        ...marked(passage!),
        ...(passage!.headingMarks ?? []).flatMap((marks, i) =>
          marked({ text: passage!.headings[i]!, marks }),
        ),
      ];
      expect(lit.length).toBeGreaterThan(0);
      for (const one of lit) expect(marksIn(one, found)).not.toEqual([]);
      // Everywhere it stands in what is shown.
      expect(passage!.marks).toEqual(marksIn(passage!.text, found));
    }),
    { seed: 7, numRuns: 400 },
  );
  expect(checked).toBeGreaterThan(100);
});
