import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import { type IndexStore, openIndexStore } from '../../src/storage/index/index-store.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { generationId } from '../../src/storage/schema.ts';
import { checkIndex } from '../../src/worker/check.ts';
import { createNotes } from '../support/fresh.ts';

const GEN = generationId('model@1/chunker@1');
const DIMENSIONS = 4;
let workspace: string;
let notes: Notes;
let index: IndexStore;
let epoch: number;
let serial = 0;

beforeEach(async () => {
  workspace = `check${++serial}`;
  notes = await createNotes(workspace, { now: () => 1, newId: () => 'id' });
  index = await openIndexStore(workspace);
  epoch = await index.takeLease();
});

/** A passage's hash that is as good as any. */
const hashOf = (name: string) => Buffer.from(name).toString('hex').padEnd(32, '0').slice(0, 32);
/** A note whose one passage is `hash`, saved and, unless told otherwise, indexed. */
async function add(id: string, hash: string, indexed = true): Promise<void> {
  await notes.save({ id, title: id, text: id, baseRevision: 0 });
  if (!indexed) return;
  const codes = Int8Array.from([1, 2, 3, 4]);
  await index.putVectors(GEN, [{ hash, codes, scale: 0.1 }], {}, []);
  await index.commit({
    gen: GEN,
    epoch,
    notes: [
      { note: id, revision: 1, title: id, passages: [{ hash, start: 0, end: 1, headings: [] }] },
    ],
    deltas: {},
  });
}
const raw = () => openDB(databaseName(workspace));
const check = (isCancelled = () => false) =>
  checkIndex({
    store: index,
    gen: GEN,
    dimensions: DIMENSIONS,
    now: () => 2,
    isCancelled,
    pause: async () => {},
  });

describe('Check index', () => {
  it('finds nothing where all is in order, pending notes included', async () => {
    await add('a', hashOf('ha'));
    await add('b', hashOf('hb'));
    await add('c', hashOf('hc'), false);
    expect(await check()).toEqual({
      notes: 3,
      passages: 2,
      unindexed: 0,
      missing: 0,
      damaged: 0,
      strays: 0,
      repaired: [],
    });
    expect(await index.pendingCount()).toBe(1);
  });

  it('finds each kind of damage, and has those notes indexed anew, no others', async () => {
    for (const id of ['good', 'missing', 'short', 'nan', 'lost', 'behind', 'gone']) {
      await add(id, hashOf(id));
    }
    const db = await raw();
    await db.delete('vectors', [GEN, hashOf('missing')]);
    const vector = { gen: GEN, codes: Int8Array.from([1, 2, 3, 4]), scale: 0.1 };
    await db.put('vectors', { ...vector, hash: hashOf('short'), codes: Int8Array.from([1]) });
    await db.put('vectors', { ...vector, hash: hashOf('nan'), scale: Number.NaN });
    await db.delete('passages', [GEN, 'lost']);
    await db.put('notes', { ...(await db.get('notes', 'behind')), revision: 5 });
    await db.delete('notes', 'gone');
    const report = await check();
    expect(report).toMatchObject({ notes: 6, unindexed: 1, missing: 1, damaged: 2, strays: 1 });
    const wrong = ['behind', 'lost', 'missing', 'nan', 'short'];
    expect([...report!.repaired].sort()).toEqual(wrong);
    expect((await db.getAllKeys('pending')).sort()).toEqual(wrong);
    // Nothing is left that would vouch for what is not there.
    expect(await db.getAllKeys('passages')).toEqual([[GEN, 'good']]);
    const kept = JSON.stringify(await db.getAllKeys('vectors'));
    expect(kept).toContain(hashOf('good'));
    expect(kept).not.toContain(hashOf('nan'));
    db.close();
    expect((await check())?.repaired).toEqual([]);
  });

  it('cancelled, changes nothing', async () => {
    await add('a', hashOf('ha'));
    const db = await raw();
    await db.delete('vectors', [GEN, 'ha']);
    expect(await check(() => true)).toBeNull();
    expect(await index.pendingCount()).toBe(0);
    db.close();
  });
});
