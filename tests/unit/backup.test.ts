import 'fake-indexeddb/auto';
import { readFileSync } from 'node:fs';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { NoteMeta, Notes } from '../../src/storage/notes/index.ts';
import { zipped } from '../../src/ui/archive/zip.ts';
import { readBackedUpNote } from '../../src/ui/backup/read-note.ts';
import {
  compareBackup,
  type RestoreDeps,
  type RestoreResult,
  restoreBackup,
} from '../../src/ui/backup/restore.ts';
import { createNotes } from '../support/fresh.ts';
import { backupFile, markdownFile } from '../support/older-backup.ts';

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

describe('a note in a backup', () => {
  it('comes back as it was, whatever its text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme', maxLength: 300 }),
          // Halves of surrogate pairs too, which UTF-8 cannot hold.
          fc.string({
            unit: fc.constantFrom('a', '\n', '\ud83d', '\ude00', '\ufffd'),
            maxLength: 40,
          }),
        ),
        (text) => {
          const stored = new TextEncoder().encode(backupFile(META, text));
          const note = readBackedUpNote(new TextDecoder().decode(stored), 0);
          const { revision: _, size: __, ...rest } = META;
          expect(note).toEqual({ ...rest, text });
        },
      ),
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

  it('has the very title, tags and dates it had, however long or odd they are', () => {
    const tags = Array.from({ length: 5_000 }, (_, i) => ` tag, ${i}: #x “quoted” `);
    for (const title of [
      '  outer spaces ',
      '',
      'a\n---\nb',
      `${'long '.repeat(30_000)}`,
      'null',
      '12',
    ]) {
      const odd = { ...META, title, tags, pinned: false, path: ' a/../b: c.md ', created: -1 };
      const { revision: _, size: __, ...rest } = odd;
      const file = backupFile(odd, 'text');
      expect(file.indexOf('\n---\n\ntext')).toBeGreaterThan(64 * 1024);
      expect(readBackedUpNote(file, 0)).toEqual({ ...rest, text: 'text' });
    }
  });

  it('that somebody has edited is read as any Markdown file is', () => {
    const file = backupFile(META, 'text')
      .replace(/^title: .*$/m, 'title: Rye bread')
      .replace(/^tags: .*$/m, 'tags:\n  - rye\n  - oven');
    expect(readBackedUpNote(file, 0)).toMatchObject({
      id: META.id,
      title: 'Rye bread',
      tags: ['rye', 'oven'],
      pinned: true,
      modified: META.modified,
      text: 'text',
    });
  });

  it('points to its images again', () => {
    const id = 'a'.repeat(64);
    const text = readBackedUpNote(backupFile(META, `![x](../attachments/${id}.png)`), 0)?.text;
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

describe('restoring', () => {
  let notes: Notes;
  let time = 1_000;
  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    let serial = 0;
    notes = await createNotes('w', { now: () => time++, newId: () => `new-${serial++}` });
  });
  let announced: string[] = [];
  const deps = (signal = new AbortController().signal): RestoreDeps => ({
    notes,
    announce: (ids) => announced.push(...ids),
    now: () => time,
    newId: () => `made-${time++}`,
    signal,
    onProgress: () => {},
  });
  const restore = async (archive: Blob, signal?: AbortSignal) => {
    announced = [];
    return { ...(await restoreBackup(archive, deps(signal))), announced };
  };
  const compare = (archive: Blob) => compareBackup(archive, deps());
  const file = (id: string, text: string, modified: number, more: Partial<NoteMeta> = {}) => {
    const plain = { path: '', tags: [], pinned: false, created: 500, metaChanged: 500 };
    return {
      path: `${id}.md`,
      content: backupFile({ ...META, ...plain, id, title: id, modified, ...more }, text),
    };
  };
  const save = (id: string, text: string) =>
    notes.save({ id, title: id, text, baseRevision: 0 }).then(({ meta }) => meta);
  const versions = async (id: string) =>
    (await notes.versions(id)).map(({ id: _, note: __, at: ___, why: ____, ...rest }) => rest);

  it('adds what is missing, keeps both sides of what differs, and changes nothing twice', async () => {
    const here = await save('here', 'changed here');
    const old = await save('old', 'old here');
    const same = await save('same', 'alike');
    await save('only', 'only here');
    const archive = await zipped([
      file('here', 'of the backup', 1, { created: here.created }),
      file('old', 'newer in the backup', 1e12, { created: old.created }),
      file('same', 'alike', same.modified, { created: same.created }),
      file('gone', 'not here any more', 1),
      { path: 'foreign.md', content: '# Foreign\n\nNo mark.' },
      { path: 'picture.exe', content: 'MZ' },
    ]);
    const counted = await compare(archive);
    const first = await restore(archive);
    expect(first).toMatchObject({ added: 2, updated: 1, same: 1, kept: 1, stopped: null });
    const { announced: _, ...counts } = first;
    expect(counted).toEqual(counts);
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

  it('counts before anything is written', async () => {
    await save('here', 'changed here');
    const before = await notes.list();
    const archive = await zipped([file('here', 'of the backup', 1e12), file('new', 'text', 1)]);
    expect(await compare(archive)).toMatchObject({ added: 1, updated: 1, done: 2, total: 2 });
    expect(await notes.list()).toEqual(before);
    expect(await notes.versions('here')).toEqual([]);
  });

  it('takes tags, folder, pin and date of making by when they were changed, and keeps the other side', async () => {
    const theirs = { tags: ['theirs'], path: 'their folder/x.md', pinned: true, created: 7 };
    const cases: [string, number | undefined, 'updated' | 'kept'][] = [
      ['newer-there', 1e12, 'updated'],
      ['newer-here', 1, 'kept'],
      ['a-tie', -1, 'kept'],
      ['not-known', undefined, 'kept'],
    ];
    for (const [id, metaChanged, outcome] of cases) {
      const { created, modified } = await save(id, 'one text');
      await notes.update([{ id, change: { tags: ['ours'], path: 'our folder/x.md' } }]);
      const { meta: ours } = (await notes.get(id))!;
      const at = metaChanged === -1 ? ours.metaChanged : metaChanged;
      const archive = await zipped([
        file(id, 'one text', modified, { ...theirs, metaChanged: at }),
      ]);
      const result = await restore(archive);
      expect(result, id).toMatchObject({ added: 0, same: 0, [outcome]: 1 });
      const { meta } = (await notes.get(id))!;
      const won = outcome === 'updated';
      const sideOurs = { tags: ['ours'], path: 'our folder/x.md', pinned: false, created };
      expect(meta, id).toMatchObject(won ? { ...theirs, metaChanged: at } : sideOurs);
      // Nothing has to be embedded anew.
      expect(meta.revision).toBe(1);
      const lost = won ? sideOurs : theirs;
      expect(await versions(id)).toEqual([{ title: id, text: 'one text', modified, ...lost }]);
      // Once.
      await restore(archive);
      expect(await versions(id), id).toHaveLength(1);
    }
  });

  it.each([
    ['a tag', { tags: ['theirs'] }],
    ['the pin', { pinned: true }],
    ['the folder', { path: 'their folder/x.md' }],
    ['the date of making', { created: 7 }],
  ])('takes %s for a difference by itself, and restores it', async (_name, theirs) => {
    const { created, modified } = await save('one', 'one text');
    const archive = await zipped([
      file('one', 'one text', modified, { created, ...theirs, metaChanged: 1e12 }),
    ]);
    expect(await compare(archive)).toMatchObject({ updated: 1, same: 0 });
    await restore(archive);
    expect((await notes.get('one'))?.meta).toMatchObject({ modified, ...theirs });
    expect(await versions('one')).toHaveLength(1);
    expect(await restore(archive)).toMatchObject({ updated: 0, same: 1 });
  });

  it('takes the date of the last change for a difference, and the later one wins', async () => {
    for (const [id, later, outcome] of [
      ['there', true, 'updated'],
      ['here', false, 'kept'],
    ] as const) {
      const { created, modified } = await save(id, 'one text');
      const theirs = later ? modified + 60_000 : modified - 60_000;
      const archive = await zipped([file(id, 'one text', theirs, { created })]);
      expect(await restore(archive), id).toMatchObject({ same: 0, [outcome]: 1 });
      expect((await notes.get(id))?.meta.modified).toBe(later ? theirs : modified);
      expect((await versions(id)).map((one) => one.modified)).toEqual([later ? modified : theirs]);
    }
  });

  it('knows by when they were changed which tags are newer', async () => {
    const first = await save('one', 'one text');
    const [changed] = await notes.update([{ id: 'one', change: { tags: ['ours'] } }]);
    expect(changed?.after.metaChanged).toBeGreaterThan(first.metaChanged);
    // Backed up after the note was made, and before its tags were changed.
    const archive = await zipped([
      file('one', 'one text', first.modified, {
        created: first.created,
        tags: ['theirs'],
        metaChanged: first.metaChanged,
      }),
    ]);
    await restore(archive);
    expect((await notes.get('one'))?.meta.tags).toEqual(['ours']);
    // A new text is no change of the tags.
    const { meta } = await notes.save({ id: 'one', title: 'one', text: 'two', baseRevision: 1 });
    expect(meta.metaChanged).toBe(changed?.after.metaChanged);
  });

  it('keeps both when the text is newer there and the tags are newer here', async () => {
    const { created } = await save('both', 'our text');
    await notes.update([{ id: 'both', change: { tags: ['ours'] } }]);
    const archive = await zipped([
      file('both', 'their text', 1e12, { tags: ['theirs'], created, metaChanged: 1 }),
    ]);
    expect(await restore(archive)).toMatchObject({ updated: 1, announced: ['both'] });
    expect(await notes.get('both')).toMatchObject({
      text: 'their text',
      meta: { tags: ['ours'], modified: 1e12, revision: 2 },
    });
    expect((await versions('both')).map(({ text, tags }) => [text, tags])).toEqual([
      ['our text', ['ours']],
      ['their text', ['theirs']],
    ]);
  });

  it('of a note in the trash keeps what was written after the backup', async () => {
    await save('trashed', 'written since');
    await notes.remove('trashed');
    expect(await restore(await zipped([file('trashed', 'of the backup', 1)]))).toMatchObject({
      added: 1,
    });
    expect((await notes.get('trashed'))?.text).toBe('of the backup');
    expect((await versions('trashed')).map(({ text }) => text)).toEqual(['written since']);
    expect((await notes.get('trashed'))?.meta.revision).toBe(2);
  });

  it('keeps the others when one note cannot be stored', async () => {
    const archive = await zipped([
      file('a', 'text', 1),
      file('bad', 'text', 1),
      file('c', 'text', 1),
    ]);
    const { merge } = notes;
    notes.merge = (batch) =>
      batch.some(({ id }) => id === 'bad') ? Promise.reject(new Error('refused')) : merge(batch);
    const result = await restore(archive);
    expect(result).toMatchObject({ added: 2, stopped: null });
    expect(result.skipped).toEqual([{ path: 'bad.md', reason: 'This note could not be stored' }]);
    expect((await notes.list()).map(({ id }) => id).sort()).toEqual(['a', 'c']);
  });

  it('never lets one file of another making take the place of another', async () => {
    const first = await zipped([
      { path: 'notes/a.md', content: 'first' },
      { path: 'notes/b.md', content: 'second' },
      { path: '../out.md', content: 'outside' },
    ]);
    // Both by the same name: the library writes no such archive.
    const bytes = new Uint8Array(await first.arrayBuffer());
    for (
      let at = Buffer.from(bytes).indexOf('notes/b');
      at >= 0;
      at = Buffer.from(bytes).indexOf('notes/b', at)
    ) {
      bytes[at + 6] = 0x61;
    }
    const result = await restore(new Blob([bytes]));
    expect(result.skipped).toEqual([
      { path: 'notes/a.md', reason: 'Another file in the backup has the same name' },
      { path: '../out.md', reason: 'Its name leads out of the backup' },
    ]);
    const [only, ...others] = await notes.list();
    expect(others).toEqual([]);
    expect((await notes.get(only!.id))?.text).toBe('first');
  });

  it('brings back what the build before schema 6 backed up', async () => {
    const archive = new Blob([readFileSync('tests/fixtures/backups/schema-5.zip')]);
    expect(await restore(archive)).toMatchObject({ added: 4, skipped: [], stopped: null });
    const all = await Promise.all((await notes.list()).map(({ id }) => notes.get(id)));
    const found = Object.fromEntries(all.map((one) => [one!.meta.title, one!]));
    expect(found['  Harbour: “times”']).toMatchObject({
      text: 'The ferry leaves at nine.',
      meta: { id: 'beb7f94b-043b-4c55-a8b2-478542d18621', path: '', created: 1796050565456 },
    });
    expect(found.Sourdough).toMatchObject({
      meta: {
        path: 'vault/Kitchen/Sourdough.md',
        tags: ['bread', 'slow'],
        pinned: true,
        created: 1551398400000,
        modified: 1622887200000,
        metaChanged: 1622887200000,
      },
    });
    expect(found.Sourdough!.text).toMatch(
      /^---\ntags: \[bread, slow\]\n[\s\S]*!\[crust\]\(attachment:6b7fa434/,
    );
    const image = /attachment:([0-9a-f]{64})/.exec(found.Sourdough!.text)![1]!;
    expect((await notes.attachment(image))?.bytes.byteLength).toBe(70);
    expect(await restore(archive)).toMatchObject({ added: 0, same: 4, kept: 0 });
  });

  it('cut off, goes on from where it was', async () => {
    const all = Array.from({ length: 40 }, (_, i) => file(`n${i}`, `text ${i}`, 1));
    const archive = await zipped(all);
    const stop = new AbortController();
    let written: Partial<RestoreResult> = {};
    const cut = await restoreBackup(archive, {
      ...deps(stop.signal),
      onWritten: ({ done, added }) => {
        written = { done, added };
        if (done >= 20) stop.abort();
      },
    });
    expect(cut).toMatchObject({ cancelled: true, done: 32 });
    expect(await notes.list()).toHaveLength(32);
    const seen: number[] = [];
    const rest = await restoreBackup(
      archive,
      { ...deps(), onProgress: (done) => seen.push(done) },
      written,
    );
    expect(rest).toMatchObject({ added: 40, same: 0, done: 40, total: 40 });
    expect(seen[0]).toBe(33);
    expect(await notes.list()).toHaveLength(40);
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
