import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NoteMeta, Notes } from '../../src/storage/notes/index.ts';
import { watchMissing } from '../../src/ui/import/find-missing.ts';
import { importFiles } from '../../src/ui/import/importer.ts';
import { MOVED } from '../../src/ui/import/skip-words.ts';
import { type Source, unreadSource } from '../../src/ui/import/source.ts';
import { createNotes } from '../support/fresh.ts';

let notes: Notes;
let ids = 0;

beforeEach(async () => {
  notes = await createNotes(`missing-${++ids}`, { now: () => 1_000, newId: () => `n${++ids}` });
});
afterEach(() => notes.close());

const source = (path: string, text = `Text of ${path}.`): Source => ({
  path,
  file: new File([text], path.split('/').at(-1)!, { lastModified: text.length }),
});
const NAMES = ['a', 'b', 'c', 'd', 'e', 'f'];
const folder = (root = 'v') => NAMES.map((name) => source(`${root}/${name}.md`));
const without = (path: string, all = folder()) => all.filter((one) => one.path !== path);

async function take(sources: Source[], signal?: AbortSignal) {
  const after = await watchMissing(notes, sources);
  const result = await importFiles(sources, {
    ...{ notes, announce: () => {}, now: () => 0 },
    ...(signal && { signal }),
  });
  return { result, missing: await after(result) };
}
const at = async (path: string) => (await notes.list()).find((note) => note.path === path)!;
const files = (list: NoteMeta[] = []) => list.map((note) => note.importPath);

describe('notes whose files are not there any more', () => {
  it('are told after a whole import of their folder, and stay', async () => {
    expect((await take(folder())).missing).toBeNull();
    const { missing } = await take(without('v/c.md'));
    expect(missing).toMatchObject({ isUnsure: false });
    const [one] = missing!.folders;
    expect(one).toMatchObject({ root: 'v', former: 6, absent: 1, isDoubtful: false });
    expect(files(one?.gone)).toEqual(['v/c.md']);
    expect(one).toMatchObject({ withFolder: [], changed: [] });
    expect(await notes.total()).toBe(6);
  });

  it('are not told of another folder, of files alone, or of notes written here', async () => {
    await take(folder());
    await take([source('alone.md')]);
    await notes.save({ id: 'mine', title: 'x', text: 'x', path: 'v/mine.md', baseRevision: 0 });
    expect((await take([source('w/a.md')])).missing).toBeNull();
    expect((await take([source('other.md')])).missing).toBeNull();
    expect((await take(folder())).missing).toBeNull();
  });

  it('are not told where the import was cancelled', async () => {
    await take(folder());
    const stop = new AbortController();
    stop.abort();
    const { result, missing } = await take(without('v/c.md'), stop.signal);
    expect(result.cancelled).toBe(true);
    expect(missing).toBeNull();
  });

  const unreadable = source('v/a.md', 'A text of another length.');
  unreadable.file.arrayBuffer = () => Promise.reject(new DOMException('', 'NotReadableError'));
  it.each([
    ['a file', [unreadSource('v/c.md', 'file')]],
    ['a folder', [unreadSource('v/sub', 'folder')]],
    ['bytes', [unreadable]],
  ])('are not offered where %s could not be read', async (_, more) => {
    await take(folder());
    const rest = folder().filter(({ path }) => !['v/a.md', 'v/b.md', 'v/c.md'].includes(path));
    const { result, missing } = await take([...rest, ...more]);
    expect(missing?.isUnsure).toBe(true);
    expect(result.skipped.map(({ reason }) => reason).join()).toMatch(/could not be read/);
  });

  it('are none where a rule leaves the file out, or iCloud keeps it', async () => {
    await take(folder());
    await take([source('v/tmp.md')]);
    await take([source('v/x/Zoë.md'.normalize('NFD')), source('v/x/y.md')]);
    const now = [
      ...without('v/c.md'),
      ...['v/.c.md.icloud', 'v/tmp.md', 'v/x/Zoë.md'.normalize('NFC'), 'v/x/y.md'].map((path) =>
        source(path),
      ),
    ];
    expect((await take(now)).missing).toBeNull();
  });

  it('are apart where they were changed here, or their whole folder is not there', async () => {
    const deep = [source('v/deep/er/one.md'), source('v/deep/two.md'), ...folder('v/many')];
    await take([...folder(), ...deep]);
    const { id, title, revision } = await at('v/b.md');
    await notes.save({ id, title, text: 'Mine now.', baseRevision: revision });
    await notes.update([{ id: (await at('v/d.md')).id, change: { tags: ['kept'] } }]);
    const [one] = (await take([...folder('v/many'), ...folder().slice(4)])).missing!.folders;
    expect(files(one?.changed)).toEqual(['v/b.md', 'v/d.md']);
    expect(files(one?.gone)).toEqual(['v/a.md', 'v/c.md']);
    expect(files(one?.withFolder)).toEqual(['v/deep/er/one.md', 'v/deep/two.md']);
  });

  it.each([
    [1, 5, false],
    [2, 9, true],
    [2, 10, false],
    [1, 4, true],
  ])('are doubtful where more than a fifth is missing: %i of %i', async (gone, total, doubtful) => {
    const all = Array.from({ length: total }, (_, i) => source(`v/${i}.md`));
    await take(all);
    const [one] = (await take([...all.slice(gone), source('v/new.md')])).missing!.folders;
    expect(one?.isDoubtful).toBe(doubtful);
  });

  it('are none where the file only has another name: its note takes it', async () => {
    await take([...folder(), source('v/h.md', '---\ntitle: Own\n---\nIts own title.')]);
    const before = await at('v/c.md');
    const named = await at('v/d.md');
    await notes.save({ id: named.id, title: 'Mine', text: 'Text of v/d.md.', baseRevision: 1 });
    const typed = await at('v/e.md');
    await notes.save({ id: typed.id, title: 'e', text: 'Typed.', baseRevision: 1 });
    const now = [
      ...folder().filter(({ path }) => !['v/c.md', 'v/d.md', 'v/e.md'].includes(path)),
      source('v/new name.md', 'Text of v/c.md.'),
      source('v/other.md', 'Text of v/d.md.'),
      source('v/third.md', 'Text of v/e.md.'),
      source('v/fourth.md', '---\ntitle: Own\n---\nIts own title.'),
    ];
    const { result, missing } = await take(now);
    expect(missing).toBeNull();
    expect(result.remarks.map(({ reason }) => reason)).toEqual([MOVED, MOVED, MOVED, MOVED]);
    const [renamed, mine, edited] = await notes.metas([before.id, named.id, typed.id]);
    expect(renamed).toMatchObject({
      ...{ title: 'new name', formerTitles: ['c'], path: 'v/new name.md', revision: 2 },
      ...{ importedRevision: 2, modified: before.modified, created: before.created },
    });
    expect(mine).toMatchObject({ title: 'Mine', path: 'v/other.md' });
    expect(edited).toMatchObject({ title: 'third', formerTitles: ['e'], importedRevision: 1 });
    expect((await notes.get(typed.id))?.text).toBe('Typed.');
    expect((await at('v/fourth.md')).title).toBe('Own');
    // And again: nothing is left to do.
    const again = await take(now);
    expect(again.result.imported).toBe(0);
    // The next change of the file is no conflict.
    const next = now.map((one) =>
      one.path === 'v/new name.md' ? source(one.path, 'Newer text.') : one,
    );
    expect((await take(next)).result.imported).toBe(1);
  });
});
