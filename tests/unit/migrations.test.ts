import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { expect, it } from 'vitest';
import { sha256 } from '../../src/sha256.ts';
import { openIndexStore } from '../../src/storage/index/index-store.ts';
import { SCHEMA_VERSION } from '../../src/storage/migrations/index.ts';
import { openNotes } from '../../src/storage/notes/index.ts';
import { importFiles } from '../../src/ui/import/importer.ts';
import { SKIP } from '../../src/ui/import/skip-words.ts';
import { putStored, readStored } from '../support/stored.ts';

const STORED = readStored('version-5');
const stored = STORED.find(({ name }) => name === 'findling-ws-default')!;
const rowsOf = (name: string) => stored.stores.find((store) => store.name === name)!.rows;

it('a workspace of version 5 keeps every note, version, image and passage', async () => {
  await putStored(stored);
  const index = await openIndexStore('default');
  const notes = await openNotes('default', { now: () => 1, newId: () => 'x' });
  const all = await notes.list();
  expect(all).toHaveLength(rowsOf('notes').length);
  for (const { value } of rowsOf('notes')) {
    const before = value as { id: string; modified: number };
    const after = await notes.get(before.id);
    // What was there is there still; the text has not moved.
    expect(after?.meta).toEqual({ ...before, metaChanged: before.modified });
    const body = rowsOf('bodies').find((row) => (row.value as { id: string }).id === before.id);
    expect(body?.value).toEqual({ id: before.id, text: after?.text });
  }
  const db = await openDB('findling-ws-default');
  expect(db.version).toBe(SCHEMA_VERSION);
  for (const { name, rows } of stored.stores) {
    expect([name, await db.count(name)]).toEqual([name, rows.length]);
  }
  const [trashed] = await db.getAll('trash');
  expect(trashed.meta.metaChanged).toBe(trashed.meta.modified);
  // One that was deleted by the earlier version comes back in this one.
  expect(await notes.restore(trashed.id)).toMatchObject({ title: trashed.meta.title });
  db.close();
  notes.close();
  index.close();
});

it('a folder that version 5 imported is the same folder: no update, no conflict', async () => {
  await putStored(stored, 'findling-ws-again');
  const notes = await openNotes('again', { now: () => 1, newId: () => 'x' });
  const before = (await notes.list()).filter(({ importHash }) => importHash !== undefined);
  expect(before).toHaveLength(3);
  const all = await Promise.all(
    before.map(async (note) => {
      // One was changed here since: its file's text is the version that was kept then.
      const [edited] = await notes.versions(note.id);
      const stored = (await notes.get(note.id))!.text;
      const text = edited?.text ?? stored;
      expect(await sha256(text)).toBe(note.importHash);
      return { note, stored, text };
    }),
  );
  // With line ends of another kind and a mark, which that build left out.
  const sources = all.map(({ note: { path, modified }, text }) => ({
    path,
    file: new File([`\ufeff${text.replaceAll('\n', '\r\n')}`], path, { lastModified: modified }),
  }));
  const run = () =>
    importFiles(sources, { notes, announce: () => {}, now: () => 0, checkAll: false });
  const result = await run();
  expect(result.imported).toBe(0);
  expect(new Set(result.skipped.map(({ reason }) => reason))).toEqual(
    new Set([SKIP.unchanged, SKIP['keep-app']]),
  );
  for (const [i, { note, stored }] of all.entries()) {
    const { meta, text } = (await notes.get(note.id))!;
    expect(text).toBe(stored);
    const importHash = await sha256(await sources[i]!.file.arrayBuffer());
    const lines = all[i]!.text.includes('\n') && { lineEnds: 'crlf' };
    const file = { mark: true, ...lines, size: sources[i]!.file.size, time: note.modified };
    expect(meta).toEqual({ ...note, importHash, hashKind: 'bytes', file });
  }
  // And once more, by then known by size and time.
  expect(await run()).toMatchObject({ imported: 0, skipped: result.skipped });
  notes.close();
});
