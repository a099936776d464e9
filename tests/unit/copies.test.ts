import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it } from 'vitest';
import { copyNameOf } from '../../src/copy-names.ts';
import { mayBeCopy } from '../../src/may-be-copy.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { exportBackup } from '../../src/ui/backup/backup.ts';
import { notesAsFiles } from '../../src/ui/backup/export-markdown.ts';
import { compareBackup, restoreBackup } from '../../src/ui/backup/restore.ts';
import { exactCopies } from '../../src/ui/copies/exact-copies.ts';
import { copiesAmong, isNear } from '../../src/ui/copies/find-copies.ts';
import { lineDifferences } from '../../src/ui/copies/line-differences.ts';
import { copyIds } from '../../src/ui/copies/list-marks.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { importFiles } from '../../src/ui/import/importer.ts';
import { SKIP } from '../../src/ui/import/skip-words.ts';
import type { Source } from '../../src/ui/import/source.ts';
import { createNotes } from '../support/fresh.ts';

describe('the name of a conflict copy', () => {
  it.each([
    ['v/Tea (conflicted copy 2024-03-05).md', 'v/Tea.md', 'sure'],
    ["v/Tea (Ann's conflicted copy 2024-03-05).md", 'v/Tea.md', 'sure'],
    ["v/Tea (Ann Lee's Mac's conflicted copy 2024-03-05 (1)).md", 'v/Tea.md', 'sure'],
    ['v/Tea (Conflicted copy laptop 202403051010).md', 'v/Tea.md', 'sure'],
    ['v/Tea.sync-conflict-20240306-101010-ABCDEFG.md', 'v/Tea.md', 'sure'],
    ['v/Tea (2) (conflicted copy 2024-03-05).txt', 'v/Tea (2).txt', 'sure'],
    ['v/Tee (In Konflikt stehende Kopie von Anna 2024-03-05).md', 'v/Tee.md', 'said'],
    ['v/Tea_conflict-20240305-101010.md', 'v/Tea.md', 'said'],
    ['v/v1.2 plan 2.md', 'v/v1.2 plan.md', 'number'],
    ['Tea (1).md', 'Tea.md', 'number'],
  ])('%s', (path, base, kind) => {
    expect(copyNameOf(path)).toEqual({ base, kind });
    expect(mayBeCopy({ path })).toBe(true);
  });

  it.each([
    'v/Conflict resolution.md',
    'v/2.md',
    'v/Chapter 12.md',
    'v/2024-03-05.md',
    'v/A conflicted copy.md',
    'v/sync-conflict.md',
    `v/${'a ('.repeat(100_000)}.md`,
  ])('is none: %s', (path) => expect(copyNameOf(path)).toBeNull());
});

describe('two texts', () => {
  it('are near where most of their words are the same', () => {
    expect(isNear('one two three four five', 'one two three four six')).toBe(true);
    expect(isNear('one two three', 'quite another text')).toBe(false);
    expect(isNear('', '')).toBe(true);
  });

  const drawn = (a: string, b: string) =>
    lineDifferences(a, b).map(
      ({ kind, text, part }) =>
        `${{ same: '=', here: '-', there: '+' }[kind]}${part ? `${text.slice(0, part[0])}«${text.slice(...part)}»${text.slice(part[1])}` : text}`,
    );
  it.each([
    ['a\nb\nc', 'a\nc', ['=a', '-b', '=c']],
    ['a\nc', 'a\nb\nc', ['=a', '+b', '=c']],
    ['x\ny', 'x\ny', ['=x', '=y']],
    ['it is nine today', 'it is ten today', ['-it is «nine» today', '+it is «ten» today']],
    ['nine', 'ninety', ['-nine', '+ninety']],
    ['', 'new', ['-', '+new']],
  ])('differ: %j %j', (a, b, lines) => expect(drawn(a, b)).toEqual(lines));

  it('give both back, however they differ', () => {
    const lines = (seed: number) =>
      Array.from({ length: 3_000 }, (_, i) => `line ${(i * seed) % 97}`).join('\n');
    for (const [a, b] of [
      [lines(3), lines(5)],
      ['a\nb\nc\nd', 'd\nc\nb\na'],
    ] as const) {
      const all = lineDifferences(a, b);
      const of = (kind: string) => all.filter((one) => one.kind === 'same' || one.kind === kind);
      const join = (some: typeof all) => some.map(({ text }) => text).join('\n');
      expect(join(of('here'))).toBe(a);
      expect(join(of('there'))).toBe(b);
    }
  });
});

const source = (path: string, text: string): Source => ({
  path,
  file: new File([text], path.split('/').at(-1)!, { lastModified: text.length }),
});
const COPY = 'v/Tea (conflicted copy 2024-03-05).md';
const SYNC = 'v/Tea.sync-conflict-20240306-101010-ABCDEFG.md';
const VAULT = [
  source('v/Tea.md', 'Water of ninety degrees, three minutes.'),
  source(COPY, 'Water of eighty degrees, three minutes.\r\nStir.'),
  source(SYNC, 'Water of ninety degrees, three minutes.'),
  source('v/Tea 2.md', 'Water of ninety degrees, four minutes.'),
  source('v/Bread.md', 'Flour and salt.'),
  source('v/Bread 2.md', 'The second volume speaks of ovens.'),
  source('v/Lone (conflicted copy 2024-03-05).md', 'Nobody has the note of it.'),
];

let ids = 0;
async function fresh() {
  globalThis.indexedDB = new IDBFactory();
  const notes = await createNotes('w', { now: () => 5_000, newId: () => `n${++ids}` });
  const made = new Set<string>();
  const take = (sources: readonly Source[]) =>
    importFiles([...sources], {
      ...{ notes, now: () => 0 },
      announce(changed) {
        for (const id of changed) made.add(id);
      },
    });
  const deps = {
    ...{ notes, announce: () => {}, now: () => 5_000, newId: () => `n${++ids}` },
    signal: new AbortController().signal,
    onProgress: () => {},
  };
  return { notes, made, take, deps };
}
const noteAt = async (notes: Notes, path: string) =>
  (await notes.list()).find((note) => note.importPath === path)!;
const paths = async (notes: Notes) =>
  (await notes.list()).map(({ importPath }) => importPath).sort();

describe('conflict copies', () => {
  let here: Awaited<ReturnType<typeof fresh>>;
  beforeEach(async () => {
    here = await fresh();
    await here.take(VAULT);
  });
  const accept = async (path: string) => {
    const [copy, base] = [await noteAt(here.notes, path), await noteAt(here.notes, 'v/Tea.md')];
    const one = { note: copy.id, revision: copy.revision, base: base.id };
    return { one, copy, base, kept: await here.notes.acceptCopies([one]) };
  };

  it('are notes, marked where their note is there and a bare number is near', async () => {
    const { notes } = here;
    const all = await notes.list();
    expect(all).toHaveLength(7);
    const marked = await copyIds(here, all);
    const named = all.filter(({ id }) => marked.has(id)).map(({ importPath }) => importPath);
    expect(named.sort()).toEqual([COPY, 'v/Tea 2.md', SYNC].sort());
    const copyOfCopy = [...all, { ...all[0]!, id: 'x', importPath: COPY.replace('.md', ' 2.md') }];
    expect(copiesAmong(copyOfCopy).find(({ note }) => note.id === 'x')?.base.importPath).toBe(
      'v/Tea.md',
    );
  });

  it('become a version by themselves only where they are the same and nothing leads there', async () => {
    const { notes, made, take } = here;
    expect((await exactCopies(notes, made)).map(({ path }) => path)).toEqual([SYNC]);
    // One that was here before this import is left alone.
    expect(await exactCopies(notes, new Set())).toEqual([]);
    await take([source('v/Link.md', `See [[${SYNC.slice(2, -3)}]].`)]);
    expect(await exactCopies(notes, made)).toEqual([]);
  });

  it('never where they are empty', async () => {
    const { notes, made, take } = await fresh();
    await take([source('v/E.md', ' \n'), source('v/E (conflicted copy 2024-03-05).md', ' \n')]);
    expect(await exactCopies(notes, made)).toEqual([]);
  });

  it('are kept as versions, do not come back, and are notes again by one press', async () => {
    const { notes, take } = here;
    const { one, copy, base, kept } = await accept(COPY);
    expect(kept).toEqual([one]);
    expect(await paths(notes)).not.toContain(COPY);
    const [version] = await notes.versions(base.id);
    expect(version).toMatchObject({ why: 'copy', title: copy.title, copy: { id: copy.id } });
    expect((await notes.metas([base.id]))[0]).toMatchObject({ revision: base.revision });
    const again = await take(VAULT);
    expect(again.imported).toBe(0);
    expect(again.skipped).toContainEqual({ path: COPY, reason: SKIP.copy('Tea') });
    expect((await notes.releaseCopies([one])).map(({ id }) => id)).toEqual([copy.id]);
    expect(await notes.versions(base.id)).toEqual([]);
    expect((await notes.metas([base.id]))[0]).toEqual(base);
    expect((await take(VAULT)).imported).toBe(0);
    expect(await paths(notes)).toContain(COPY);
  });

  it('come in anew where their file has another text', async () => {
    await accept(COPY);
    const next = VAULT.map((one) => (one.path === COPY ? source(COPY, 'Cold brew.') : one));
    expect((await here.take(next)).imported).toBe(1);
  });

  it('stay where they were changed since they were seen', async () => {
    const { notes } = here;
    const copy = await noteAt(notes, COPY);
    await notes.save({ id: copy.id, title: copy.title, text: 'Mine.', baseRevision: 1 });
    const base = await noteAt(notes, 'v/Tea.md');
    expect(await notes.acceptCopies([{ note: copy.id, revision: 1, base: base.id }])).toEqual([]);
    expect((await notes.get(copy.id))?.text).toBe('Mine.');
  });

  it('are never pruned', async () => {
    const { base } = await accept(COPY);
    let time = 5_000;
    const notes = await createNotes('w', { now: () => time, newId: () => 'x' });
    for (let revision = 1; revision < 60; revision++) {
      time += 40 * 24 * 60 * 60_000;
      await notes.save({ id: base.id, title: 'Tea', text: `${revision}`, baseRevision: revision });
    }
    const kept = await notes.versions(base.id);
    expect(kept.filter(({ why }) => why === 'copy')).toHaveLength(1);
    expect(kept.length).toBeLessThan(30);
    notes.close();
  });

  it('are in a backup and in an export, and versions again after a restore', async () => {
    const { copy, base } = await accept(COPY);
    const { notes, deps } = here;
    const ctx = { notes } as AppContext;
    const { archive, notes: total } = await exportBackup(ctx, deps.signal, () => {});
    expect(total).toBe(6);
    const files = await notesAsFiles(ctx, [base]);
    expect(files.files.map(({ path }) => path)).toEqual(['v/Tea.md', COPY]);
    expect(new TextDecoder().decode(files.files[1]?.content)).toBe(
      'Water of eighty degrees, three minutes.\r\nStir.',
    );
    // Here: nothing is to be done.
    expect(await compareBackup(archive, deps)).toMatchObject({ added: 0, updated: 0, same: 7 });
    expect(await restoreBackup(archive, deps)).toMatchObject({ added: 0, same: 7 });
    expect(await notes.versions(base.id)).toHaveLength(1);
    // Elsewhere.
    const other = await fresh();
    await restoreBackup(archive, other.deps);
    expect(await other.notes.total()).toBe(6);
    const [version] = await other.notes.versions(base.id);
    expect(version).toMatchObject({ why: 'copy', copy: { id: copy.id }, title: copy.title });
    expect((await other.take(VAULT)).imported).toBe(0);
    other.notes.close();
  });
});
