import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import type { Notes } from '../../src/storage/notes/index.ts';
import { exportBackup } from '../../src/ui/backup/backup.ts';
import { compareBackup, restoreBackup } from '../../src/ui/backup/restore.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { importFiles } from '../../src/ui/import/importer.ts';
import type { Source } from '../../src/ui/import/source.ts';
import { createNotes } from '../support/fresh.ts';

/** A library of its own, as in another browser. */
async function freshProfile() {
  globalThis.indexedDB = new IDBFactory();
  let time = Date.UTC(2026, 5, 1);
  const prefix = Math.random().toString(36).slice(2);
  let serial = 0;
  const notes = await createNotes('w', { now: () => time++, newId: () => `${prefix}-${serial++}` });
  const importAll = (sources: Source[]) =>
    importFiles(sources, {
      notes,
      announce: () => {},
      now: () => performance.now(),
    });
  const deps = {
    notes,
    announce: () => {},
    now: () => time,
    newId: () => `${prefix}-${serial++}`,
    signal: new AbortController().signal,
    onProgress: () => {},
  };
  const backup = async () => {
    const { archive } = await exportBackup({ notes } as AppContext, deps.signal, () => {});
    return archive;
  };
  return {
    notes,
    importAll,
    backup,
    restore: (archive: Blob) => restoreBackup(archive, deps),
    compare: (archive: Blob) => compareBackup(archive, deps),
  };
}

const folder = (texts: Record<string, string>): Source[] =>
  Object.entries(texts).map(([path, text]) => ({
    path: `vault/${path}`,
    file: new File([text], path.split('/').at(-1)!, { lastModified: Date.UTC(2024, 1, 1) }),
  }));
const VAULT = folder({
  'a.md': '# Apples\n\nRed.',
  'deep/b.md': '---\ntags: [fruit]\n---\n\nPears.',
  'deep/c.txt': 'Quinces.',
});

const textOf = async (notes: Notes, path: string): Promise<string | undefined> => {
  const meta = (await notes.list()).find((note) => note.path === path);
  return meta && (await notes.get(meta.id))?.text;
};

async function edit(notes: Notes, path: string, text: string): Promise<void> {
  const meta = (await notes.list()).find((note) => note.path === path)!;
  await notes.save({ id: meta.id, title: meta.title, text, baseRevision: meta.revision });
}

describe('restore, then import', () => {
  it('knows each file again: nothing is doubled, and nothing is a conflict', async () => {
    const first = await freshProfile();
    await first.importAll(VAULT);
    await edit(first.notes, 'vault/a.md', 'Changed in the app.');
    const moved = (await first.notes.list()).find(({ path }) => path === 'vault/deep/c.txt')!;
    await first.notes.update([{ id: moved.id, change: { path: 'elsewhere/c.txt' } }]);
    const archive = await first.backup();

    const other = await freshProfile();
    expect(await other.restore(archive)).toMatchObject({ added: 3, skipped: [] });
    const again = await other.importAll(VAULT);
    expect(again.imported).toBe(0);
    expect(again.skipped.map(({ path, reason }) => [path, reason])).toEqual([
      ['vault/a.md', 'Changed here only, so your text was left as it is'],
      ['vault/deep/b.md', 'Unchanged since the last import'],
      ['vault/deep/c.txt', 'Unchanged since the last import'],
    ]);
    expect(await other.notes.list()).toHaveLength(3);
    // And a file that was changed meanwhile brings its note up to date, as in the first profile.
    const changed = folder({ 'deep/b.md': 'Pears and plums.' });
    expect((await other.importAll(changed)).imported).toBe(1);
    expect(await textOf(other.notes, 'vault/deep/b.md')).toBe('Pears and plums.');
    for (const { id } of await other.notes.list())
      expect(await other.notes.versions(id)).toEqual([]);
  });

  it('finds no conflict in a note that has the file’s very text, whoever wrote it', async () => {
    const { notes, importAll } = await freshProfile();
    // As a backup from before schema 6 brings it back: nothing is known of its import.
    await notes.save({ id: 'x', title: 'b', text: 'Pears.', baseRevision: 0, path: 'vault/b.md' });
    const again = await importAll(folder({ 'b.md': 'Pears.' }));
    expect(again.skipped).toEqual([
      { path: 'vault/b.md', reason: 'Unchanged since the last import' },
    ]);
    expect(await notes.versions('x')).toEqual([]);
    // From now on it is known.
    expect((await importAll(folder({ 'b.md': 'Plums, red.' }))).imported).toBe(1);
    expect(await textOf(notes, 'vault/b.md')).toBe('Plums, red.');
  });
});

describe('import, then restore', () => {
  it('takes notes of the same file for the same note', async () => {
    const first = await freshProfile();
    await first.importAll(VAULT);
    const [one] = await first.notes.list();
    await first.notes.update([{ id: one!.id, change: { tags: ['mine'], pinned: true } }]);
    await edit(first.notes, 'vault/a.md', 'Changed before the backup.');
    const archive = await first.backup();

    const other = await freshProfile();
    await other.importAll(VAULT);
    const counted = await other.compare(archive);
    const result = await other.restore(archive);
    expect(counted).toEqual(result);
    expect(result).toMatchObject({ added: 0, skipped: [] });
    const all = await other.notes.list();
    expect(all).toHaveLength(3);
    // The text and the tags that were changed last are here, and what the file had is a version.
    const a = all.find(({ path }) => path === 'vault/a.md')!;
    expect((await other.notes.get(a.id))?.text).toBe('Changed before the backup.');
    expect((await other.notes.versions(a.id)).map(({ text }) => text)).toContain(
      '# Apples\n\nRed.',
    );
    expect(all.filter(({ tags, pinned }) => pinned && tags.includes('mine'))).toHaveLength(1);
    // And the next import knows all three.
    expect((await other.importAll(VAULT)).imported).toBe(0);
    expect(await other.notes.list()).toHaveLength(3);
    // The same backup again: nothing more.
    expect(await other.restore(archive)).toMatchObject({ added: 0, updated: 0 });
  });

  it('keeps apart what only lies at the same place', async () => {
    const first = await freshProfile();
    await first.importAll(folder({ 'index.md': 'One vault.' }));
    const archive = await first.backup();
    const other = await freshProfile();
    await other.importAll(folder({ 'index.md': 'Another vault.' }));
    expect(await other.restore(archive)).toMatchObject({ added: 1 });
    const texts = await Promise.all(
      (await other.notes.list()).map(({ id }) => other.notes.get(id)),
    );
    expect(texts.map((one) => one?.text).sort()).toEqual(['Another vault.', 'One vault.']);
  });

  it('keeps apart what only looks alike: place, title and length', async () => {
    const first = await freshProfile();
    await first.importAll(folder({ 'index.md': '# Index\n\nOne vault.' }));
    const archive = await first.backup();
    const other = await freshProfile();
    await other.importAll(folder({ 'index.md': '# Index\n\nTwo vault.' }));
    expect(await other.restore(archive)).toMatchObject({ added: 1, updated: 0 });
    const all = await other.notes.list();
    expect(all).toHaveLength(2);
    for (const { id } of all) expect(await other.notes.versions(id)).toEqual([]);
  });
});
