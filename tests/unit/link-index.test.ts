import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { joinPath, relativePath } from '../../src/paths.ts';
import type { NoteMeta } from '../../src/storage/notes/index.ts';
import { LinkIndex, linkIndexOf } from '../../src/storage/notes/link-index.ts';
import { mayBeNote } from '../../src/storage/notes/link-names.ts';
import { noteMeta } from '../support/note-meta.ts';

const ID_A = 'a'.repeat(32);
const ID_B = '0123456789abcdef0123456789abcdef';

const note = (title: string, path = '', rest: Partial<NoteMeta> = {}): NoteMeta =>
  noteMeta(title, path, { ...(path && { importPath: path, importHash: 'x' }), ...rest });
const file = (path: string, rest: Partial<NoteMeta> = {}): NoteMeta =>
  note(path.replace(/^.*\//, '').replace(/\.\w+$/, ''), path, rest);

const resolver = (notes: readonly NoteMeta[], from: NoteMeta | null = null) => {
  const index = new LinkIndex(notes);
  const answer = (kind: 'name' | 'address') => (written: string) => {
    const found = index.resolve({ kind, written }, from);
    return found && (found.place ? `${found.id} at ${found.place}` : found.id);
  };
  return { name: answer('name'), address: answer('address') };
};

describe('a name leads to', () => {
  const hub = file('home/Hub.md');
  const notes = [
    hub,
    file('home/Version 1.5 plan.md'),
    file('home/Crème brûlée.md'.normalize('NFD')),
    file('home/Soups & stews.md'),
    file('home/🌿 Garden.md'),
    note('C#'),
    note('C'),
    note('AC/DC'),
  ];
  const { name } = resolver(notes, hub);

  it.each([
    ['Version 1.5 plan', 'home/Version 1.5 plan.md'],
    ['version 1.5 PLAN.md', 'home/Version 1.5 plan.md'],
    ['  Version 1.5 plan ', 'home/Version 1.5 plan.md'],
    ['Version 1.5 plan#Part two', 'home/Version 1.5 plan.md at Part two'],
    ['Version 1.5 plan#Part two#Below', 'home/Version 1.5 plan.md at Part two#Below'],
    ['Version 1.5 plan#^ab-1', 'home/Version 1.5 plan.md at ^ab-1'],
    ['Crème brûlée', 'home/Crème brûlée.md'.normalize('NFD')],
    ['Soups & stews', 'home/Soups & stews.md'],
    ['🌿 Garden', 'home/🌿 Garden.md'],
    ['#Here', 'home/Hub.md at Here'],
    ['Hub', 'home/Hub.md'],
    ['C#', 'C#'],
    ['C#Basics', 'C at Basics'],
    ['C##Basics', 'C# at Basics'],
    ['C', 'C'],
    ['AC/DC', 'AC/DC'],
    ['nobody', null],
    ['', null],
    ['#', null],
  ])('%s: %s', (written, expected) => {
    expect(name(written)).toBe(expected);
  });
});

describe('of several notes of one name it is', () => {
  const basils = [
    file('vault/a/deep/Basil.md'),
    file('vault/a/Basil.md'),
    file('vault/bb/Basil.md'),
    file('vault/bb/deeper/down/Basil.md'),
  ];
  const from = (path: string, all = basils) => resolver([...all, file(path)], file(path)).name;

  it('the one whose path from the picked folder is just that', () => {
    expect(from('vault/bb/Hub.md')('a/Basil')).toBe('vault/a/Basil.md');
    expect(from('vault/bb/Hub.md')('vault/a/Basil')).toBe('vault/a/Basil.md');
    expect(from('vault/bb/Hub.md')('/a/Basil.md')).toBe('vault/a/Basil.md');
    const root = [...basils, file('vault/Basil.md')];
    expect(from('vault/bb/Hub.md', root)('Basil')).toBe('vault/Basil.md');
  });

  it('else one in the folder of the link or below', () => {
    expect(from('vault/bb/Hub.md')('basil')).toBe('vault/bb/Basil.md');
    expect(from('vault/bb/deeper/Hub.md')('Basil')).toBe('vault/bb/deeper/down/Basil.md');
  });

  it('else the one with the shortest path, of this picked folder if it has one', () => {
    expect(from('vault/c/Hub.md')('Basil')).toBe('vault/a/Basil.md');
    expect(from('Hub.md')('Basil')).toBe('vault/a/Basil.md');
    const other = [...basils, file('v/Basil.md')];
    expect(from('vault/c/Hub.md', other)('Basil')).toBe('vault/a/Basil.md');
    expect(from('other/Hub.md', other)('Basil')).toBe('v/Basil.md');
  });

  it('the one that is written so, where the case alone differs', () => {
    const two = [file('v/Soil.md'), file('v/soil.md'), note('Peat'), note('peat')];
    const { name } = resolver(two, file('v/x.md'));
    expect(['Soil', 'soil', 'SOIL', 'Peat', 'peat'].map(name)).toEqual([
      'v/Soil.md',
      'v/soil.md',
      'v/Soil.md',
      'Peat',
      'peat',
    ]);
    const ends = resolver([file('v/List.txt'), file('v/List.md')], file('v/x.md'));
    expect(ends.name('List.txt')).toBe('v/List.txt');
    expect(ends.name('List.md')).toBe('v/List.md');
  });

  it('the one in that folder, however deep, and none where there is no such folder', () => {
    expect(from('vault/Hub.md')('down/Basil')).toBe('vault/bb/deeper/down/Basil.md');
    expect(from('vault/Hub.md')('own/Basil')).toBeNull();
    expect(from('vault/Hub.md')('shed/Basil')).toBeNull();
    // Only a part of the vault was imported, or the note was written here.
    expect(from('garden/Hub.md', [file('garden/Sage.md')])('all/garden/Sage')).toBe(
      'garden/Sage.md',
    );
    expect(from('vault/Hub.md', [note('Ann')])('people/Ann')).toBe('Ann');
  });
});

describe('a note is known by', () => {
  const acronyms = note('Letters', 'v/Abbreviations.md', {
    aliases: ['EAFE', 'Short forms'],
    formerTitles: ['What letters mean'],
  });
  const { name } = resolver([
    acronyms,
    note('Whose', 'v/x/Whose.md', { aliases: ['Abbreviations'], formerTitles: ['short forms'] }),
    note('Now', 'v/y.md', { formerTitles: ['eafe', 'What letters mean', 'Only once'] }),
  ]);

  it('title and file, then aliases, then former titles', () => {
    for (const by of ['Letters', 'abbreviations', 'eafe', 'SHORT FORMS']) {
      expect(name(by)).toBe('v/Abbreviations.md');
    }
    expect(name('only once')).toBe('v/y.md');
    expect(name('what letters mean')).toBe('v/y.md');
  });
});

describe('quotes', () => {
  const curly = file('v/Ann’s “method”.md');
  it('are one, straight or curly, where nothing matches exactly', () => {
    const { name } = resolver([curly, file("v/It's.md"), file('v/deep/It’s.md')], file('v/a.md'));
    expect(name(`Ann's "method"`)).toBe('v/Ann’s “method”.md');
    expect(name('It’s')).toBe('v/deep/It’s.md');
    expect(name('It‘s')).toBe("v/It's.md");
  });
});

describe('an id that Notion put behind a name', () => {
  it('may be there or not, and tells pages of one name apart', () => {
    const trip = file(`e/Trip ${ID_A}.md`);
    const hotel = note('Hotel', `e/Trip ${ID_A}/Hotel ${ID_B}.md`);
    const two = [file(`e/Untitled ${ID_A}.md`), file(`e/Untitled ${ID_B}.md`)];
    const { name, address } = resolver([trip, hotel, ...two, file('e/Bare.md')], trip);
    expect(name('Trip')).toBe(trip.path);
    expect(name(`Trip ${ID_A}`)).toBe(trip.path);
    expect(address(`Trip%20${ID_A}/Hotel%20${ID_B}.md`)).toBe(hotel.path);
    expect(address('Trip/Hotel.md#Rooms')).toBe(`${hotel.path} at Rooms`);
    expect(name(`Untitled ${ID_B}`)).toBe(two[1]!.path);
    expect(name(`Bare ${ID_B}`)).toBe('e/Bare.md');
    // Another page.
    expect(name(`Trip ${ID_B}`)).toBeNull();
  });
});

describe('an address leads', () => {
  const hub = file('v/a/Hub.md');
  const notes = [hub, file('v/Far.md'), file('v/a/Near note.md'), file('v/b/Near note.md')];
  const { address } = resolver(notes, hub);

  it.each([
    ['Near%20note.md', 'v/a/Near note.md'],
    ['./Near%20note.md#A%20b', 'v/a/Near note.md at A b'],
    ['../b/Near%20note.md', 'v/b/Near note.md'],
    ['..\\b\\Near note.md', 'v/b/Near note.md'],
    ['../Far.md', 'v/Far.md'],
    ['b/Near note', 'v/b/Near note.md'],
    ['/b/Near%20note.md', 'v/b/Near note.md'],
    ['../b/Hub.md', null],
    ['#A%20b', 'v/a/Hub.md at A b'],
    ['100%.md', null],
    ['https://example.com/Far.md', null],
    ['//example.com/Far.md', null],
    ['mailto:Far', null],
  ])('%s: %s', (written, expected) => {
    expect(address(written)).toBe(expected);
  });

  it('from where its note lies, then from where its file lay', () => {
    const moved = { ...hub, path: 'v/b/Hub.md' };
    const there = resolver([moved, ...notes.slice(1)], moved);
    expect(there.address('Near%20note.md')).toBe('v/b/Near note.md');
    expect(there.address('../a/Near%20note.md')).toBe('v/a/Near note.md');
    const gone = { ...hub, path: 'elsewhere/Hub.md' };
    expect(resolver([gone, ...notes.slice(1)], gone).address('Near%20note.md')).toBe(
      'v/a/Near note.md',
    );
  });

  it('to a note that was moved', () => {
    const far = { ...file('v/Far.md'), path: 'box/Far.md' };
    expect(resolver([hub, far], hub).address('../Far.md')).toBe('v/Far.md');
    expect(resolver([hub, far, file('v/x/Far.md')], hub).name('v/Far')).toBe('v/Far.md');
  });
});

it('files that are no notes are none to be made', () => {
  expect(['Node.js', 'v1.5', 'a.md', 'Dr. No'].map((name) => mayBeNote(name, false))).toEqual([
    true,
    true,
    true,
    true,
  ]);
  expect(['x.csv', 'a/y.PDF'].map((name) => mayBeNote(name, false))).toEqual([false, false]);
  expect(['x.csv', 'y.xyz', 'z.mp3'].some((name) => mayBeNote(name, true))).toBe(false);
  expect(['x.md', 'y', 'v1.5', 'x.txt'].every((name) => mayBeNote(name, true))).toBe(true);
});

it('paths lead there and back', () => {
  expect(joinPath('a/b', '../c/./d')).toBe('a/c/d');
  expect(joinPath('', '../d')).toBeNull();
  const part = fc.constantFrom('a', 'b', 'c');
  const path = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
  fc.assert(fc.property(path, path, (from, to) => joinPath(from, relativePath(from, to)) === to));
});

it('any list and any link', () => {
  const text = fc.string({ unit: fc.constantFrom(..."aA/#.^ ’'md\\…"), maxLength: 8 });
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text), { maxLength: 6 }), text, (all, written) => {
      const notes = all.map(([title, path], i) => note(title, path, { id: `${i}` }));
      const again = new LinkIndex([...notes].reverse());
      for (const kind of ['name', 'address'] as const) {
        const found = linkIndexOf(notes).resolve({ kind, written }, notes[0] ?? null);
        expect(again.resolve({ kind, written }, notes[0] ?? null)).toEqual(found);
      }
    }),
  );
});

it('many notes of one name, many links', () => {
  const notes = Array.from({ length: 20_000 }, (_, i) =>
    file(`v/${i % 100}/${i}/${i < 5_000 ? 'Same' : `Other ${i}`}.md`),
  );
  const began = process.cpuUsage();
  const index = linkIndexOf(notes);
  for (let i = 0; i < 100_000; i++) {
    const written = i % 3 === 0 ? 'Same' : i % 3 === 1 ? `x/Same#${i}` : `${i % 5_000}/Same`;
    index.resolve({ kind: 'name', written }, notes[i % 7]!);
  }
  // Whatever else the machine does.
  expect(process.cpuUsage(began).user / 1_000).toBeLessThan(6_000);
});
