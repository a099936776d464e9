import { describe, expect, it } from 'vitest';
import { generationId } from '../../src/storage/schema.ts';
import { exportPage } from '../../src/worker/export.ts';
import { quantise } from '../../src/worker/model/quantise.ts';

const GEN = generationId('g');

const texts: Record<string, { title: string; text: string }> = {
  a: { title: 'Loaf', text: 'Knead. Rest.' },
  b: { title: 'Rail', text: 'A ticket.' },
};
const vector = quantise(Float32Array.from([0.6, 0.8]));
const passage = (hash: string) => ({ hash, start: 0, end: 1, headings: [] });
const list = (note: string, hashes: string[]) => ({
  ...{ gen: GEN, note, revision: 1, title: `${note} as indexed` },
  passages: hashes.map(passage),
});

/** A sentence a passage, whose hash is its text. */
const preparer = {
  prepare: async (title: string, text: string) =>
    text.split(/(?<=\.) /).map((part) => ({ ...passage(part), embedText: `${title}. ${part}` })),
};

const lines = async (lists: ReturnType<typeof list>[], missing = '') => {
  const store = {
    passageLists: async () => lists,
    notes: async (ids: string[]) =>
      ids.map((id) =>
        texts[id] ? { meta: { id, ...texts[id]! } as never, text: texts[id]!.text } : undefined,
      ),
    vectors: async (_gen: string, hashes: string[]) =>
      hashes.map((hash) => (hash === missing ? undefined : vector)),
  };
  const page = await exportPage({ store, gen: GEN, preparer }, null, 10);
  const rows = page.jsonl
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  expect(page.passages).toBe(rows.length);
  return rows.map(({ id, text }) => `${id} ${text}`);
};

describe('the export of vectors', () => {
  it('gives each vector with exactly what was embedded', async () => {
    expect(await lines([list('a', ['Knead.', 'Rest.']), list('b', ['A ticket.'])])).toEqual([
      'a#0 Loaf. Knead.',
      'a#1 Loaf. Rest.',
      'b#0 Rail. A ticket.',
    ]);
  });

  it('leaves out what its note no longer says, what has no vector, and notes that are gone', async () => {
    const lists = [list('a', ['Shape.', 'Knead.', 'Rest.']), list('gone', ['Knead.'])];
    expect(await lines(lists, 'Rest.')).toEqual(['a#1 Loaf. Knead.']);
  });
});
