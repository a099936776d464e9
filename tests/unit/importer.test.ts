import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Notes } from '../../src/storage/notes/index.ts';
import { formerNotes } from '../../src/ui/import/former-notes.ts';
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
  notes = await createNotes(`import-${++ids}`, { now: () => 1_000, newId: () => `n${++ids}` });
});
afterEach(() => notes.close());

const source = (path: string, content: string | Uint8Array<ArrayBuffer>): Source => ({
  path,
  file: new File([content], path.split('/').at(-1)!, { lastModified: 500 }),
});

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
      return text.includes('beside') ? ['read beside'] : undefined;
    };
    await run([source('a.md', 'beside [[one]]'), source('b.md', '[[two]]')], { linksOf });
    expect(asked.sort()).toEqual(['[[two]]', 'beside [[one]]']);
    const linking = async (title: string) =>
      (await notes.mayLinkTo({ id: 'x', title, path: '' })).map(({ path }) => path);
    expect(await linking('read beside')).toEqual(['a.md']);
    expect(await linking('one')).toEqual([]);
    expect(await linking('two')).toEqual(['b.md']);
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
      const kept = { keepImage: async ({ name }: File) => `attachment:${name}` };
      const image = source('x.png', new Uint8Array([1, 2, 3]));
      await run([source('x.md', '![a](x.png)'), image], kept);
      await edit('x', 'Now with a caption.\n\n![a](attachment:x.png)');
      const text = 'Now with a caption.\n\n![a](x.png)';
      const same = await run([source('x.md', text), image], kept);
      expect(same.skipped).toEqual([{ path: 'x.md', reason: SKIP.unchanged }]);
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
      source('empty.md', ''),
      source('blank.md', ' \n\t\n'),
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
      'empty.md': 'The file is empty',
      'blank.md': 'The file is empty',
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
  const keepImage = async (file: File) => `attachment:${file.name}-${file.size}`;

  it('are kept where a note shows them, and its links lead there', async () => {
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
        source('v/img/drawing.svg', '<svg/>'),
      ],
      { keepImage },
    );
    expect(result).toMatchObject({ imported: 1, images: 3 });
    expect(result.skipped).toEqual([
      { path: 'v/img/lonely.gif', reason: SKIP.image },
      { path: 'v/img/drawing.svg', reason: SKIP.type('.svg') },
    ]);
    expect((await noteAt('v/a.md')).text).toBe(
      [
        '![a](attachment:one.png-3) and ![b](attachment:two words.jpg-3 "title") and ![c](attachment:one.png-3)',
        '`![code](img/one.png)` ![gone](img/none.png) ![web](https://x.org/a.png)',
        '![ref][r]',
        '',
        '[r]: attachment:three.webp-3',
      ].join('\n'),
    );
    // The note's file alone is the same file: its images stay.
    const again = await run([source('v/a.md', text)]);
    expect(again.skipped).toEqual([{ path: 'v/a.md', reason: SKIP.unchanged }]);
  });
});

describe('a file that moved', () => {
  const former = async (all: ReadonlySet<string>) => formerNotes(await notes.list(), all);

  it('takes its note along', async () => {
    await run([source('v/a/x.md', 'One text'), source('v/y.md', 'Another')]);
    const { meta } = await noteAt('v/a/x.md');
    const result = await run([source('v/b/x.md', 'One text'), source('v/y.md', 'Another')], {
      former,
    });
    expect(result).toMatchObject({ imported: 1 });
    expect(result.remarks).toEqual([{ path: 'v/b/x.md', reason: MOVED }]);
    expect(await paths()).toEqual(['v/b/x.md', 'v/y.md']);
    expect((await noteAt('v/b/x.md')).meta).toMatchObject({ id: meta.id, revision: meta.revision });
    const again = await run([source('v/b/x.md', 'One text')], { former });
    expect(again.skipped).toEqual([{ path: 'v/b/x.md', reason: SKIP.unchanged }]);
  });

  it('is a copy where the other one is there too, or lies in another picked folder', async () => {
    await run([source('v/a/x.md', 'One text')]);
    await run([source('v/a/x.md', 'One text'), source('v/b/x.md', 'One text')], { former });
    await run([source('w/x.md', 'One text')], { former });
    expect(await paths()).toEqual(['v/a/x.md', 'v/b/x.md', 'w/x.md']);
  });

  it('is still known where the note was moved here', async () => {
    await run([source('v/x.md', '# One')]);
    const { meta } = await noteAt('v/x.md');
    await notes.update([{ id: meta.id, change: { path: 'mine/x.md' } }]);
    const same = await run([source('v/x.md', '# One')], { former });
    expect(same.skipped).toEqual([{ path: 'v/x.md', reason: SKIP.unchanged }]);
    const changed = await run([source('v/x.md', '# Two')], { former });
    expect(changed.imported).toBe(1);
    expect(await paths()).toEqual(['mine/x.md']);
    expect((await noteAt('mine/x.md')).text).toBe('# Two');
  });
});
