import { describe, expect, it } from 'vitest';
import { NoteWords } from '../../src/worker/search/note-words.ts';
import { byWords } from '../support/by-words.ts';

const NOTES = [
  { id: 'a', title: 'Bread', text: 'Knead the **d**ough. %%ask Rosalind%%' },
  { id: 'b', title: 'Trip', text: 'See [the map](https://example.org/harbour).' },
];

const MARK = { revision: 7, names: 3 };

function filled(): NoteWords {
  const words = new NoteWords();
  for (const note of NOTES) words.set(note);
  return words;
}
const found = (words: NoteWords, query: string) => ({
  usual: byWords(words.keyword, query, 9).map(({ note }) => note),
  comments: byWords(words.comments, query, 9).map(({ note }) => note),
});
const snapshotOf = (words: NoteWords) =>
  words.snapshot(
    () => MARK,
    async () => {},
  );

describe('the words of all notes', () => {
  it('keeps those of comments apart, and takes them out with the note', () => {
    const words = filled();
    expect(found(words, 'dough')).toEqual({ usual: ['a'], comments: [] });
    expect(found(words, 'harbour')).toEqual({ usual: ['b'], comments: [] });
    expect(found(words, 'rosalind')).toEqual({ usual: [], comments: ['a'] });
    words.set({ ...NOTES[0]!, text: 'Knead.' });
    expect(found(words, 'rosalind').comments).toEqual([]);
    words.set(NOTES[0]!);
    words.remove('a');
    expect(found(words, 'rosalind').comments).toEqual([]);
    expect(words.comments.size).toBe(0);
  });

  it('comes back from its snapshot, comments too', async () => {
    const snapshot = structuredClone(await snapshotOf(filled()));
    const words = new NoteWords();
    expect([...words.restore(snapshot!)].sort()).toEqual([
      ['a', MARK],
      ['b', MARK],
    ]);
    for (const query of ['dough', 'harbour', 'rosalind']) {
      expect(found(words, query), query).toEqual(found(filled(), query));
    }
  });

  it('takes nothing from a snapshot that is damaged, or from before comments had words', async () => {
    const snapshot = (await snapshotOf(filled()))!;
    const { comments: _, ...former } = snapshot;
    const cut = { ...snapshot, postings: snapshot.postings.slice(0, 3) };
    for (const wrong of [former, cut]) {
      const words = new NoteWords();
      expect(() => words.restore(wrong as typeof snapshot)).toThrow();
      expect([words.keyword.size, words.comments.size]).toEqual([0, 0]);
    }
  });

  it('is no snapshot if something changed meanwhile, be it in comments or not', async () => {
    const words = filled();
    const half = words.snapshot(
      () => MARK,
      async () => words.set({ ...NOTES[1]!, text: 'Another.' }),
    );
    expect(await half).toBeNull();
  });

  it('forgets the words that no note has any more, as they are read', async () => {
    const words = filled();
    words.set({ ...NOTES[0]!, text: 'Knead the **d**ough.' });
    words.set({ ...NOTES[1]!, text: 'See the map.' });
    const left = [
      { names: ['Bread'], text: 'Knead the **d**ough.' },
      { names: ['Trip'], text: 'See the map.' },
    ];
    expect(
      await words.prune(async (meet) => {
        for (const note of left) meet(note);
        return true;
      }),
    ).toBe(true);
    const usual = (await snapshotOf(words))!;
    expect(usual.words.split('\n')).toContain('dough');
    expect([...words.keyword.wordsOf(new Set(['harbour', 'dough'])).keys()]).toEqual(['dough']);
    expect(words.comments.wordsOf(new Set(['rosalind'])).size).toBe(0);
  });
});
