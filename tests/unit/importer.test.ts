import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256 } from '../../src/sha256.ts';
import { databaseName } from '../../src/storage/db.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import {
  type ImporterDeps,
  type ImportProgress,
  importFiles,
} from '../../src/ui/import/importer.ts';
import { createPause } from '../../src/ui/import/pause.ts';
import { MOVED, SKIP } from '../../src/ui/import/skip-words.ts';
import type { Source } from '../../src/ui/import/source.ts';
import { createNotes } from '../support/fresh.ts';

let notes: Notes;
let ids = 0;
let announced: string[][] = [];

beforeEach(async () => {
  announced = [];
  contents.clear();
  notes = await createNotes(`import-${++ids}`, { now: () => 1_000, newId: () => `n${++ids}` });
});
afterEach(() => notes.close());

/** Of each path, what it held so far: other contents are written at another time. */
const contents = new Map<string, string[]>();
const source = (path: string, content: string | Uint8Array<ArrayBuffer>): Source => {
  const held = contents.get(path) ?? [];
  contents.set(path, held);
  if (!held.includes(String(content))) held.push(String(content));
  const lastModified = 500 + held.indexOf(String(content));
  return { path, file: new File([content], path.split('/').at(-1)!, { lastModified }) };
};

const run = (sources: Source[], more: Partial<ImporterDeps> = {}) =>
  importFiles(sources, {
    notes,
    announce: (changed) => announced.push(changed),
    now: () => performance.now(),
    ...more,
  });

const paths = async () => (await notes.list()).map(({ path }) => path).sort();

async function noteAt(path: string) {
  const meta = (await notes.list()).find((one) => one.path === path);
  return (await notes.get(meta!.id))!;
}

describe('importFiles', () => {
  it('imports a folder: titles, tags and dates', async () => {
    const result = await run([
      source('book/one.md', '# First chapter\n\ntext'),
      source(
        'book/two.markdown',
        '---\ntitle: Second\ntags: [a, b]\ncreated: 2020-01-02\n---\ntext',
      ),
      source('plain.txt', 'no heading'),
    ]);
    expect(result).toMatchObject({ imported: 3, skipped: [], cancelled: false, stopped: null });
    const { meta } = await noteAt('book/two.markdown');
    expect(meta).toMatchObject({ title: 'Second', tags: ['a', 'b'], modified: 500 });
    expect(new Date(meta.created).getFullYear()).toBe(2020);
    expect((await noteAt('book/one.md')).meta.title).toBe('one');
    expect((await noteAt('plain.txt')).meta.title).toBe('plain');
    expect(announced.flat()).toHaveLength(3);
  });

  it('takes the links that were read beside it, and reads them itself where they were not', async () => {
    const asked: string[] = [];
    const linksOf = async (text: string) => {
      asked.push(text);
      const said = { front: [], text: ['told'], properties: [] };
      return text.includes('beside') ? { links: ['read beside'], said } : undefined;
    };
    await run([source('a.md', 'beside [[one]]'), source('b.md', '[[two]]')], { linksOf });
    expect(asked.sort()).toEqual(['[[two]]', 'beside [[one]]']);
    const linking = async (title: string) =>
      (await notes.mayLinkTo({ id: 'x', title, path: '' })).map(({ path }) => path);
    expect(await linking('read beside')).toEqual(['a.md']);
    expect(await linking('one')).toEqual([]);
    expect(await linking('two')).toEqual(['b.md']);
    expect((await noteAt('a.md')).meta.tags).toEqual(['told']);
  });

  it('changes nothing when the same folder is imported again', async () => {
    const files = [source('a/x.md', '# X'), source('a/y.md', '# Y')];
    await run(files);
    const before = await notes.list();
    announced = [];
    const result = await run(files);
    expect(result.imported).toBe(0);
    expect(result.skipped).toEqual([
      { path: 'a/x.md', reason: SKIP.unchanged },
      { path: 'a/y.md', reason: SKIP.unchanged },
    ]);
    expect(await notes.list()).toEqual(before);
    expect(announced).toEqual([]);
  });

  it('updates in place what changed outside only', async () => {
    await run([source('x.md', '# X\none')]);
    const { meta } = await noteAt('x.md');
    const result = await run([source('x.md', '---\ntitle: X2\n---\ntwo')]);
    expect(result.imported).toBe(1);
    const now = await noteAt('x.md');
    expect(now.meta.id).toBe(meta.id);
    expect(now).toMatchObject({ text: '---\ntitle: X2\n---\ntwo', meta: { title: 'X2' } });
    expect(await notes.versions(meta.id)).toEqual([]);
  });

  it('leaves what changed in the app only', async () => {
    await run([source('x.md', '# X\none')]);
    const { meta } = await noteAt('x.md');
    await notes.save({ id: meta.id, title: 'X', text: 'mine', baseRevision: meta.revision });
    const result = await run([source('x.md', '# X\none')]);
    expect(result.skipped).toEqual([{ path: 'x.md', reason: SKIP['keep-app'] }]);
    expect((await noteAt('x.md')).text).toBe('mine');
  });

  describe('a file and a note that became the same', () => {
    const edit = async (title: string, text: string) => {
      const { meta } = await noteAt('x.md');
      await notes.save({ id: meta.id, title, text, baseRevision: meta.revision });
      return meta.id;
    };

    it('are unchanged, and the next change of the file is an update', async () => {
      await run([source('x.md', '# X\none')]);
      const id = await edit('X', '# X\ntwo');
      announced = [];
      const same = await run([source('x.md', '# X\ntwo')]);
      expect(same.skipped).toEqual([{ path: 'x.md', reason: SKIP.unchanged }]);
      expect(announced).toEqual([]);
      expect((await noteAt('x.md')).meta.revision).toBe(2);
      const next = await run([source('x.md', '# X\nthree')]);
      expect(next).toMatchObject({ imported: 1, skipped: [] });
      expect((await noteAt('x.md')).text).toBe('# X\nthree');
      expect(await notes.versions(id)).toEqual([]);
    });

    it('are so too where the note was changed and changed back', async () => {
      await run([source('x.md', '# X\none')]);
      await edit('X', 'something else');
      const id = await edit('X', '# X\none');
      const same = await run([source('x.md', '# X\none')]);
      expect(same.skipped).toEqual([{ path: 'x.md', reason: SKIP.unchanged }]);
      const next = await run([source('x.md', '# X\ntwo')]);
      expect(next).toMatchObject({ imported: 1, skipped: [] });
      expect(await notes.versions(id)).toEqual([]);
    });

    it('are so too where the file’s images were taken in', async () => {
      const id = 'a'.repeat(64);
      const kept = { keepImage: async () => id };
      const image = source('x.png', new Uint8Array([1, 2, 3]));
      await run([source('x.md', '![a](x.png)'), image], kept);
      await edit('x', `Now with a caption.\n\n![a](attachment:${id})`);
      const text = 'Now with a caption.\n\n![a](x.png)';
      const same = await run([source('x.md', text), image], kept);
      expect(same.skipped).toEqual([{ path: 'x.md', reason: SKIP.unchanged }]);
      expect((await noteAt('x.md')).text).toBe(text);
      const next = await run([source('x.md', `${text}\n\nMore.`), image], kept);
      expect(next).toMatchObject({ imported: 1, skipped: [] });
    });

    it('are a conflict where one has another title', async () => {
      await run([source('x.md', '---\ntitle: X\n---\none')]);
      const text = '---\ntitle: Z\n---\ntwo';
      const id = await edit('Y', text);
      const result = await run([source('x.md', text)]);
      expect(result.skipped).toEqual([{ path: 'x.md', reason: SKIP.conflict }]);
      expect(await notes.versions(id)).toMatchObject([{ title: 'Z', why: 'import-conflict' }]);
      expect((await noteAt('x.md')).meta.title).toBe('Y');
    });
  });

  it('keeps both where both sides changed, once', async () => {
    await run([source('x.md', '# X\none')]);
    const { meta } = await noteAt('x.md');
    await notes.save({ id: meta.id, title: 'X', text: 'mine', baseRevision: meta.revision });
    announced = [];
    const result = await run([source('x.md', '# X\ntheirs')]);
    expect(result.skipped).toEqual([{ path: 'x.md', reason: SKIP.conflict }]);
    expect((await noteAt('x.md')).text).toBe('mine');
    expect(await notes.versions(meta.id)).toMatchObject([
      { text: '# X\ntheirs', why: 'import-conflict' },
    ]);
    expect(announced).toEqual([[meta.id]]);
    await run([source('x.md', '# X\ntheirs')]);
    expect(await notes.versions(meta.id)).toHaveLength(1);
  });

  it('imports anew what was deleted here', async () => {
    await run([source('x.md', '# X')]);
    await notes.remove((await noteAt('x.md')).meta.id);
    expect((await run([source('x.md', '# X')])).imported).toBe(1);
  });

  it('numbers the same path within one run', async () => {
    const files = () => [
      source('a.md', 'one'),
      source('a.md', 'two'),
      source('a.md', 'three'),
      source('dir.v2/b', 'no extension'),
    ];
    const result = await run(files());
    expect(result.imported).toBe(3);
    expect(await paths()).toEqual(['a (2).md', 'a (3).md', 'a.md']);
    expect((await run(files())).imported).toBe(0);
  });

  it('names why a file was skipped', async () => {
    const huge = source('huge.md', 'x');
    Object.defineProperty(huge.file, 'size', { value: 60 * 1024 * 1024 });
    huge.file.arrayBuffer = () => Promise.reject(new Error('must not be read'));
    const gone = source('gone.md', 'x');
    gone.file.arrayBuffer = () => Promise.reject(new DOMException('', 'NotFoundError'));
    const longest = `${'d/'.repeat(2_046)}x.md`;
    expect(longest).toHaveLength(4_096);
    const result = await run([
      source('binary.md', new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0, 1, 2])),
      huge,
      gone,
      source('image.PNG', 'x'),
      source('.gitignore', 'x'),
      source(`d${longest}`, 'one byte more'),
      source(longest, 'fits'),
      source('fine.md', 'fine'),
    ]);
    expect(result.imported).toBe(2);
    const why = Object.fromEntries(result.skipped.map(({ path, reason }) => [path, reason]));
    expect(why).toEqual({
      'binary.md': 'This is not a text file',
      'huge.md': 'Too large: 60 MB (the limit is 10 MB)',
      'gone.md': SKIP.unreadable,
      'image.PNG': 'Not a note file (.png)',
      '.gitignore': 'Not a note file (no extension)',
      [`d${longest}`]: SKIP.path,
    });
  });

  it('says what it had to guess', async () => {
    const result = await run([
      source('latin.md', new Uint8Array([0x63, 0x61, 0x66, 0xe9])),
      source('yaml.md', '---\ntitle: [\n---\ntext'),
    ]);
    expect(result.imported).toBe(2);
    expect(result.remarks.map(({ path }) => path).sort()).toEqual(['latin.md', 'yaml.md']);
    expect((await noteAt('latin.md')).text).toBe('café');
  });

  it('never holds many files at once', async () => {
    let open = 0;
    let most = 0;
    const files = Array.from({ length: 200 }, (_, i) => {
      const one = source(`f${i}.md`, `note ${i}`);
      const readAll = one.file.arrayBuffer.bind(one.file);
      one.file.arrayBuffer = () => {
        most = Math.max(most, ++open);
        return readAll();
      };
      return one;
    });
    const write = notes.import;
    const sizes: number[] = [];
    const result = await run(files, {
      notes: {
        async import(batch, decide) {
          sizes.push(batch.length);
          const outcomes = await write(batch, decide);
          open -= batch.length;
          return outcomes;
        },
      },
    });
    expect(result.imported).toBe(200);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(16);
    expect(most).toBeLessThanOrEqual(2 * 16 + 4);
  });

  it('keeps what was imported when cancelled, and counts every file', async () => {
    const controller = new AbortController();
    const files = Array.from({ length: 100 }, (_, i) => source(`f${i}.md`, `note ${i}`));
    let last: ImportProgress | undefined;
    const result = await run(files, {
      signal: controller.signal,
      announce: () => controller.abort(),
      onProgress: (progress) => {
        last = progress;
      },
    });
    expect(result.cancelled).toBe(true);
    expect(result.imported).toBeGreaterThan(0);
    expect(result.imported).toBeLessThan(100);
    expect(result.imported + result.skipped.length).toBe(100);
    expect(await notes.list()).toHaveLength(result.imported);
    expect(last).toMatchObject({ done: 100, total: 100 });
  });

  it('keeps the others of a batch when one note cannot be stored', async () => {
    const files = Array.from({ length: 10 }, (_, i) => source(`f${i}.md`, `note ${i}`));
    const result = await run(files, {
      notes: {
        import: (batch, decide) =>
          batch.some(({ path }) => path === 'f4.md')
            ? Promise.reject(new Error('refused'))
            : notes.import(batch, decide),
      },
    });
    expect(result).toMatchObject({ imported: 9, stopped: null });
    expect(result.skipped).toEqual([{ path: 'f4.md', reason: SKIP.failed }]);
    expect(await paths()).toHaveLength(9);
  });

  it('stops with a sentence when storage is full, and names what is left', async () => {
    let batches = 0;
    const files = Array.from({ length: 60 }, (_, i) => source(`f${i}.md`, `note ${i}`));
    const result = await run(files, {
      notes: {
        import(batch, decide) {
          if (++batches > 1) throw new DOMException('no room', 'QuotaExceededError');
          return notes.import(batch, decide);
        },
      },
    });
    expect(result.stopped).toMatch(/^Storage is full/);
    expect(result.imported).toBe(16);
    expect(result.skipped).toHaveLength(44);
    expect(new Set(result.skipped.map(({ reason }) => reason))).toEqual(new Set([SKIP.stopped]));
  });
});

describe('a paused import', () => {
  it('writes nothing more until it is resumed, and loses nothing', async () => {
    const stop = createPause();
    const files = Array.from({ length: 200 }, (_, i) => source(`v/${i}.md`, `# Note ${i}`));
    let held = false;
    let ended = false;
    const running = run(files, {
      mayContinue: stop.passed,
      onProgress: ({ imported }) => {
        if (imported < 30 || held) return;
        held = true;
        stop.hold();
      },
    }).finally(() => {
      ended = true;
    });
    await expect.poll(() => held).toBe(true);
    // What was being written when it was held is written.
    await new Promise((go) => setTimeout(go, 100));
    const written = (await notes.list()).length;
    await new Promise((go) => setTimeout(go, 100));
    expect((await notes.list()).length).toBe(written);
    expect(written).toBeLessThan(200);
    expect(ended).toBe(false);
    stop.lift();
    expect(await running).toMatchObject({ imported: 200, skipped: [] });
    expect(await paths()).toHaveLength(200);
  });
});

describe('images of an imported folder', () => {
  const PIXEL = new Uint8Array([1, 2, 3]);
  const kept: string[] = [];
  const keepImage = async (file: File, type: string, path: string) => {
    const id = await sha256(await file.arrayBuffer());
    kept.push(path);
    const bytes = await file.arrayBuffer();
    await notes.addAttachment({ id, type, bytes, added: 1 }, { path, time: file.lastModified });
    return id;
  };
  beforeEach(() => kept.splice(0));

  it('are kept by their paths where a note shows them, and the text stays as it is', async () => {
    const text = [
      '![a](img/one.png) and ![b](<../v/img/two words.jpg> "title") and ![c](/img/one.png)',
      '`![code](img/one.png)` ![gone](img/none.png) ![web](https://x.org/a.png)',
      '![ref][r]',
      '',
      '[r]: img/three.webp',
    ].join('\n');
    const result = await run(
      [
        source('v/a.md', text),
        source('v/img/one.png', PIXEL),
        source('v/img/two words.jpg', PIXEL),
        source('v/img/three.webp', PIXEL),
        source('v/img/lonely.gif', PIXEL),
        source('v/img/drawing.ico', '<svg/>'),
      ],
      { keepImage },
    );
    expect(result).toMatchObject({ imported: 1, images: 3 });
    expect(result.skipped).toEqual([
      { path: 'v/img/lonely.gif', reason: SKIP.image },
      { path: 'v/img/drawing.ico', reason: SKIP.type('.ico') },
    ]);
    expect((await noteAt('v/a.md')).text).toBe(text);
    expect((await notes.files()).map(({ path, type, size }) => [path, type, size])).toEqual([
      ['v/img/one.png', 'image/png', 3],
      ['v/img/three.webp', 'image/webp', 3],
      ['v/img/two words.jpg', 'image/jpeg', 3],
    ]);
    // The note's file alone is the same file: its images stay.
    const again = await run([source('v/a.md', text)]);
    expect(again.skipped).toEqual([{ path: 'v/a.md', reason: SKIP.unchanged }]);
  });

  it('are kept where they are embedded by name, wherever they lie', async () => {
    const text = '![[one.png|200]] and ![[deep/two.png]]';
    const images = [source('v/img/one.png', PIXEL), source('v/x/deep/two.png', PIXEL)];
    const result = await run([source('v/a.md', text), ...images], { keepImage });
    expect(result).toMatchObject({ images: 2, skipped: [] });
    expect((await noteAt('v/a.md')).text).toBe(text);
  });

  it('are read again only where their size or time is another, and then take the place', async () => {
    const note = source('v/a.md', '![](one.png)');
    await run([note, source('v/one.png', PIXEL)], { keepImage });
    kept.splice(0);
    expect(await run([note, source('v/one.png', PIXEL)], { keepImage })).toMatchObject({
      images: 0,
      skipped: [{ path: 'v/a.md', reason: SKIP.unchanged }],
    });
    expect(kept).toEqual([]);
    const [before] = await notes.files();
    // The note's file is not read again; the image is.
    const other = new Uint8Array([4, 5, 6]);
    expect(await run([note, source('v/one.png', other)], { keepImage })).toMatchObject({
      images: 1,
    });
    const [after, ...more] = await notes.files();
    expect(more).toEqual([]);
    expect(after!.attachment).toBe(await sha256(other));
    expect(after!.attachment).not.toBe(before!.attachment);
  });

  it('that come later are taken in for notes that are not read again', async () => {
    const note = source('v/a.md', '![](one.png)');
    await run([note], { keepImage });
    const later = [note, source('v/one.png', PIXEL), source('v/lonely.png', PIXEL)];
    expect(await run(later, { keepImage })).toMatchObject({
      images: 1,
      skipped: [
        { path: 'v/a.md', reason: SKIP.unchanged },
        { path: 'v/lonely.png', reason: SKIP.image },
      ],
    });
  });
});

describe('a note that an earlier version imported', () => {
  const PIXEL = new Uint8Array([1, 2, 3]);
  const keepImage = async (file: File, type: string, path: string) => {
    const bytes = await file.arrayBuffer();
    const id = await sha256(bytes);
    await notes.addAttachment({ id, type, bytes, added: 1 }, { path });
    return id;
  };
  /** As that version left it: addresses replaced, a hash of the text, nothing of the file. */
  async function earlier(text: string, tags: string[], stored: string): Promise<string> {
    await run([source('v/x.md', text)]);
    const { meta } = await noteAt('v/x.md');
    const db = await openDB(databaseName(notes.workspace));
    const { hashKind: _, file: __, givenTags: ___, ...old } = await db.get('notes', meta.id);
    await db.put('notes', { ...old, tags, importHash: await sha256(text), size: stored.length });
    await db.put('bodies', { id: meta.id, text: stored });
    db.close();
    return meta.id;
  }
  const TEXT = '---\ntags: [a]\n---\n![x](<my one.png>) and ![](my%20one.png) and `my one.png`';
  const rewritten = (id: string) =>
    TEXT.replace('<my one.png>', `attachment:${id}`).replace('my%20one.png', `attachment:${id}`);

  it('gets its images’ addresses back, and is no other note for that', async () => {
    const id = await earlier(TEXT, ['a'], rewritten(await sha256(PIXEL)));
    const before = (await noteAt('v/x.md')).meta;
    announced = [];
    const all = [source('v/x.md', TEXT), source('v/my one.png', PIXEL)];
    const again = await run(all, { keepImage });
    expect(again.skipped).toEqual([{ path: 'v/x.md', reason: SKIP.unchanged }]);
    const { meta, text } = await noteAt('v/x.md');
    expect(text).toBe(TEXT);
    const { modified, metaChanged } = before;
    expect(meta).toMatchObject({ modified, metaChanged, revision: 2, importedRevision: 2 });
    expect(announced).toEqual([[id]]);
    expect(await notes.versions(id)).toEqual([]);
    const next = await run([source('v/x.md', `${TEXT}\n\nMore.`)], { keepImage });
    expect(next).toMatchObject({ imported: 1, skipped: [] });
  });

  it('keeps its images where they are not known', async () => {
    const stored = rewritten(await sha256(PIXEL));
    await earlier(TEXT, ['a'], stored);
    expect((await run([source('v/x.md', TEXT)], { keepImage })).skipped).toEqual([
      { path: 'v/x.md', reason: SKIP.unchanged },
    ]);
    expect((await noteAt('v/x.md')).text).toBe(stored);
  });

  it('gets them back in a text that was changed here, which stays so', async () => {
    const image = await sha256(PIXEL);
    const id = await earlier(TEXT, ['a'], rewritten(image));
    const { meta } = await noteAt('v/x.md');
    const text = `${rewritten(image)}\n\nMine.`;
    await notes.save({ id, title: meta.title, text, baseRevision: meta.revision });
    const all = [source('v/x.md', TEXT), source('v/my one.png', PIXEL)];
    expect((await run(all, { keepImage })).skipped).toEqual([
      { path: 'v/x.md', reason: SKIP['keep-app'] },
    ]);
    const now = await noteAt('v/x.md');
    expect(now.text).toBe(`${TEXT.replace('my%20one.png', '<my one.png>')}\n\nMine.`);
    expect(now.meta.importedRevision).toBe(1);
    const next = await run([source('v/x.md', `${TEXT}\n\nTheirs.`)], { keepImage });
    expect(next.skipped).toEqual([{ path: 'v/x.md', reason: SKIP.conflict }]);
  });

  it('keeps the tags that its file’s front matter does not hold', async () => {
    await earlier(TEXT, ['a', 'mine'], TEXT);
    await run([source('v/x.md', TEXT.replace('[a]', '[b]'))]);
    expect((await noteAt('v/x.md')).meta).toMatchObject({
      tags: ['b', 'mine'],
      givenTags: ['mine'],
    });
  });
});

describe('tags given here', () => {
  const text = (tags: string) => `---\ntags: [${tags}]\n---\ntext`;
  const give = async (tags: string[]) => {
    const { meta } = await noteAt('x.md');
    await notes.update([{ id: meta.id, change: { tags } }]);
  };

  it('stay when the file is changed, and those of the file follow it', async () => {
    await run([source('x.md', text('a, b'))]);
    await give(['a', 'b', 'mine']);
    await run([source('x.md', text('b, c'))]);
    expect((await noteAt('x.md')).meta).toMatchObject({
      ...{ tags: ['b', 'c', 'mine'], givenTags: ['mine'] },
    });
    await give(['b', 'c']);
    await run([source('x.md', text('c'))]);
    expect((await noteAt('x.md')).meta.tags).toEqual(['c']);
  });
});

describe('a file that was imported before', () => {
  it('is not read while its size and time are the same, but when all are checked', async () => {
    const files = Array.from({ length: 40 }, (_, i) => source(`v/${i}.md`, `text ${i}`));
    await run(files);
    let read = 0;
    for (const { file } of files) {
      const readAll = file.arrayBuffer.bind(file);
      file.arrayBuffer = () => {
        read++;
        return readAll();
      };
    }
    expect((await run(files)).skipped).toHaveLength(40);
    expect(read).toBe(0);
    const all = await run(files, { checkAll: true });
    expect([all.skipped.length, read]).toEqual([40, 40]);
    // Written at another time, it is read, and known from then on.
    const { file } = files[7]!;
    const touched = new File([await file.text()], file.name, { lastModified: 9_999 });
    const known = (await noteAt('v/7.md')).meta.file;
    await run([{ path: 'v/7.md', file: touched }]);
    expect((await noteAt('v/7.md')).meta.file).toEqual({ ...known, time: 9_999 });
  });
});

describe('a file that moved', () => {
  it('takes its note along', async () => {
    await run([source('v/a/x.md', 'One text'), source('v/y.md', 'Another')]);
    const { meta } = await noteAt('v/a/x.md');
    const result = await run([source('v/b/x.md', 'One text'), source('v/y.md', 'Another')]);
    expect(result).toMatchObject({ imported: 1 });
    expect(result.remarks).toEqual([{ path: 'v/b/x.md', reason: MOVED }]);
    expect(await paths()).toEqual(['v/b/x.md', 'v/y.md']);
    expect((await noteAt('v/b/x.md')).meta).toMatchObject({ id: meta.id, revision: meta.revision });
    const again = await run([source('v/b/x.md', 'One text')]);
    expect(again.skipped).toEqual([{ path: 'v/b/x.md', reason: SKIP.unchanged }]);
  });

  it('is a copy where the other one is there too, or lies in another picked folder', async () => {
    await run([source('v/a/x.md', 'One text')]);
    await run([source('v/a/x.md', 'One text'), source('v/b/x.md', 'One text')]);
    await run([source('w/x.md', 'One text')]);
    expect(await paths()).toEqual(['v/a/x.md', 'v/b/x.md', 'w/x.md']);
  });

  it('is still known where the note was moved here', async () => {
    await run([source('v/x.md', '# One')]);
    const { meta } = await noteAt('v/x.md');
    await notes.update([{ id: meta.id, change: { path: 'mine/x.md' } }]);
    const same = await run([source('v/x.md', '# One')]);
    expect(same.skipped).toEqual([{ path: 'v/x.md', reason: SKIP.unchanged }]);
    const changed = await run([source('v/x.md', '# Two')]);
    expect(changed.imported).toBe(1);
    expect(await paths()).toEqual(['mine/x.md']);
    expect((await noteAt('mine/x.md')).text).toBe('# Two');
  });
});
