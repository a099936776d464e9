/** Imported, then exported: the same bytes. */
import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IDBFactory } from 'fake-indexeddb';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/sha256.ts';
import { openArchive } from '../../src/ui/archive/unzip.ts';
import { exportBackup } from '../../src/ui/backup/backup.ts';
import { isManifest } from '../../src/ui/backup/backup-reader.ts';
import { notesAsFiles } from '../../src/ui/backup/export-markdown.ts';
import { restoreBackup } from '../../src/ui/backup/restore.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { encodeText } from '../../src/ui/import/encode.ts';
import { importFiles } from '../../src/ui/import/importer.ts';
import { SKIP } from '../../src/ui/import/skip-words.ts';
import type { Source } from '../../src/ui/import/source.ts';
import { importUnpacked } from '../../src/ui/import/unpacked.ts';
import { createNotes } from '../support/fresh.ts';

type Bytes = Uint8Array<ArrayBuffer>;
type Vault = Record<string, Bytes>;

let profile = 0;
/** A library of its own, as in another browser. */
async function library() {
  globalThis.indexedDB = new IDBFactory();
  let time = Date.UTC(2026, 5, 1);
  const prefix = `p${profile++}`;
  let serial = 0;
  const newId = () => `${prefix}-${serial++}`;
  const now = () => time++;
  const notes = await createNotes('w', { now, newId });
  const shared = { notes, announce: () => {} };
  const keepImage = async (file: File, type: string, path: string) => {
    const bytes = await file.arrayBuffer();
    const id = await sha256(bytes);
    await notes.addAttachment({ id, type, bytes, added: 1 }, { path, time: file.lastModified });
    return id;
  };
  const ctx = { notes, now } as AppContext;
  const { signal } = new AbortController();
  return {
    notes,
    importAll: (sources: Source[]) => importFiles(sources, { ...shared, now, keepImage }),
    importBackup: (sources: Source[]) => importUnpacked(sources, { ...shared, now, newId }),
    exportAll: async () => notesAsFiles(ctx, await notes.list()),
    backup: () => exportBackup(ctx, signal, () => {}),
    restore: (archive: Blob) =>
      restoreBackup(archive, { ...shared, now, newId, signal, onProgress: () => {} }),
    /** Everything that is stored of the notes, by id. */
    async contents() {
      const all = await Promise.all(
        (await notes.list()).map(async ({ id }) => {
          const { meta, text } = (await notes.get(id))!;
          const { revision: _, importedRevision, ...rest } = meta;
          const isUnchanged = importedRevision === meta.revision;
          return { ...rest, isUnchanged, text, original: await notes.original(id) };
        }),
      );
      const files = await notes.files();
      return JSON.parse(JSON.stringify([all.sort((a, b) => (a.id < b.id ? -1 : 1)), files]));
    },
  };
}

const sourcesOf = (vault: Vault): Source[] =>
  Object.entries(vault).map(([path, content]) => ({
    path,
    file: new File([content], path.split('/').at(-1)!, { lastModified: Date.UTC(2024, 1, 1) }),
  }));

async function unzipped(archive: Blob): Promise<Vault> {
  const opened = await openArchive(archive);
  const vault: Vault = {};
  for (const file of opened.files) vault[file.path] = (await opened.read(file, 1e9)) as Bytes;
  return vault;
}

/** Each file as text of one unit a byte: quickly compared, and shown where they differ. */
const shown = (vault: Vault): Record<string, string> =>
  Object.fromEntries(
    Object.entries(vault).map(([path, content]) => [path, Buffer.from(content).toString('latin1')]),
  );

const LINES = [
  '---',
  'title: Harbour times',
  'tags: [a, "b c"]',
  'tags:',
  '- one',
  'aliases: [x]',
  '# Heading',
  'Text with [[a link]] and ![](img/one.png)',
  '![[one.png|100]]',
  '- [ ] a task #tag',
  '> [!note] callout',
  '```js',
  '$x^2$',
  '| a | b |',
  '%%remark%%',
  '^block',
  'Grüße, “zitiert” für 5 €',
  '日本語 😀',
  '\ufeffmark within',
  'attachments/x.png',
  '  trailing  ',
  '',
];
const text = fc
  .array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\n', '\r\n', '\r', '\u2028')), {
    maxLength: 12,
  })
  .chain((lines) =>
    fc
      .constantFrom('\n', '\r\n', '\r', null)
      .map((end) => lines.map(([line, own]) => line + (end ?? own)).join('')),
  )
  .chain((whole) => fc.constantFrom(whole, whole.trimEnd()));
const content = fc.oneof(
  {
    weight: 6,
    arbitrary: fc
      .tuple(text, fc.constantFrom('utf-8', 'mark', 'utf-16le', 'utf-16be', 'windows-1252', 'cut'))
      .map(([whole, how]): Bytes => {
        const utf8 = new TextEncoder().encode(whole);
        if (how === 'mark') return new TextEncoder().encode(`\ufeff${whole}`);
        if (how === 'cut') return utf8.slice(0, -1);
        if (how === 'utf-8') return utf8;
        if (how === 'windows-1252') return encodeText(whole, { encoding: how }) ?? utf8;
        return encodeText(whole, { encoding: how as 'utf-16le', mark: true })!;
      }),
  },
  {
    weight: 1,
    arbitrary: fc
      .string({ unit: 'binary', maxLength: 60 })
      .map((one) => new TextEncoder().encode(one)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 40 }).map((one) => Uint8Array.from(one)) },
);
const name = fc.constantFrom('a.md', 'b.markdown', 'c.txt', 'D.MD', 'e.v2.md', 'ü.md', ' f .md');
const folder = fc.constantFrom('v/', 'v/deep/', 'v/deep/er/', 'v/ä b/');
const vaults = fc.array(fc.tuple(folder, name, content), { minLength: 1, maxLength: 6 });

/** Those that are taken in: others are none of a text. */
async function imported(all: [string, string, Bytes][]) {
  const vault: Vault = {};
  for (const [where, called, bytes] of all) vault[where + called] = bytes;
  const lib = await library();
  const result = await lib.importAll(sourcesOf(vault));
  for (const { path } of result.skipped) delete vault[path];
  return { lib, vault };
}

describe('a folder that is imported', () => {
  it('is exported as it was, to the byte', async () => {
    let files = 0;
    await fc.assert(
      fc.asyncProperty(vaults, async (all) => {
        const { lib, vault } = await imported(all);
        files += Object.keys(vault).length;
        const { files: exported, others } = await lib.exportAll();
        const out = Object.fromEntries(exported.map((one) => [one.path, one.content]));
        expect(shown(out)).toEqual(shown(vault));
        expect(others).toEqual([]);
        lib.notes.close();
      }),
      { numRuns: 150, seed: 321 },
    );
    expect(files).toBeGreaterThan(300);
  }, 120_000);

  it('comes out of a backup as it was, and a restore of it is the same library', async () => {
    await fc.assert(
      fc.asyncProperty(vaults, async (all) => {
        const { lib, vault } = await imported(all);
        if (Object.keys(vault).length === 0) return;
        const { archive } = await lib.backup();
        const out = await unzipped(archive);
        for (const path of Object.keys(out)) if (isManifest(path)) delete out[path];
        expect(shown(out)).toEqual(shown(vault));
        const before = await lib.contents();
        expect(await lib.restore(archive)).toMatchObject({ added: 0, updated: 0, kept: 0 });
        expect(await lib.contents()).toEqual(before);
        lib.notes.close();
        const other = await library();
        expect(await other.restore(archive)).toMatchObject({ skipped: [], remarks: [] });
        expect(await other.contents()).toEqual(before);
        other.notes.close();
      }),
      { numRuns: 60, seed: 322 },
    );
  }, 120_000);

  it('is so where it is a real one: the documents of this project', async () => {
    const vault: Vault = {};
    const walk = (path: string): void => {
      for (const entry of readdirSync(path, { withFileTypes: true })) {
        const at = join(path, entry.name);
        if (entry.isDirectory()) walk(at);
        else vault[at] = new Uint8Array(readFileSync(at));
      }
    };
    walk('docs');
    const lib = await library();
    const { imported: count, skipped } = await lib.importAll(sourcesOf(vault));
    expect(count).toBeGreaterThan(5);
    for (const { path } of skipped) delete vault[path];
    const out = await unzipped((await lib.backup()).archive);
    for (const path of Object.keys(vault))
      expect(Buffer.from(out[path]!).equals(vault[path]!)).toBe(true);
    lib.notes.close();
  });
});

describe('a text that was changed here', () => {
  const utf8 = (whole: string) => new TextEncoder().encode(whole);
  async function edited(bytes: Bytes, change: (was: string) => string) {
    const lib = await library();
    await lib.importAll(sourcesOf({ 'v/a.md': bytes }));
    const [note] = await lib.notes.list();
    const { meta, text: was } = (await lib.notes.get(note!.id))!;
    await lib.notes.save({ id: meta.id, title: meta.title, text: change(was), baseRevision: 1 });
    const { files, others } = await lib.exportAll();
    return { bytes: files[0]!.content, others };
  }

  it.each([
    ['UTF-8 with a mark and CRLF', { mark: true, lineEnds: 'crlf' }],
    ['UTF-16', { encoding: 'utf-16be', mark: true, lineEnds: 'crlf' }],
    ['Windows-1252 with CR', { encoding: 'windows-1252', lineEnds: 'cr' }],
  ] as const)('keeps its encoding, mark and line ends: %s', async (_name, facts) => {
    const made = await edited(encodeText('Käse\nfür 5 €\n', facts)!, (was) => `${was}und Brot\n`);
    const whole = encodeText('Käse\nfür 5 €\nund Brot\n', facts)!;
    expect(Buffer.from(made.bytes).equals(whole)).toBe(true);
    expect(made.others).toEqual([]);
  });

  it('is UTF-8 where its encoding has no sign for it, and that is said', async () => {
    const facts = { encoding: 'windows-1252', lineEnds: 'crlf' } as const;
    const made = await edited(encodeText('Käse\n', facts)!, (was) => `${was}日本\n`);
    expect(Buffer.from(made.bytes).toString()).toBe('Käse\r\n日本\r\n');
    expect(made.others).toEqual(['v/a.md']);
  });

  it('is UTF-16 where it holds half a character, which UTF-8 cannot', async () => {
    const made = await edited(utf8('a'), () => 'a\ud83db');
    expect(made.bytes).toEqual(encodeText('a\ud83db', { encoding: 'utf-16le', mark: true }));
    expect(made.others).toEqual(['v/a.md']);
  });

  it('has its line ends of several kinds no more, but those of the most', async () => {
    const made = await edited(utf8('a\r\nb\r\nc\n'), (was) => `${was}d\n`);
    expect(Buffer.from(made.bytes).toString()).toBe('a\r\nb\r\nc\r\nd\r\n');
  });
});

describe('what was set here', () => {
  const body = '---\nsource: grandfather\ntags:\n  - orchard\n---\nText.\n';
  it('is in the file, beside what stood there; the note has it as it was', async () => {
    const lib = await library();
    await lib.importAll(
      sourcesOf({
        'v/Pear.md': new TextEncoder().encode(body),
        'v/b.md': new TextEncoder().encode('b\r\n'),
      }),
    );
    for (const { id, tags } of await lib.notes.list()) {
      await lib.notes.update([{ id, change: { tags: [...tags, 'mine, too'], pinned: true } }]);
    }
    const { archive } = await lib.backup();
    const out = shown(await unzipped(archive));
    expect(out['v/Pear.md']).toBe(
      '---\nsource: grandfather\ntags: [orchard, "mine, too"]\npinned: true\n---\nText.\n',
    );
    expect(out['v/b.md']).toBe('---\r\ntags: ["mine, too"]\r\npinned: true\r\n---\r\nb\r\n');
    const before = await lib.contents();
    const other = await library();
    await other.restore(archive);
    expect(await other.contents()).toEqual(before);
  });

  it('is a title only where the file’s name does not say it', async () => {
    const lib = await library();
    const save = (title: string, whole: string) =>
      lib.notes.save({ id: title.replace(/\W/g, ''), title, text: whole, baseRevision: 0 });
    await save('Plain', 'Words.');
    await save('What? Why', 'Words.');
    const { files } = await lib.exportAll();
    const out = Object.fromEntries(
      files.map((one) => [one.path, Buffer.from(one.content).toString()]),
    );
    expect(out).toEqual({
      'Plain.md': 'Words.',
      'What Why.md': '---\ntitle: "What? Why"\n---\nWords.',
    });
  });
});

describe('a backup that was unpacked', () => {
  const PIXEL = Uint8Array.from([1, 2, 3]);
  async function unpacked() {
    const lib = await library();
    const { notes } = lib;
    await lib.importAll(
      sourcesOf({
        'v/a.md': new TextEncoder().encode('# A\r\n\r\n![](img/one.png)\r\n'),
        'v/img/one.png': PIXEL,
        'v/b.txt': new TextEncoder().encode('b'),
      }),
    );
    const pasted = await sha256(Uint8Array.from([9]));
    await notes.addAttachment({
      id: pasted,
      type: 'image/png',
      bytes: Uint8Array.from([9]).buffer,
      added: 1,
    });
    await notes.save({
      id: 'here',
      title: 'Here',
      text: `![x](attachment:${pasted})`,
      baseRevision: 0,
      tags: ['t'],
    });
    const vault = await unzipped((await lib.backup()).archive);
    const folder = Object.fromEntries(
      Object.entries(vault).map(([path, bytes]) => [`my backup/${path}`, bytes]),
    );
    return { lib, folder };
  }

  it('and is picked as a folder changes nothing', async () => {
    const { lib, folder } = await unpacked();
    expect(shown(folder)['my backup/Here.md']).toMatch(/!\[x\]\(attachments\/\w{64}\.png\)/);
    expect(shown(folder)['my backup/v/img/one.png']).toBe('\x01\x02\x03');
    const before = await lib.contents();
    const done = await lib.importBackup(sourcesOf(folder));
    expect(done).toMatchObject({ result: { imported: 0, remarks: [] }, others: [] });
    expect(new Set(done!.result.skipped.map(({ reason }) => reason))).toEqual(
      new Set([SKIP.unchanged]),
    );
    expect(await lib.contents()).toEqual(before);
    lib.notes.close();
    const other = await library();
    expect((await other.importBackup(sourcesOf(folder)))!.result.imported).toBe(3);
    expect(await other.contents()).toEqual(before);
  });

  it('takes what was changed in a file meanwhile, and what was put beside it', async () => {
    const { lib, folder } = await unpacked();
    folder['my backup/v/b.txt'] = new TextEncoder().encode('b, changed outside');
    folder['my backup/v/new.md'] = new TextEncoder().encode('new');
    const sources = sourcesOf(folder).map(({ path, file }) => ({
      path,
      file: new File([file], file.name, { lastModified: Date.UTC(2027, 1, 1) }),
    }));
    const done = await lib.importBackup(sources);
    expect(done!.result).toMatchObject({ imported: 2, remarks: [] });
    const texts = await Promise.all(
      (await lib.notes.list()).map(async ({ id }) => (await lib.notes.get(id))!),
    );
    const at = (path: string) => texts.find(({ meta }) => meta.path === path)!;
    expect(at('v/b.txt').text).toBe('b, changed outside');
    expect(at('v/new.md').text).toBe('new');
    expect(texts).toHaveLength(4);
  });
});
