import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Notes } from '../../src/storage/notes/index.ts';
import { readBackedUpNote } from '../../src/ui/backup/read-note.ts';
import { restoreBackup } from '../../src/ui/backup/restore.ts';
import { unzipped, zipped } from '../../src/ui/backup/zip.ts';
import { markdownFile } from '../../src/ui/markdown-file.ts';
import { createNotes } from '../support/fresh.ts';

const META = {
  id: '0b6ac1de-0000-4000-8000-000000000001',
  path: 'kitchen/bread.md',
  title: 'Bread: “a” \\ b',
  tags: ['kitchen', 'rye bread'],
  pinned: true,
  created: Date.UTC(2026, 0, 2, 3, 4, 5, 678),
  modified: Date.UTC(2026, 5, 7, 8, 9, 10, 11),
  metaChanged: Date.UTC(2026, 5, 7, 8, 9, 10, 11),
  revision: 3,
  size: 4,
};

async function contents(archive: Blob, limit = 1_000_000): Promise<Record<string, string | null>> {
  const found: Record<string, string | null> = {};
  for await (const { path, content } of unzipped(archive, () => limit)) {
    found[path] = content && new TextDecoder().decode(content);
  }
  return found;
}

describe('a note in a backup', () => {
  it('comes back as it was, whatever its text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => {
        const note = readBackedUpNote(markdownFile(META, text, true), 0);
        const { revision: _, size: __, metaChanged: ___, ...rest } = META;
        expect(note).toEqual({ ...rest, text });
      }),
      {
        examples: [
          [''],
          ['\n\n  first lines empty'],
          ['---\ntitle: own front matter\n---\n\nBody\n'],
          ['---\n'],
          ['findling: {}'],
        ],
      },
    );
  });

  it('points to its images again', () => {
    const id = 'a'.repeat(64);
    const text = readBackedUpNote(
      markdownFile(META, `![x](../attachments/${id}.png)`, true),
      0,
    )?.text;
    expect(text).toBe(`![x](attachment:${id})`);
  });

  it('is none when the file is of another making', () => {
    expect(readBackedUpNote('# Just Markdown', 0)).toBeNull();
    expect(readBackedUpNote(markdownFile(META, 'text'), 0)).toBeNull();
    for (const mark of ['{', '{}', '{"id":"../x","path":""}', '{"id":"x"}', '{"id":5,"path":""}']) {
      expect(readBackedUpNote(`---\nfindling: ${mark}\n---\n\ntext`, 0)).toBeNull();
    }
  });
});

describe('the archive', () => {
  const files = Array.from({ length: 120 }, (_, i) => ({
    path: `folder ${i % 3}/ñ${i}.md`,
    content: `text ${i} `.repeat(i * 40),
  }));

  it('gives back what was put in', async () => {
    const found = await contents(await zipped(files));
    expect(found).toEqual(Object.fromEntries(files.map(({ path, content }) => [path, content])));
  });

  it('holds no file beyond its limit, whatever it says of its size', async () => {
    const archive = await zipped([
      { path: 'bomb.md', content: '0'.repeat(20_000_000) },
      { path: 'small.md', content: 'fine' },
    ]);
    expect(archive.size).toBeLessThan(100_000);
    expect(await contents(archive)).toEqual({ 'bomb.md': null, 'small.md': 'fine' });
  });

  it('cut off anywhere, or no archive at all, it is refused', async () => {
    const archive = await zipped(files);
    const bytes = Buffer.from(await archive.arrayBuffer());
    const betweenTwo = bytes.indexOf('PK\x03\x04', Math.floor(archive.size / 2), 'latin1');
    for (const end of [0, 1, 30, Math.floor(archive.size / 3), betweenTwo, archive.size - 22]) {
      await expect(contents(archive.slice(0, end))).rejects.toMatchObject({ code: 'not-a-backup' });
    }
    await expect(contents(new Blob(['# Not a zip']))).rejects.toMatchObject({
      code: 'not-a-backup',
    });
  });
});

describe('restoring', () => {
  let notes: Notes;
  let time = 1_000;
  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    let serial = 0;
    notes = await createNotes('w', { now: () => time++, newId: () => `new-${serial++}` });
  });
  const restore = async (archive: Blob, signal = new AbortController().signal) => {
    const announced: string[] = [];
    const result = await restoreBackup(archive, {
      notes,
      announce: (ids) => announced.push(...ids),
      now: () => time,
      signal,
      onProgress: () => {},
    });
    return { ...result, announced };
  };
  const file = (id: string, text: string, modified: number) => ({
    path: `${id}.md`,
    content: markdownFile({ ...META, id, path: '', title: id, modified }, text, true),
  });

  it('adds what is missing, keeps both sides of what differs, and changes nothing twice', async () => {
    await notes.save({ id: 'here', title: 'here', text: 'changed here', baseRevision: 0 });
    await notes.save({ id: 'old', title: 'old', text: 'old here', baseRevision: 0 });
    await notes.save({ id: 'same', title: 'same', text: 'alike', baseRevision: 0 });
    await notes.save({ id: 'only', title: 'only', text: 'only here', baseRevision: 0 });
    const archive = await zipped([
      file('here', 'of the backup', 1),
      file('old', 'newer in the backup', 1e12),
      file('same', 'alike', 1),
      file('gone', 'not here any more', 1),
      { path: 'foreign.md', content: '# Foreign\n\nNo mark.' },
      { path: 'picture.exe', content: 'MZ' },
    ]);
    const first = await restore(archive);
    expect(first).toMatchObject({ added: 2, updated: 1, same: 1, kept: 1, stopped: null });
    expect(first.skipped).toEqual([
      { path: 'picture.exe', reason: 'Neither a note nor an image of a note' },
    ]);
    expect(first.announced.sort()).toEqual(['gone', 'new-0', 'old']);
    const text = async (id: string) => (await notes.get(id))?.text;
    expect(await text('here')).toBe('changed here');
    expect(await text('old')).toBe('newer in the backup');
    expect(await text('gone')).toBe('not here any more');
    expect(await text('only')).toBe('only here');
    expect((await notes.versions('here')).map((one) => one.text)).toEqual(['of the backup']);
    expect((await notes.versions('old')).map((one) => one.text)).toEqual(['old here']);
    const again = await restore(archive);
    expect(again).toMatchObject({ added: 0, updated: 0, same: 4, kept: 1, announced: [] });
    expect(await notes.versions('here')).toHaveLength(1);
    expect(await notes.list()).toHaveLength(6);
  });

  it('of a damaged archive keeps what could be read, and says so', async () => {
    const all = Array.from({ length: 60 }, (_, i) =>
      file(`n${i}`, `${i} ${Math.random()}`.repeat(50), 1),
    );
    const archive = await zipped(all);
    const { added, stopped } = await restore(archive.slice(0, Math.floor(archive.size / 2)));
    expect(stopped).toContain('a part of it is missing');
    expect(added).toBeGreaterThan(10);
    expect(await notes.list()).toHaveLength(added);
    expect(await restore(archive)).toMatchObject({ added: 60 - added, same: added, stopped: null });
  });

  it('cancelled, it stops, and goes on the next time', async () => {
    const archive = await zipped([file('a', 'text', 1)]);
    const stop = new AbortController();
    stop.abort();
    expect(await restore(archive, stop.signal)).toMatchObject({ cancelled: true, added: 0 });
    expect(await restore(archive)).toMatchObject({ cancelled: false, added: 1 });
  });
});
