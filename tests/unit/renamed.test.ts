import 'fake-indexeddb/auto';
import { signal } from '@preact/signals';
import type { VNode } from 'preact';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { parse } from '../../src/markdown/document.ts';
import type { NoteMeta, Notes } from '../../src/storage/notes/index.ts';
import { LinkIndex } from '../../src/storage/notes/link-index.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { type Toast, Toasts } from '../../src/ui/core/toasts.tsx';
import { undoLast } from '../../src/ui/core/undo-stack.ts';
import { drop, type OpenDraft, startDraft } from '../../src/ui/editor/drafts.ts';
import { mendLinks } from '../../src/ui/editor/mend/mend-links.ts';
import { titleChanged } from '../../src/ui/editor/mend/renamed.ts';
import { moveNotes } from '../../src/ui/notes/organise.ts';
import { createNotes } from '../support/fresh.ts';

let notes: Notes;
let ctx: AppContext;
let serial = 0;
let drafts: OpenDraft[] = [];

beforeEach(async () => {
  for (const draft of drafts) drop(draft);
  drafts = [];
  let at = 1_000;
  const workspace = `renamed${++serial}`;
  notes = await createNotes(workspace, { now: () => ++at, newId: () => `id${++at}` });
  const notesVersion = signal(0);
  const lastChanged = signal<string[]>([]);
  const announce = (ids: string[]) => {
    lastChanged.value = ids;
    notesVersion.value++;
  };
  const journal = { tab: 'here', next: () => ++at, write: () => true, clear() {} };
  const noteSaved = (ids: string | string[]) => announce([ids].flat());
  const engine = { notesVersion, lastChanged, announce, noteSaved };
  ctx = { notes, engine, journal, workspace: { id: workspace }, now: () => at } as never;
});

const write = (id: string, title: string, text: string) =>
  notes.save({ id, title, text, baseRevision: 0 });
const importFile = (path: string, text: string) =>
  notes.import(
    [
      {
        ...{ path, title: path.replace(/^.*\/|\.md$/g, ''), text, hash: text, textHash: text },
        ...{ tags: [], file: {} },
      },
    ],
    () => 'create',
  );
const textOf = async (id: string) => (await notes.get(id))!.text;
const shownToasts = (): Toast[] => {
  const lines = (Toasts().props as { children: VNode<{ toast: Toast }>[] }).children;
  return lines.map(({ props }) => props.toast);
};
const lastToast = () => shownToasts().at(-1)!;

/** Types another title into an open note, and leaves it. */
async function rename(id: string, title: string): Promise<void> {
  const stored = (await notes.get(id))!;
  const draft = startDraft(ctx, id, stored);
  drafts.push(draft);
  draft.autosave.edit({ title, text: stored.text });
  await titleChanged(ctx, draft, stored.meta.title);
}
/** Until what was asked for is done. */
const settled = () =>
  vi.waitFor(() => expect(lastToast().text).toMatch(/^Updated/), { timeout: 10_000 });

describe('a note that was written here gets another title', () => {
  it('and the links to it are updated when that is wanted, with one undo', async () => {
    await write('thyme', 'Thyme', 'Small. See [[Thyme#Care]].\n\n# Care');
    const text =
      '[[thyme]] [[Thyme#Care|care]] ![[Thyme^x]] ![[Thyme#^b]] [f](Thyme.md#Care) `[[Thyme]]`\n\n|a|\n|-|\n|[[Thyme\\|t]]|\n\n[[Oregano]]';
    await write('edges', 'Edges', text);
    await rename('thyme', 'Lemon thyme');
    expect(lastToast().text).toBe('2 notes link here. Update their links?');
    // Until then they lead there by the former title.
    expect((await notes.get('thyme'))!.meta.formerTitles).toEqual(['Thyme']);
    expect(await textOf('edges')).toBe(text);
    lastToast().action!.run();
    await settled();
    expect(await textOf('edges')).toBe(
      '[[Lemon thyme]] [[Lemon thyme#Care|care]] ![[Thyme^x]] ![[Lemon thyme#^b]] [f](Lemon%20thyme.md#Care) `[[Thyme]]`\n\n|a|\n|-|\n|[[Lemon thyme\\|t]]|\n\n[[Oregano]]',
    );
    expect(await textOf('thyme')).toBe('Small. See [[Lemon thyme#Care]].\n\n# Care');
    expect((await notes.get('thyme'))!.meta.formerTitles).toBeUndefined();
    expect(lastToast().text).toBe('Updated the links in 2 notes.');

    await undoLast(ctx);
    expect(await textOf('edges')).toBe(text);
    const { meta } = (await notes.get('thyme'))!;
    expect([meta.title, meta.formerTitles]).toEqual(['Thyme', undefined]);
  });

  it('and the line that says it in its front matter goes back with it', async () => {
    await write('a', 'Mint', '---\ntitle: Mint\n---\nx');
    await write('c', 'Tea', '[[Mint]]');
    const stored = (await notes.get('a'))!;
    const draft = startDraft(ctx, 'a', stored);
    drafts.push(draft);
    draft.autosave.edit({ title: 'Mentha', text: '---\ntitle: Mentha\n---\nx' });
    await titleChanged(ctx, draft, 'Mint');
    lastToast().action!.run();
    await settled();
    expect(await textOf('c')).toBe('[[Mentha]]');
    await undoLast(ctx);
    expect((await notes.get('a'))!).toMatchObject({
      meta: { title: 'Mint' },
      text: '---\ntitle: Mint\n---\nx',
    });
  });

  it('says before that the name is taken, or can be in no link', async () => {
    await write('a', 'Mint', 'x');
    await write('b', 'Basil', 'x');
    await write('c', 'Tea', '[[Mint]]');
    await rename('a', 'Basil');
    expect(lastToast().text).toMatch(/^Another note is called “Basil”, too\./);
    await write('e', 'Sage', 'x');
    await write('f', 'Stew', '[[Sage]]');
    await rename('e', 'Sage | green');
    expect(lastToast().text).toBe(
      'Links cannot name “Sage | green”: [ ] | # and ^ have a meaning of their own there. 1 note links here by “Sage”, which still leads here.',
    );
    expect(lastToast().action).toBeUndefined();
    expect(await textOf('f')).toBe('[[Sage]]');
  });

  it('leaves what is typed in another tab, names it, and its links still lead there', async () => {
    await write('a', 'Mint', 'x');
    const by = { tab: 'other', seq: 1 };
    await notes.save({ id: 'c', title: 'Tea', text: '[[Mint]]', baseRevision: 0, by });
    await write('d', 'Cake', '[[Mint]]');
    await rename('a', 'Mentha');
    lastToast().action!.run();
    await settled();
    expect([await textOf('c'), await textOf('d')]).toEqual(['[[Mint]]', '[[Mentha]]']);
    expect(shownToasts().some(({ text }) => text.includes('“Tea”'))).toBe(true);
    expect((await notes.get('a'))!.meta.formerTitles).toEqual(['Mint']);
  });

  it('is taken back only where nothing was typed since', async () => {
    await write('a', 'Mint', 'x');
    await write('c', 'Tea', '[[Mint]]');
    await write('d', 'Cake', '[[Mint]]');
    await rename('a', 'Mentha');
    lastToast().action!.run();
    await settled();
    await notes.save({ id: 'c', title: 'Tea', text: '[[Mentha]] and more', baseRevision: 2 });
    await undoLast(ctx);
    expect([await textOf('c'), await textOf('d')]).toEqual(['[[Mentha]] and more', '[[Mint]]']);
  });

  it('asks nothing where no link led there', async () => {
    const before = shownToasts().length;
    await write('a', 'Mint', 'x');
    await write('c', 'Tea', '`[[Mint]]` [[Basil]]');
    await rename('a', 'Mentha');
    expect(shownToasts().length).toBe(before);
    expect((await notes.get('a'))!.meta.formerTitles).toBeUndefined();
  });
});

describe('an imported note gets another title', () => {
  it('and keeps its file’s name: no link is asked for, and none breaks', async () => {
    const before = shownToasts().length;
    await importFile('v/Basil care.md', 'x');
    await importFile('v/Pots.md', '[[basil care|basil]]');
    const [basil] = (await notes.list()).filter(({ path }) => path === 'v/Basil care.md');
    await rename(basil!.id, 'Sweet basil');
    expect((await notes.get(basil!.id))!.meta.formerTitles).toBeUndefined();
    await write('h', 'Here', '[[Sweet basil]]');
    await rename(basil!.id, 'Great basil');
    expect((await notes.get(basil!.id))!.meta.formerTitles).toEqual(['Sweet basil']);
    expect(await textOf('h')).toBe('[[Sweet basil]]');
    expect(shownToasts().length).toBe(before);
  });
});

describe('notes are moved', () => {
  it('and links go on leading where they led, with one undo for all', async () => {
    await write('t', 'Thyme', '[e](../v/Edges.md) [[Edges]]');
    await notes.update([{ id: 't', change: { path: 'box/Thyme.md' } }]);
    await importFile('v/Edges.md', '[[box/Thyme]] [t](../box/Thyme.md#a)');
    const meta = (await notes.get('t'))!.meta;
    await moveNotes(ctx, [meta], 'shed/low');
    const edges = (await notes.list()).find(({ path }) => path === 'v/Edges.md')!.id;
    expect(await textOf(edges)).toBe('[[Thyme]] [t](../shed/low/Thyme.md#a)');
    expect(await textOf('t')).toBe('[e](../../v/Edges.md) [[Edges]]');
    expect(lastToast().text).toBe('Moved 1 note to “shed/low”. Updated the links in 2 notes.');
    await undoLast(ctx);
    expect(await textOf(edges)).toBe('[[box/Thyme]] [t](../box/Thyme.md#a)');
    expect(await textOf('t')).toBe('[e](../v/Edges.md) [[Edges]]');
    expect((await notes.get('t'))!.meta.path).toBe('box/Thyme.md');
  });

  it('that were imported keep their texts, and those of others', async () => {
    await importFile('v/a/Far.md', '[h](../Hub.md)');
    await importFile('v/Hub.md', '[[a/Far]]');
    const all = await notes.list();
    await moveNotes(
      ctx,
      all.filter(({ path }) => path === 'v/a/Far.md'),
      'x/y',
    );
    const later = await notes.list();
    const index = new LinkIndex(later);
    const [far, hub] = ['x/y/Far.md', 'v/Hub.md'].map(
      (path) => later.find((one) => one.path === path)!,
    );
    expect(await textOf(far!.id)).toBe('[h](../Hub.md)');
    expect(index.resolve({ kind: 'address', written: '../Hub.md' }, far!)?.id).toBe(hub!.id);
    expect(index.resolve({ kind: 'name', written: 'a/Far' }, hub!)?.id).toBe(far!.id);
  });
});

describe('links are mended', () => {
  const note = (id: string, path: string): NoteMeta =>
    ({ id, title: id, path, tags: [], created: 1, revision: 1, size: 1 }) as never;
  it.each([
    ['[[a/N]] [[N#x|y]]', '[[b/N]] [[N#x|y]]'],
    ['[f](a/N.md#x) [g](<a/N.md>) ![h](a/N.md)', '[f](b/N.md#x) [g](b/N.md) ![h](b/N.md)'],
    ['[f][l] [g][l]\n\n[l]: a/N.md', '[f][l] [g][l]\n\n[l]: b/N.md'],
    ['`[[a/N]]` [[c/N]]', '`[[a/N]]` [[c/N]]'],
  ])('%j', (text, expected) => {
    const hub = note('hub', 'v/Hub.md');
    const was = [hub, note('N', 'v/a/N.md'), note('M', 'v/c/N.md')];
    const now = [hub, note('N', 'v/b/N.md'), was[2]!];
    const at = (all: NoteMeta[]) => ({ index: new LinkIndex(all), from: hub });
    const moved = new Map([['N', now[1]!]]);
    expect(mendLinks(parse(text), at(was), at(now), moved).text).toBe(expected);
  });
});
