import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { isCode } from '../../src/errors.ts';
import { databaseName } from '../../src/storage/db.ts';
import { type IndexStore, openIndexStore } from '../../src/storage/index/index-store.ts';
import { SCHEMA_VERSION } from '../../src/storage/migrations/index.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { type GenerationId, generationId } from '../../src/storage/schema.ts';
import { openWorkspaces } from '../../src/storage/workspaces.ts';
import { decide } from '../../src/ui/import/plan.ts';
import { createNotes } from '../support/fresh.ts';

const GEN = generationId('model@1/chunker@1');
let notes: Notes;
let index: IndexStore;
let now = 1_000;
let serial = 0;

beforeEach(async () => {
  const workspace = `w${++serial}`;
  let id = 0;
  now = 1_000;
  notes = await createNotes(workspace, { now: () => now, newId: () => `id${++id}` });
  index = await openIndexStore(workspace);
});

const save = (id: string, text: string, baseRevision = 0) =>
  notes.save({ id, title: id, text, baseRevision });

const H = '0123456789abcdef0123456789abcdef';
const passage = (hash: string) => ({ hash, start: 0, end: 1, headings: [] });
const commit = (epoch: number, id: string, revision: number, hashes: string[] = [H]) =>
  index.commit({
    gen: GEN,
    epoch,
    notes: [{ note: id, revision, title: id, passages: hashes.map(passage) }],
    deltas: { reused: 1 },
  });

describe('notes', () => {
  it('marks a saved note pending in the same transaction', async () => {
    const { meta, changed } = await save('a', 'text');
    expect([meta.revision, changed]).toEqual([1, true]);
    expect(await index.pendingCount()).toBe(1);
    expect((await notes.get('a'))?.text).toBe('text');
  });

  it('writes nothing when nothing changed', async () => {
    await save('a', 'text');
    const again = await save('a', 'text', 1);
    expect([again.changed, again.meta.revision]).toEqual([false, 1]);
  });

  it('never brings a deleted note back by saving on top of it', async () => {
    await save('a', 'text');
    await notes.remove('a');
    const refused = await save('a', 'typed meanwhile', 1).catch((thrown) => thrown);
    expect(isCode(refused, 'note-deleted')).toBe(true);
    expect(await notes.get('a')).toBeUndefined();
    expect(await notes.restore('a')).toMatchObject({ id: 'a' });
    expect((await notes.get('a'))?.text).toBe('text');
  });

  describe('two tabs that type in one note', () => {
    const by = (tab: string, text: string, baseRevision: number) =>
      notes.save({ id: 'a', title: 'a', text, baseRevision, by: { tab, seq: ++now } });
    /** Each saves on what it knows, so each takes the other's text away. */
    async function duel(rounds: number, ms: number) {
      let one = (await by('one', 'one 0', 0)).meta.revision;
      let two = 1;
      for (let i = 1; i <= rounds; i++) {
        now += ms;
        two = (await by('two', `two ${i}`, two)).meta.revision;
        now += ms;
        one = (await by('one', `one ${i}`, one)).meta.revision;
      }
      return (await notes.versions('a')).map(({ text }) => text);
    }

    it('make no version at every save: of each tab the last of a minute stays', async () => {
      now = 60_000;
      const versions = await duel(20, 500);
      expect(versions.filter((text) => text.startsWith('one'))).toEqual(['one 19']);
      expect(versions.filter((text) => text.startsWith('two'))).toEqual(['two 20']);
    });

    it('keep one a minute each', async () => {
      now = 60_000;
      const versions = await duel(12, 10_000);
      // Lost from 1:10 to 4:50, and from 1:20 to 5:00.
      expect(versions.filter((text) => text.startsWith('one'))).toHaveLength(4);
      expect(versions.filter((text) => text.startsWith('two'))).toHaveLength(5);
    });

    it('never replace what an import or an unknown tab had written', async () => {
      now = 60_000;
      await by('one', 'one 0', 0);
      await save('a', 'of nobody', 1);
      await by('one', 'one 1', 1);
      await save('a', 'of nobody again', 2);
      await by('one', 'one 2', 3);
      expect((await notes.versions('a')).map(({ text }) => text)).toEqual([
        'of nobody',
        'one 1',
        'of nobody again',
      ]);
    });

    it('a version keeps tags, folder, pin and dates', async () => {
      await by('one', 'one 0', 0);
      await notes.update([{ id: 'a', change: { tags: ['x'], path: 'f/a.md', pinned: true } }]);
      await by('two', 'two', 0);
      expect((await notes.versions('a'))[0]).toMatchObject({
        tags: ['x'],
        path: 'f/a.md',
        pinned: true,
        tab: 'one',
      });
    });
  });

  it('keeps the other text as a version when two tabs edit one note', async () => {
    await save('a', 'first');
    await save('a', 'from the other tab', 1);
    const mine = await save('a', 'from this tab', 1);
    expect(mine.conflict).toBe(true);
    expect((await notes.get('a'))?.text).toBe('from this tab');
    expect((await notes.versions('a')).map(({ text }) => text)).toEqual(['from the other tab']);
  });

  it('keeps a text as it stood before somebody came back to it', async () => {
    const MINUTE = 60_000;
    await save('a', 'first');
    now += MINUTE;
    await save('a', 'first, typed on', 1);
    expect(await notes.versions('a')).toEqual([]);
    now += 11 * MINUTE;
    await save('a', 'the next day', 2);
    await save('a', 'the next day, typed on', 3);
    const [version, ...more] = await notes.versions('a');
    expect(more).toEqual([]);
    expect([version?.text, version?.why, version?.at]).toEqual(['first, typed on', 'edit', 61_000]);
  });

  it('keeps twenty versions, and more only while they are young', async () => {
    const DAY = 24 * 60 * 60_000;
    let revision = 0;
    const edit = async (text: string) => {
      revision = (await save('a', text, revision)).meta.revision;
    };
    for (let i = 0; i <= 25; i++) {
      await edit(`text ${i}`);
      now += DAY;
    }
    expect(await notes.versions('a')).toHaveLength(25);
    now += 40 * DAY;
    await edit('much later');
    const texts = (await notes.versions('a')).map(({ text }) => text);
    expect(texts).toHaveLength(20);
    expect([texts[0], texts[19]]).toEqual(['text 6', 'text 25']);
  });

  it('brings a deleted note back whole', async () => {
    await save('a', 'text');
    expect(await notes.remove('a')).toBe(true);
    expect(await notes.get('a')).toBeUndefined();
    const meta = await notes.restore('a');
    expect(meta?.revision).toBe(2);
    expect((await notes.get('a'))?.text).toBe('text');
    expect(await notes.restore('a')).toBeUndefined();
  });

  it('lists newest first, without texts', async () => {
    await save('old', 'x');
    now = 2_000;
    await save('new', 'y');
    const list = await notes.list();
    expect(list.map(({ id }) => id)).toEqual(['new', 'old']);
    expect(list[0]).not.toHaveProperty('text');
  });
});

describe('import', () => {
  const file = (text: string) => ({
    ...{ path: 'f/a.md', title: 'A', text, hash: text, textHash: text, tags: [], file: {} },
  });
  const run = async (text: string) => (await notes.import([file(text)], decide))[0]!;

  it('skips what is unchanged, updates what changed outside only', async () => {
    const first = await run('one');
    expect(first.decision).toBe('create');
    expect((await run('one')).decision).toBe('unchanged');
    const update = await run('two');
    expect([update.decision, update.id]).toEqual(['update', first.id]);
    expect((await notes.get(first.id))?.text).toBe('two');
  });

  it('leaves what changed in the app only, keeps both when both changed', async () => {
    const { id } = await run('one');
    await notes.save({ id, title: 'A', text: 'mine', baseRevision: 1 });
    expect((await run('one')).decision).toBe('keep-app');
    expect((await run('theirs')).decision).toBe('conflict');
    expect((await notes.get(id))?.text).toBe('mine');
    expect((await notes.versions(id)).map(({ text }) => text)).toEqual(['theirs']);
    // The same bytes a second time are no news, and no second copy.
    expect((await run('theirs')).decision).toBe('keep-app');
    expect(await notes.versions(id)).toHaveLength(1);
  });
});

describe('commit', () => {
  it('clears pending, moves counters and the run, and ends the run at zero', async () => {
    await save('a', 'x');
    await save('b', 'y');
    const epoch = await index.takeLease();
    const first = await commit(epoch, 'a', 1);
    expect(first).toEqual({
      seq: 1,
      committed: ['a'],
      visible: true,
      wanted: true,
      pending: 1,
      runCompleted: 1,
    });
    const second = await commit(epoch, 'b', 1);
    expect(second).toEqual({
      seq: 2,
      committed: ['b'],
      visible: true,
      wanted: true,
      pending: 0,
      runCompleted: 0,
    });
    expect((await index.counters()).reused).toBe(2);
  });

  it('leaves a note pending that was edited meanwhile', async () => {
    await save('a', 'x');
    const epoch = await index.takeLease();
    await save('a', 'edited', 1);
    expect((await commit(epoch, 'a', 1)).committed).toEqual([]);
    expect(await index.pendingCount()).toBe(1);
    expect(await index.passageList(GEN, 'a')).toBeUndefined();
  });

  it('refuses a leader of an older epoch', async () => {
    await save('a', 'x');
    const old = await index.takeLease();
    await index.takeLease();
    const refused = await commit(old, 'a', 1).catch((thrown) => thrown);
    expect(isCode(refused, 'lease-lost')).toBe(true);
    expect(await index.pendingCount()).toBe(1);
  });

  it('drops the passages of a deleted note', async () => {
    await save('a', 'x');
    const epoch = await index.takeLease();
    await commit(epoch, 'a', 1);
    await notes.remove('a');
    const result = await index.commit({
      gen: GEN,
      epoch,
      notes: [{ note: 'a', revision: 1, title: '', passages: null }],
      deltas: {},
    });
    expect(result.committed).toEqual(['a']);
    expect(await index.passageList(GEN, 'a')).toBeUndefined();
  });
});

describe('pending', () => {
  it('leaves alone what is younger than the debounce, unless the clock moved back', async () => {
    now = 10_000;
    await save('a', 'x');
    const due = (at: number) => index.duePending(at, 2_000, 10, new Set());
    expect(await due(11_999)).toEqual([]);
    expect(await due(12_000)).toEqual(['a']);
    expect(await due(9_000)).toEqual(['a']);
    expect(await index.duePending(12_000, 2_000, 10, new Set(['a']))).toEqual([]);
  });

  it('counts an attempt before the work, and sends suspects alone', async () => {
    await save('a', 'x');
    await save('b', 'y');
    const first = await index.beginNotes(GEN, ['a', 'b']);
    expect(first.begun.map(({ attempts }) => attempts)).toEqual([1, 1]);
    const second = await index.beginNotes(GEN, ['a', 'b']);
    expect([second.begun, second.suspects]).toEqual([[], ['a', 'b']]);
    expect((await index.beginNotes(GEN, ['a'])).begun[0]?.attempts).toBe(2);
    expect((await index.beginNotes(GEN, ['b'])).begun[0]?.attempts).toBe(2);
  });

  it('forgives earlier attempts once a slice is done', async () => {
    await save('a', 'x');
    for (let i = 0; i < 4; i++) await index.beginNotes(GEN, ['a']);
    const vector = { hash: 'h', codes: new Int8Array(4), scale: 1 };
    await index.putVectors(GEN, [vector], { embedded: 1 }, ['a']);
    expect((await index.beginNotes(GEN, ['a'])).begun[0]?.attempts).toBe(2);
    expect(await index.knownHashes(GEN, ['h', 'i'])).toEqual(new Set(['h']));
  });

  it('quarantines, and retries on demand', async () => {
    await save('a', 'x');
    await index.quarantineNotes(GEN, [{ note: 'a', revision: 1, reason: 'because' }], 5);
    expect(await index.pendingCount()).toBe(0);
    expect((await index.quarantined()).map(({ reason, title }) => [reason, title])).toEqual([
      ['because', 'a'],
    ]);
    expect(await index.requeueQuarantined(6)).toEqual(['a']);
    expect([await index.pendingCount(), await index.quarantined()]).toEqual([1, []]);
  });

  it('gives a new text a new try', async () => {
    await save('a', 'x');
    await index.quarantineNotes(GEN, [{ note: 'a', revision: 1, reason: 'because' }], 5);
    await save('a', 'better', 1);
    expect([await index.pendingCount(), await index.quarantined()]).toEqual([1, []]);
  });
});

describe('schema', () => {
  it('refuses a database of a newer version, in words', async () => {
    (await openDB(databaseName('newer'), SCHEMA_VERSION + 1)).close();
    const refused = await openIndexStore('newer').catch((thrown) => thrown);
    expect(isCode(refused, 'storage-newer')).toBe(true);
  });

  it('walks all steps on a fresh install', async () => {
    (await createNotes('fresh', { now: () => 1, newId: () => 'id' })).close();
    const db = await openDB(databaseName('fresh'));
    expect([...db.objectStoreNames]).toEqual(
      'attachments bodies files keyword kv links notes originals passages pending quarantine segmentVectors segments trash undo vectors versions'.split(
        ' ',
      ),
    );
    expect(db.version).toBe(SCHEMA_VERSION);
    db.close();
  });
});

describe('workspaces', () => {
  it('always has one, and remembers settings', async () => {
    const workspaces = await openWorkspaces({ now: () => 1, firstName: 'My notes' });
    expect((await workspaces.list()).map(({ id }) => id)).toEqual(['default']);
    await workspaces.create({ id: 'w', name: 'Work', created: 2 });
    await workspaces.rename('w', 'Job');
    expect((await workspaces.list()).map(({ name }) => name)).toEqual(['My notes', 'Job']);
    await workspaces.setSetting('theme', 'dark');
    expect(await workspaces.setting('theme')).toBe('dark');
    expect(await workspaces.markDeleting('w')).toBe(true);
    expect(await workspaces.list()).toHaveLength(1);
  });
});

describe('generations', () => {
  const first = { gen: GEN, model: 'model' };
  const next = { gen: generationId('next@1/chunker@1'), model: 'next' };
  const vector = (hash: string) => ({ hash, codes: new Int8Array(4), scale: 1 });
  const commitTo = (gen: GenerationId, epoch: number, id: string, revision: number) =>
    index.commit({
      gen,
      epoch,
      notes: [{ note: id, revision, title: id, passages: [passage(H)] }],
      deltas: {},
    });

  it('makes every note pending for a new one, and swaps when all are there', async () => {
    const epoch = await index.takeLease();
    await save('a', 'one');
    await save('b', 'two');
    await commit(epoch, 'a', 1);
    await commit(epoch, 'b', 1);
    await index.retarget(next, first, 5);
    expect(await index.pendingCount()).toBe(2);
    expect(await index.finishBuilding(epoch)).toBe(false);
    // The present one goes on being written, and that settles nothing for the new one.
    const serving = await commitTo(GEN, epoch, 'a', 1);
    expect([serving.visible, serving.pending]).toEqual([true, 2]);
    expect((await commitTo(next.gen, epoch, 'a', 1)).visible).toBe(false);
    await commitTo(next.gen, epoch, 'b', 1);
    expect(await index.finishBuilding(epoch)).toBe(true);
    expect(await index.generations(first)).toEqual({ active: next, kept: first });
  });

  it('begins nothing for one that is not wanted any more', async () => {
    await save('a', 'one');
    await index.retarget(next, first, 5);
    const late = await index.beginNotes(GEN, ['a']);
    expect(late).toEqual({ begun: [], suspects: [], wanted: false });
    const { begun, wanted } = await index.beginNotes(next.gen, ['a']);
    // What was refused counts as no attempt.
    expect([begun.map(({ attempts }) => attempts), wanted]).toEqual([[1], true]);
  });

  it('brings a kept one up to date with what was edited and deleted since', async () => {
    const epoch = await index.takeLease();
    for (const id of ['a', 'b', 'c']) await save(id, id);
    for (const id of ['a', 'b', 'c']) await commit(epoch, id, 1);
    await index.retarget(next, first, 5);
    for (const id of ['a', 'b', 'c']) await commitTo(next.gen, epoch, id, 1);
    await index.finishBuilding(epoch);
    await save('b', 'changed', 1);
    await commitTo(next.gen, epoch, 'b', 2);
    await notes.remove('c');
    await index.commit({
      gen: next.gen,
      epoch,
      notes: [{ note: 'c', revision: 1, title: 'c', passages: null }],
      deltas: {},
    });
    await index.retarget(first, first, 9);
    expect(await index.generations(first)).toEqual({ active: first, kept: next });
    expect(await index.duePending(10, 0, 9, new Set())).toEqual(['b']);
    expect(await index.passageList(GEN, 'c')).toBeUndefined();
  });

  it('drops what belongs to none that is remembered, and the kept one for want of room', async () => {
    const epoch = await index.takeLease();
    await index.retarget(next, first, 5);
    for (const gen of [GEN, next.gen, generationId('forgotten@1/chunker@1')]) {
      await index.putVectors(gen, [vector(H)], {}, []);
    }
    await index.dropUnused();
    expect(await index.vectorHashes(generationId('forgotten@1/chunker@1'))).toEqual([]);
    expect(await index.vectorHashes(GEN)).toEqual([H]);
    await index.finishBuilding(epoch);
    expect(await index.forgetPrevious()).toBe(true);
    expect(await index.vectorHashes(GEN)).toEqual([]);
    expect(await index.vectorHashes(next.gen)).toEqual([H]);
    expect(await index.forgetPrevious()).toBe(false);
  });

  it('refuses the swap to a leader whose lease was stolen', async () => {
    const epoch = await index.takeLease();
    await index.retarget(next, first, 5);
    await index.takeLease();
    await expect(index.finishBuilding(epoch)).rejects.toSatisfy((e) => isCode(e, 'lease-lost'));
  });

  it('sets no note aside for a model that is not wanted any more', async () => {
    await save('a', 'one');
    await index.retarget(next, first, 5);
    await index.quarantineNotes(GEN, [{ note: 'a', revision: 1, reason: 'because' }], 6);
    expect(await index.pendingCount()).toBe(1);
  });
});
