import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import type { ImportedFile, Notes } from '../../src/storage/notes/index.ts';
import { wasTitleBefore } from '../../src/storage/notes/titles-before.ts';
import { importFiles } from '../../src/ui/import/importer.ts';
import { decide } from '../../src/ui/import/plan.ts';
import { SKIP } from '../../src/ui/import/skip-words.ts';
import { createNotes } from '../support/fresh.ts';
import { putStored, readStored } from '../support/stored.ts';

let notes: Notes;
let serial = 0;
let workspace: string;

beforeEach(async () => {
  workspace = `names${++serial}`;
  notes = await createNotes(workspace, { now: () => ++serial, newId: () => `n${++serial}` });
});

/** As an earlier version imported it: under its first heading. */
const asBefore = (path: string, title: string, text: string): ImportedFile => ({
  path,
  title,
  text,
  hash: `hash of ${text}`,
  textHash: `hash of ${text}`,
  tags: [],
  file: {},
  modified: 5,
});
const add = async (...files: ImportedFile[]) =>
  (await notes.import(files, decide)).map(({ id, decision }) => [id, decision] as const);
const one = async (...[path, title, text]: Parameters<typeof asBefore>): Promise<string> =>
  (await add(asBefore(path, title, text)))[0]![0];
const meta = async (id: string) => (await notes.get(id))!.meta;
const database = () => openDB(databaseName(workspace));

/** All steps. @returns ids of the notes that it changed */
async function run(by: Notes = notes): Promise<string[]> {
  const names = await by.fileNames();
  const changed: string[] = [];
  for (;;) {
    const step = await names.step();
    changed.push(...step.changed);
    if (step.state.state === 'named' || step.state.state === 'undone') return changed;
  }
}

describe('a note that an earlier version imported', () => {
  it('gets the name of its file, and keeps its title as a former one', async () => {
    const id = await one('v/Refunds.md', 'Ask for one', 'Text.\n\n## Ask for one\n');
    const { title: _, ...old } = await meta(id);
    await (await database()).clear('pending');
    expect(await run()).toEqual([id]);
    expect(await meta(id)).toEqual({
      ...old,
      title: 'Refunds',
      formerTitles: ['Ask for one'],
      revision: 2,
      importedRevision: 2,
    });
    // The title is embedded.
    expect(await (await database()).getAll('pending')).toMatchObject([{ note: id, revision: 2 }]);
    expect(await (await notes.fileNames()).state()).toMatchObject({ state: 'named', renamed: 1 });
    // The same file again, and then a changed one.
    const file = asBefore('v/Refunds.md', 'Refunds', 'Text.\n\n## Ask for one\n');
    expect(await add(file)).toEqual([[id, 'unchanged']]);
    expect(await add(asBefore('v/Refunds.md', 'Refunds', 'New.'))).toEqual([[id, 'update']]);
  });

  it('keeps a title that somebody gave it, and one that is right', async () => {
    const own = await one('v/a.md', 'Heading', '# Heading\n\ntext');
    await notes.save({ id: own, title: 'Mine', text: '# Heading\n\ntext', baseRevision: 1 });
    const given = await one('v/b.md', 'Given', '---\ntitle: Given\n---\n\n# Other');
    const same = await one('v/leek-soup.md', 'Leek soup', '# Leek soup');
    const index = await one('v/index.md', 'Overview', '# Overview');
    expect(await run()).toEqual([]);
    expect((await meta(own)).title).toBe('Mine');
    for (const id of [given, same, index]) expect((await meta(id)).revision).toBe(1);
  });

  it('is known by its oldest text, where it was written in since', async () => {
    const id = await one('v/a.md', 'Heading', '# Heading\n\ntext');
    // Long after, so that what was imported becomes a version.
    serial += 60 * 60_000;
    await notes.save({ id, title: 'Heading', text: '# Other\n\ntext', baseRevision: 1 });
    const edited = await meta(id);
    await run();
    const now = await meta(id);
    expect(now).toMatchObject({ title: 'a', revision: 3, modified: edited.modified });
    // It had been changed here, and counts so still.
    expect(now.importedRevision).toBe(1);
    expect(await add(asBefore('v/a.md', 'a', 'New.'))).toEqual([[id, 'conflict']]);
  });

  it('is renamed in the trash, too, and by the path of its file', async () => {
    const gone = await one('v/gone.md', 'Heading', '# Heading');
    await notes.remove(gone);
    const moved = await one('v/moved.md', 'Heading', '# Heading');
    await notes.update([{ id: moved, change: { path: 'elsewhere/other.md' } }]);
    await run();
    expect((await meta(moved)).title).toBe('moved');
    expect((await notes.restore(gone))!.title).toBe('gone');
  });

  it('keeps its undo history, which is of its text', async () => {
    const id = await one('v/a.md', 'Heading', '# Heading');
    await notes.keepUndo({ note: id, revision: 1, json: '{}' });
    await run();
    expect(await notes.undo(id)).toEqual({ note: id, revision: 2, json: '{}' });
  });
});

describe('a note written here', () => {
  it('is never renamed, wherever it lies', async () => {
    const text = 'Text.\n\n# Heading\n';
    await notes.save({ id: 'w', title: 'Heading', text, baseRevision: 0, path: 'a/b.md' });
    expect(await run()).toEqual([]);
    expect((await meta('w')).title).toBe('Heading');
  });
});

it('aliases of notes stored before are read, without another revision', async () => {
  const text = '---\naliases: [WHO]\n---\n';
  await notes.save({ id: 'w', title: 'Health', text, baseRevision: 0 });
  const { aliases: _, ...old } = await meta('w');
  await (await database()).put('notes', old);
  expect(await run()).toEqual(['w']);
  expect(await meta('w')).toEqual({ ...old, aliases: ['WHO'] });
});

describe('taking the names back', () => {
  it('gives every former title, and nothing renames them again but the person', async () => {
    const ids = await Promise.all(
      Array.from({ length: 250 }, (_, i) => one(`v/${i}.md`, `Heading ${i}`, `# Heading ${i}\n`)),
    );
    await run();
    const theirs = await meta(ids[7]!);
    await notes.save({ id: theirs.id, title: 'Mine', text: '# Heading 7\n', baseRevision: 2 });
    const all = async () => (await notes.list()).map(({ title }) => title).sort();
    const named = await all();
    expect(named).toContain('249');

    const names = await notes.fileNames();
    await names.turn('undoing');
    // Cut off by the end of the page; the next one goes on.
    await names.step();
    notes.close();
    notes = await createNotes(workspace, { now: () => ++serial, newId: () => `n${++serial}` });
    await run();
    expect(await meta(ids[8]!)).toMatchObject({
      title: 'Heading 8',
      keepsTitle: true,
      revision: 3,
      importedRevision: 3,
    });
    expect((await meta(ids[8]!)).formerTitles).toBeUndefined();
    expect((await meta(theirs.id)).title).toBe('Mine');
    expect((await all()).filter((title) => title.startsWith('Heading'))).toHaveLength(249);

    expect(await run()).toEqual([]);
    // Nor does an import.
    expect(await add(asBefore('v/8.md', '8', '# Heading 8\n'))).toEqual([[ids[8], 'unchanged']]);
    expect(await add(asBefore('v/8.md', '8', 'New.'))).toEqual([[ids[8], 'update']]);
    expect((await meta(ids[8]!)).title).toBe('Heading 8');
    await (await notes.fileNames()).turn('naming');
    await run();
    expect(await meta(ids[9]!)).toMatchObject({ title: '9', formerTitles: ['Heading 9'] });
    expect(await meta(ids[9]!)).not.toHaveProperty('keepsTitle');
  });

  it('finds nothing of a note that was deleted for good', async () => {
    const id = await one('v/secret.md', 'Zanzibarite', '# Zanzibarite');
    await run();
    await notes.remove(id);
    const deleted = await notes.deleted();
    await deleted.purge(await deleted.list());
    const kept = await (await database()).getAll('kv');
    expect(JSON.stringify(kept)).not.toContain('Zanzibarite');
    await (await notes.fileNames()).turn('undoing');
    expect(await run()).toEqual([]);
  });
});

it('a vault of 1,067 notes: renamed, taken back, renamed again; the same folder again is no news', async () => {
  /** A file, and what it was called before. */
  const kinds = (i: number): [path: string, title: string, text: string][] => [
    [`v/Note ${i}.md`, `Part ${i}`, `Text.\r\n\r\n### Part ${i}\r\n`],
    [`v/daily/2024-01-${i}.md`, 'Log', '## Log\n\n- up early'],
    [`v/same-words-${i}.md`, `Same words ${i}`, `# Same words ${i}\n`],
    [`v/given ${i}.md`, `Given ${i}`, `---\ntitle: Given ${i}\naliases: [g${i}]\n---\n# No`],
    [`v/${i}/README.md`, `Overview ${i}`, `# Overview ${i}\n`],
    [`v/plain ${i}.txt`, `plain ${i}`, 'only text'],
  ];
  const files = Array.from({ length: 178 }, (_, i) => kinds(i))
    .flat()
    .slice(0, 1_067);
  const imports = () =>
    importFiles(
      files.map(([path, , text]) => ({ path, file: new File([text], path.split('/').at(-1)!) })),
      { notes, announce: () => {}, now: () => performance.now() },
    );
  expect((await imports()).imported).toBe(1_067);
  // As an earlier version left them.
  const titles = new Map(files.map(([path, title]) => [path, title]));
  const db = await database();
  for (const note of await db.getAll('notes')) {
    await db.put('notes', { ...note, title: titles.get(note.path) });
  }
  const called = async (at: string) =>
    (await notes.list()).find(({ path }) => path.endsWith(at))?.title;
  const RENAMED = 178 * 2;
  for (const again of [false, true]) {
    if (again) await (await notes.fileNames()).turn('naming');
    await run();
    expect(await (await notes.fileNames()).state()).toMatchObject({ renamed: RENAMED });
    expect(await called('2024-01-5.md')).toBe('2024-01-5');
    expect(await called('/5/README.md')).toBe('Overview 5');
    const { imported, skipped } = await imports();
    expect(imported).toBe(0);
    expect(new Set(skipped.map(({ reason }) => reason))).toEqual(new Set([SKIP.unchanged]));
    if (again) continue;
    await (await notes.fileNames()).turn('undoing');
    await run();
    expect(await called('2024-01-5.md')).toBe('Log');
    expect((await imports()).skipped.every(({ reason }) => reason === SKIP.unchanged)).toBe(true);
  }
}, 60_000);

it('two tabs that do it at once rename each note once', async () => {
  await add(
    ...Array.from({ length: 420 }, (_, i) =>
      asBefore(`v/${i}.md`, `Heading ${i}`, `# Heading ${i}`),
    ),
  );
  const other = await createNotes(workspace, { now: () => ++serial, newId: () => `x${serial}` });
  const changed = await Promise.all([run(), run(other)]);
  expect(new Set(changed.flat()).size).toBe(420);
  expect((await notes.list()).every(({ revision }) => revision === 2)).toBe(true);
  expect(await (await notes.fileNames()).state()).toMatchObject({ renamed: 420 });
});

it('a database of version 5: renamed, taken back, renamed again, and imported again', async () => {
  const stored = readStored('version-5').find(({ name }) => name === 'findling-ws-default')!;
  workspace = `names-of-5-${serial}`;
  await putStored(stored, databaseName(workspace));
  notes = await createNotes(workspace, { now: () => ++serial, newId: () => `n${++serial}` });
  const titles = async () =>
    Object.fromEntries((await notes.list()).map(({ id, title, path }) => [path || id, title]));
  const first = await titles();
  await run();
  const named = await titles();
  await (await notes.fileNames()).turn('undoing');
  await run();
  expect(await titles()).toEqual(first);
  await (await notes.fileNames()).turn('naming');
  await run();
  expect(await titles()).toEqual(named);
  const all = await Promise.all((await notes.list()).map(({ id }) => notes.get(id)));
  const files = all.flatMap((note) =>
    note?.meta.importHash === undefined
      ? []
      : [{ ...asBefore(note.meta.path, note.meta.title, note.text), hash: note.meta.importHash }],
  );
  expect(files.length).toBeGreaterThan(0);
  const outcomes = await add(...files);
  expect(outcomes.map(([, decision]) => decision)).not.toContain('update');
  expect(outcomes.map(([, decision]) => decision)).not.toContain('conflict');
});

it('10,000 notes are renamed within seconds', async () => {
  const text = (i: number) =>
    `---\ntags: [a, b]\n${i % 10 ? 'x' : 'aliases'}: [n${i}]\n---\n\nText.\n\n## Heading ${i}\n\n${'More. '.repeat(200)}`;
  for (let i = 0; i < 10_000; i += 500) {
    const some = Array.from({ length: 500 }, (_, j) => i + j);
    await add(...some.map((n) => asBefore(`v/${n}.md`, `Heading ${n}`, text(n))));
  }
  const began = performance.now();
  expect(await run()).toHaveLength(10_000);
  const ms = performance.now() - began;
  expect(ms).toBeLessThan(30_000);
}, 120_000);

describe('wasTitleBefore', () => {
  it.each([
    ['A', '<!-- # A -->\n# B', false],
    ['A', '<!--\n# A\n-->\n\n# B', true],
    ['B', '<!--\n# A\n-->\n\n# B', true],
    ['Third', 'text\n\n### Third', true],
    ['Line', 'Line\n---\n', true],
    ['file', 'text', true],
    ['1.1', '---\ntitle: 1.10\n---\n# A', true],
    ['A', '---\ntitle: 1.10\n---\n# A', false],
    ['Own', '# A', false],
  ])('%j of %j: %s', (title, text, was) => {
    expect(wasTitleBefore(title, text, 'v/file.md')).toBe(was);
  });
});
