import 'fake-indexeddb/auto';
import { beforeEach, expect, it } from 'vitest';
import type { Notes } from '../../src/storage/notes/index.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { nameAtStart, turnNames } from '../../src/ui/names/name-notes.ts';
import { namesNotice } from '../../src/ui/names/names-notice.ts';
import { createNotes } from '../support/fresh.ts';

let notes: Notes;
let ctx: AppContext;
let announced: string[];
let serial = 0;

beforeEach(async () => {
  namesNotice.value = null;
  announced = [];
  notes = await createNotes(`notices${++serial}`, { now: () => 1, newId: () => `n${++serial}` });
  const engine = { announce: (ids: string[]) => announced.push(...ids) };
  ctx = { notes, engine } as unknown as AppContext;
});

const notice = () => namesNotice.peek();

/** As an earlier version imported them. */
const add = (count: number) =>
  notes.import(
    Array.from({ length: count }, (_, i) => ({
      path: `v/${i}.md`,
      title: `Heading ${i}`,
      text: `# Heading ${i}\n`,
      hash: `${i}`,
      textHash: `${i}`,
      tags: [],
      file: {},
    })),
    () => 'create',
  );
const start = (leaving = new AbortController().signal) => nameAtStart(ctx, leaving);
const settled = async (state: string) =>
  expect.poll(async () => (await (await notes.fileNames()).state())?.state).toBe(state);

it('every worker hears of what was renamed; how many is said until it is read', async () => {
  await add(250);
  await start();
  expect(new Set(announced).size).toBe(250);
  expect(notice()?.text).toBe('250 notes got their files’ names back.');
  namesNotice.value = null;
  announced = [];
  await start();
  expect(announced).toEqual([]);
  expect(notice()).not.toBeNull();
  notice()?.dismiss?.();
  expect(notice()).toBeNull();
  await expect.poll(async () => (await (await notes.fileNames()).state())?.dismissed).toBe(true);
  await start();
  expect(notice()).toBeNull();
});

it('Undo gives back the former titles, and the next start leaves them', async () => {
  await add(3);
  await start();
  announced = [];
  notice()?.action?.run();
  await settled('undone');
  expect(new Set(announced).size).toBe(3);
  await start();
  expect(notice()).toBeNull();
  const titles = (await notes.list()).map(({ title }) => title).sort();
  expect(titles).toEqual(['Heading 0', 'Heading 1', 'Heading 2']);
  expect(await turnNames(ctx, 'naming')).toMatchObject({ state: 'named', renamed: 3 });
});

it('says nothing where nothing was renamed, and goes on where a page was left', async () => {
  await start();
  expect(notice()).toBeNull();
  notes = await createNotes(`left${serial}`, { now: () => 1, newId: () => `n${++serial}` });
  ctx = { ...ctx, notes };
  await add(250);
  const leaving = new AbortController();
  leaving.abort();
  await start(leaving.signal);
  expect(notice()).toBeNull();
  expect((await (await notes.fileNames()).state())?.done).toBe(100);
  await start();
  expect(notice()?.text).toContain('250 notes');
});
