import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import type { NoteMeta } from '../../src/storage/notes/index.ts';
import { LinkIndex } from '../../src/storage/notes/link-index.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { offersOf, placeOffers } from '../../src/ui/editor/link-offers.ts';
import { isLinkable, linkableText } from '../../src/ui/editor/linkable.ts';
import { createNotes } from '../support/fresh.ts';
import { noteMeta } from '../support/note-meta.ts';

let made = 0;
/** Two notes may have one title. */
const note = (title: string, path = '', rest: Partial<NoteMeta> = {}): NoteMeta =>
  noteMeta(title, path, { id: path || `${title}${made++}`, ...rest });

const NOTES = [
  note('Boiler'),
  note('Basil', 'v/plants/Basil.md'),
  note('Basil', 'v/kitchen/Basil.md', { aliases: ['herb'] }),
  note('Care of soil', 'v/Soil.md', { aliases: ['Earth', 'a|b'] }),
  note('Week [1]', 'v/2024-w1.md'),
  note('C#'),
  note(''),
];

describe('double brackets offer', () => {
  const offers = offersOf(NOTES, 'v');
  const of = (label: string): object[] =>
    offers.filter((one) => one.label === label).map(({ label: _, ...rest }) => rest);

  it('titles, and file names where the title is another', () => {
    expect(of('Boiler')).toEqual([{ insert: 'Boiler', detail: '' }]);
    expect(of('Care of soil')).toEqual([{ insert: 'Care of soil', detail: '' }]);
    expect(of('Soil')).toEqual([{ insert: 'Soil', detail: 'Care of soil' }]);
    expect(of('2024-w1')).toEqual([{ insert: '2024-w1', detail: 'Week [1]' }]);
  });

  it('a name that is taken twice with its folder, and insert its path', () => {
    expect(of('Basil')).toEqual([
      { insert: 'plants/Basil', detail: 'plants' },
      { insert: 'kitchen/Basil', detail: 'kitchen' },
    ]);
  });

  it('aliases, with the note that they lead to', () => {
    expect(of('Earth')).toEqual([{ insert: 'Care of soil|Earth', leadsTo: 'Care of soil' }]);
    expect(of('herb')).toEqual([{ insert: 'kitchen/Basil|herb', leadsTo: 'Basil' }]);
  });

  it('nothing that could not stand there, and nothing that leads elsewhere', () => {
    for (const { label, insert } of offers) {
      expect(isLinkable(label)).toBe(true);
      const written = insert.split('|')[0]!;
      const found = new LinkIndex(NOTES).resolve({ kind: 'name', written }, NOTES[1]!);
      const meant = NOTES.find(({ id }) => id === found?.id)!;
      expect([
        meant.title,
        meant.path.replace(/^.*\/|\.md$/g, ''),
        ...(meant.aliases ?? []),
      ]).toContain(label);
    }
  });
});

it('headings and blocks of a note are offered, also of the one that is written', async () => {
  const notes = await createNotes('offers', { now: () => 1, newId: () => 'x' });
  const text = '# One [1]\n\nA line. ^first\n\n## Two\n\n```\n# no\n```';
  await notes.save({ id: 'a', title: 'Plan', text, baseRevision: 0 });
  const engine = { notesVersion: signal(0), lastChanged: signal<string[]>([]) };
  const ctx = { notes, engine } as unknown as AppContext;
  const from = { id: 'b', path: '' };
  expect(await placeOffers(ctx, from, 'plan', 'headings', '')).toEqual([
    { label: 'One [1]', insert: 'One 1' },
    { label: 'Two', insert: 'Two' },
  ]);
  expect(await placeOffers(ctx, from, 'Plan', 'blocks', '')).toEqual([
    { label: 'first', insert: 'first', detail: 'A line.' },
  ]);
  expect(await placeOffers(ctx, from, 'nobody', 'headings', '# Own')).toEqual([]);
  const own = [{ label: 'Own', insert: 'Own' }];
  expect(await placeOffers(ctx, from, '', 'headings', '# Own')).toEqual(own);
  expect(await placeOffers(ctx, { id: 'a', path: '' }, 'Plan', 'headings', '# Own')).toEqual(own);
});

it('what cannot stand in brackets is left out of a heading', () => {
  expect(linkableText('A [b] #c | d^2')).toBe('A b c d 2');
});
