import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import { describe, expect, it, vi } from 'vitest';
import type { LinkTarget } from '../../src/storage/notes/link-index.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { type Leads, watchLinks } from '../../src/ui/editor/link-look.ts';
import { folderToWrite, noteToWrite } from '../../src/ui/editor/links.ts';
import { createNotes } from '../support/fresh.ts';

const name = (written: string): LinkTarget => ({ kind: 'name', written });
const address = (written: string): LinkTarget => ({ kind: 'address', written });

describe('a link to a note that is not there', () => {
  const hub = { id: 'h', path: 'vault/work/Hub.md', importPath: 'vault/work/Hub.md' };

  it.each([
    [name('Ann'), 'Ann', ''],
    [name('people/Ann#Work'), 'Ann', 'vault/people'],
    [name('./people/Ann'), 'Ann', 'vault/work/people'],
    [name('../../../Ann'), 'Ann', ''],
    [address('Ann%20B.md#x'), 'Ann B', ''],
    [address('../people/Ann.md'), 'Ann', 'vault/people'],
    [address('/people/Ann.md'), 'Ann', 'vault/people'],
  ])('%j: “%s” in “%s”', (link, title, folder) => {
    expect(noteToWrite(link)).toBe(title);
    expect(folderToWrite(link, hub)).toBe(folder);
  });

  it('names none to be made, where it is another file', () => {
    for (const link of [address('Places%20x.csv'), address('a/b.pdf'), name('scan.pdf')]) {
      expect(noteToWrite(link)).toBe('');
    }
    expect(noteToWrite(name('Node.js'))).toBe('Node.js');
    expect(folderToWrite(name('people/Ann'), { id: 'x', path: '' })).toBe('people');
  });

  it('looks so until there is one', async () => {
    const notes = await createNotes('look', { now: () => 1, newId: () => 'x' });
    const engine = { notesVersion: signal(0), lastChanged: signal<string[]>([]) };
    const ctx = { notes, engine } as unknown as AppContext;
    await notes.save({ id: 'h', title: 'Hub', text: '', baseRevision: 0 });
    let leads: Leads | null = null;
    const stop = watchLinks(
      ctx,
      () => ({ id: 'h', path: '' }),
      (now) => {
        leads = now;
      },
    );
    const all = () =>
      [name('hub'), name('#Here'), name('Ann'), address('https://a.b'), address('Ann.md')].map(
        (link) => leads?.(link),
      );
    await vi.waitFor(() => expect(all()).toEqual([true, true, false, true, false]));
    await notes.save({ id: 'a', title: 'Ann', text: '', baseRevision: 0 });
    engine.lastChanged.value = ['a'];
    engine.notesVersion.value++;
    await vi.waitFor(() => expect(all()).toEqual([true, true, true, true, true]), 10_000);
    stop();
  });
});
