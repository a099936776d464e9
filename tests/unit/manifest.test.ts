import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/ui/archive/unzip.ts';
import { type ZipFile, zipped } from '../../src/ui/archive/zip.ts';
import { exportBackup } from '../../src/ui/backup/backup.ts';
import { MANIFEST, MANIFEST_COPY, readManifest } from '../../src/ui/backup/manifest.ts';
import { type RestoreResult, restoreBackup } from '../../src/ui/backup/restore.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { createNotes } from '../support/fresh.ts';

async function library() {
  globalThis.indexedDB = new IDBFactory();
  let time = Date.UTC(2026, 5, 1);
  return createNotes('w', { now: () => time++, newId: () => `new-${time}` });
}
type Library = Awaited<ReturnType<typeof library>>;

let made = 0;
const restore = (notes: Library, archive: Blob): Promise<RestoreResult> =>
  restoreBackup(archive, {
    notes,
    announce: () => {},
    now: () => Date.UTC(2030, 1, 1),
    newId: () => `made-${made++}`,
    signal: new AbortController().signal,
    onProgress: () => {},
  });

const PATHS = ['', 'f/one.md', 'f/two.txt', 'g/three.md'];
const titleOf = (i: number) => (i === 0 ? 'Zero' : PATHS[i]!.replace(/^.*\/|\..*$/g, ''));
const textOf = (i: number) => `Text of number ${'x'.repeat(i)}.\n`;

async function filled(): Promise<Library> {
  const notes = await library();
  for (const [i, path] of PATHS.entries()) {
    const created = Date.UTC(2020, i, 1);
    const id = `id-${i}`;
    await notes.save({ id, title: titleOf(i), text: textOf(i), baseRevision: 0, path, created });
    if (i === 1) await notes.update([{ id, change: { tags: ['given'], pinned: true } }]);
  }
  return notes;
}
const backup = async (notes: Library): Promise<Blob> =>
  (await exportBackup({ notes } as AppContext, new AbortController().signal, () => {})).archive;

/** The same archive with other contents, packed anew. */
async function changed(
  archive: Blob,
  change: (path: string, content: string) => string | null,
): Promise<Blob> {
  const opened = await openArchive(archive);
  const files: ZipFile[] = [];
  for (const file of opened.files) {
    const bytes = await opened.read(file, 1e9);
    const content = change(file.path, Buffer.from(bytes as Uint8Array).toString());
    if (content !== null) files.push({ path: file.path, content });
  }
  return zipped(files);
}
const inManifests = (change: (text: string) => string | null) => (path: string, content: string) =>
  path === MANIFEST || path === MANIFEST_COPY ? change(content) : content;

async function contents(notes: Library) {
  const all = await Promise.all((await notes.list()).map(({ id }) => notes.get(id)));
  return all.sort((a, b) => (a!.meta.id < b!.meta.id ? -1 : 1));
}
const spoiltRow = (text: string): string => text.replace('"id":"id-1"', '"id":"id-7"');

describe('a backup’s manifest', () => {
  it('is its first and its last file, and both are the same', async () => {
    const { files, read } = await openArchive(await backup(await filled()));
    expect([files[0]!.path, files.at(-1)!.path]).toEqual([MANIFEST, MANIFEST_COPY]);
    expect(await read(files[0]!, 1e9)).toEqual(await read(files.at(-1)!, 1e9));
  });

  it.each([
    ['the first', MANIFEST],
    ['the last', MANIFEST_COPY],
  ])('is enough where %s has a broken row', async (_name, broken) => {
    const notes = await filled();
    const archive = await backup(notes);
    const before = await contents(notes);
    const one = await changed(archive, (path, content) =>
      path === broken ? spoiltRow(content) : content,
    );
    const other = await library();
    expect(await restore(other, one)).toMatchObject({ added: 4, remarks: [], skipped: [] });
    expect(await contents(other)).toEqual(
      before.map((note) => ({ ...note, meta: { ...note!.meta, revision: 1 } })),
    );
    const gone = await changed(archive, (path, content) => (path === broken ? null : content));
    expect(await restore(other, gone)).toMatchObject({ added: 0, same: 4, remarks: [] });
  });

  it('with a row that is broken in both says which note lost what, and doubles none', async () => {
    const notes = await filled();
    const spoilt = await changed(await backup(notes), inManifests(spoiltRow));
    const told = [{ path: 'f/one.md', reason: expect.stringMatching(/damaged/) }];
    // Where the note is, it stays as it is.
    const before = await contents(notes);
    expect(await restore(notes, spoilt)).toMatchObject({ added: 0, same: 4, remarks: told });
    expect(await contents(notes)).toEqual(before);
    // Where it is not, it comes, with what its file says.
    const other = await library();
    expect(await restore(other, spoilt)).toMatchObject({ added: 4, remarks: told });
    const all = await contents(other);
    expect(all).toHaveLength(4);
    const one = all.find((note) => note!.meta.path === 'f/one.md')!;
    // The tags and the pin that were given here stand in the file.
    expect(one.meta).toMatchObject({ title: 'one', tags: ['given'], pinned: true });
    expect(one.text).toContain(textOf(1));
    expect(await restore(other, spoilt)).toMatchObject({ added: 0, updated: 0, remarks: told });
    expect(await other.list()).toHaveLength(4);
  });

  it('that is broken twice leaves the notes, by path or by text', async () => {
    const notes = await filled();
    for (const spoil of [
      (text: string) => text.replaceAll('"', "'"),
      (text: string) => text.slice(0, 20),
      () => '',
    ]) {
      const spoilt = await changed(await backup(notes), inManifests(spoil));
      const before = await contents(notes);
      const result = await restore(notes, spoilt);
      expect(result).toMatchObject({ added: 0, updated: 0 });
      expect(result.remarks).toHaveLength(4);
      expect(await contents(notes)).toEqual(before);
      const other = await library();
      expect(await restore(other, spoilt)).toMatchObject({ added: 4 });
      expect((await contents(other)).map((note) => note!.meta.title).sort()).toEqual([
        'Zero',
        'one',
        'three',
        'two',
      ]);
      // Moved here meanwhile, they are known by their texts.
      for (const { id, path } of await notes.list()) {
        if (path) await notes.update([{ id, change: { path: `moved/${path}` } }]);
      }
      const moved = await contents(notes);
      expect(await restore(notes, spoilt)).toMatchObject({ added: 0, updated: 0 });
      expect((await contents(notes)).map((note) => note!.text)).toEqual(
        moved.map((note) => note!.text),
      );
      for (const { id, path } of await notes.list()) {
        if (path) await notes.update([{ id, change: { path: path.replace('moved/', '') } }]);
      }
    }
  });

  it('of a newer version is read as far as it is known, and that is said', async () => {
    const notes = await filled();
    const before = await contents(notes);
    const newer = await changed(
      await backup(notes),
      inManifests((text) => text.replace('"version":1', '"version":2,"more":{"a":[1]}')),
    );
    const other = await library();
    const result = await restore(other, newer);
    expect(result).toMatchObject({ added: 4, skipped: [] });
    expect(result.remarks).toEqual([{ path: MANIFEST, reason: expect.stringMatching(/newer/) }]);
    expect((await contents(other)).map((note) => note!.text)).toEqual(
      before.map((note) => note!.text),
    );
  });

  it('that a program wrote again in another form is read all the same', async () => {
    const notes = await filled();
    const pretty = await changed(
      await backup(notes),
      inManifests((text) => JSON.stringify(JSON.parse(text), null, 2)),
    );
    expect(await restore(notes, pretty)).toMatchObject({ added: 0, same: 4, remarks: [] });
  });

  it('gives its row to a file whose name was damaged', async () => {
    const notes = await filled();
    const archive = await backup(notes);
    const opened = await openArchive(archive);
    const files: ZipFile[] = [];
    for (const file of opened.files) {
      const content = (await opened.read(file, 1e9)) as Uint8Array;
      files.push({ path: file.path.replace('g/three', 'g/thrfe'), content });
    }
    const other = await library();
    expect(await restore(other, await zipped(files))).toMatchObject({ added: 4, remarks: [] });
    expect((await contents(other)).map((note) => note!.meta.path)).toEqual(PATHS);
  });

  it('says of rows that no copy has how many are lost', () => {
    expect(readManifest([])).toMatchObject({ notes: [], images: [], lost: 1 });
    expect(
      readManifest(['{"format":"findling","version":1,"count":0,"rows":[\n\n]}']),
    ).toMatchObject({
      ...{ lost: 0, isNewer: false },
    });
    expect(readManifest(['nonsense', '{"rows":[["x",{}]]}']).lost).toBeGreaterThan(0);
  });
});
