import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, describe, expect, it } from 'vitest';
import { isCode } from '../../src/errors.ts';
import { databaseName } from '../../src/storage/db.ts';
import { type IndexStore, openIndexStore } from '../../src/storage/index/index-store.ts';
import { LEAST_PACKED, SEGMENT_VECTORS } from '../../src/storage/index/segments.ts';
import { generationId } from '../../src/storage/schema.ts';
import { random } from '../random.ts';
import { createNotes } from '../support/fresh.ts';

const GEN = generationId('model@1/chunker@1');
const DIMENSIONS = 8;
const PASSAGES = 10;
const NOTES = Math.ceil((SEGMENT_VECTORS * 2 + LEAST_PACKED / 2) / PASSAGES);
let workspace: string;
let index: IndexStore;
let epoch: number;
let serial = 0;
/** By hash, what was stored. */
let stored: Map<string, { codes: Int8Array; scale: number }>;
const raw = () => openDB(databaseName(workspace));
const apart = async (): Promise<number> => (await raw()).count('vectors');
const pack = (stop = () => false) => index.pack(GEN, DIMENSIONS, epoch, stop);

beforeEach(async () => {
  workspace = `segments${++serial}`;
  const notes = await createNotes(workspace, { now: () => 1, newId: () => 'id' });
  index = await openIndexStore(workspace);
  epoch = await index.takeLease();
  stored = new Map();
  const next = random(7);
  const byte = () => Math.floor(next() * 256);
  for (let n = 0; n < NOTES; n++) {
    const id = `n${String(n).padStart(4, '0')}`;
    await notes.save({ id, title: id, text: id, baseRevision: 0 });
    const entries = Array.from({ length: PASSAGES }, () => ({
      hash: Array.from({ length: 16 }, () => byte().toString(16).padStart(2, '0')).join(''),
      codes: Int8Array.from({ length: DIMENSIONS }, () => byte() - 128),
      scale: Math.fround((1 + byte()) / 1000),
    }));
    for (const { hash, ...rest } of entries) stored.set(hash, rest);
    await index.putVectors(GEN, entries, {}, []);
    const passages = entries.map(({ hash }) => ({ hash, start: 0, end: 1, headings: [] }));
    await index.commit({
      gen: GEN,
      epoch,
      notes: [{ note: id, revision: 1, title: id, passages }],
      deltas: {},
    });
  }
});

/** Everything that was stored, less what was deleted, is there, once, as it was. */
async function expectAll(less: ReadonlySet<string> = new Set()): Promise<void> {
  const hashes = [...stored.keys()];
  const there = hashes.filter((hash) => !less.has(hash));
  const vectors = await index.vectors(GEN, hashes);
  hashes.forEach((hash, i) => {
    const { codes, scale } = stored.get(hash)!;
    const vector = vectors[i];
    if (less.has(hash)) {
      expect(vector).toBeUndefined();
      return;
    }
    expect([...vector!.codes]).toEqual([...codes]);
    expect(vector!.scale).toBe(scale);
  });
  expect([...(await index.knownHashes(GEN, hashes))].sort()).toEqual(there.toSorted());
  expect((await index.vectorHashes(GEN)).sort()).toEqual(there.toSorted());
  // As a start reads them.
  const read: string[] = [];
  for (let after = 0; ; ) {
    const segments = await index.segments(GEN, after, 2);
    const last = segments.at(-1);
    if (!last) break;
    after = last.id;
    for (const segment of segments) {
      expect(segment.codes.length).toBe(segment.hashes.length * DIMENSIONS);
      read.push(...segment.hashes);
    }
  }
  for (const { hash } of await index.vectorsApart(GEN, null, 10_000)) read.push(hash);
  expect(read.sort()).toEqual(there.toSorted());
}

describe('segments', () => {
  it('hold what lay apart, in whole lots; the rest stays', async () => {
    expect(await pack()).toBe(2);
    expect(await apart()).toBe(NOTES * PASSAGES - 2 * SEGMENT_VECTORS);
    await expectAll();
    expect(await pack()).toBe(0);
  });

  it('hold a last lot that is smaller, if it is worth one', async () => {
    await pack();
    const hashes = [...stored.keys()];
    await index.collectGarbage(GEN, hashes.slice(0, 2 * SEGMENT_VECTORS - 40), epoch);
    // What was left of them lies apart again, with what always did.
    expect(await (await raw()).count('segments')).toBe(0);
    const left = await apart();
    expect(left).toBeLessThan(LEAST_PACKED);
    expect(await pack()).toBe(0);
    const more = Array.from({ length: LEAST_PACKED - left }, (_, i) => ({
      hash: i.toString(16).padStart(32, '0'),
      codes: new Int8Array(DIMENSIONS),
      scale: 1,
    }));
    await index.putVectors(GEN, more, {}, []);
    const passages = more.map(({ hash }) => ({ hash, start: 0, end: 1, headings: [] }));
    const note = { note: 'n0000', revision: 1, title: 'n0000', passages };
    await index.commit({ gen: GEN, epoch, notes: [note], deltas: {} });
    expect(await pack()).toBe(1);
    expect(await apart()).toBe(0);
  });

  it('are as good to another worker that had read them before', async () => {
    const mine = index;
    const other = await openIndexStore(workspace);
    const hashes = [...stored.keys()];
    await other.knownHashes(GEN, hashes);
    await mine.pack(GEN, DIMENSIONS, epoch, () => false);
    index = other;
    await expectAll();
    const gone = new Set(hashes.filter((_, i) => i % 7 === 0));
    await mine.collectGarbage(GEN, [...gone], epoch);
    await expectAll(gone);
  });

  it('lose what is deleted; few that are left lie apart again', async () => {
    await pack();
    const hashes = [...stored.keys()];
    const some = new Set(hashes.filter((_, i) => i % 10 === 0));
    await index.collectGarbage(GEN, [...some], epoch);
    await expectAll(some);
    // Passages were packed in the order of their notes.
    const most = new Set(hashes.slice(0, SEGMENT_VECTORS - 20));
    await index.collectGarbage(GEN, [...most], epoch);
    await expectAll(new Set([...some, ...most]));
    expect(await (await raw()).count('segments')).toBe(1);
  });

  it('are left by what was damaged there and is made anew', async () => {
    await pack();
    const db = await raw();
    const [row] = await db.getAll('segmentVectors');
    row.scales[3] = Number.NaN;
    await db.put('segmentVectors', row);
    const [head] = await db.getAll('segments');
    const hash = [...head.hashes.subarray(48, 64)]
      .map((byte: number) => byte.toString(16).padStart(2, '0'))
      .join('');
    const fresh = await openIndexStore(workspace);
    expect((await fresh.vectors(GEN, [hash]))[0]!.scale).toBeNaN();
    await fresh.repair(GEN, { notes: [], vectors: [hash], strays: [] }, 2);
    expect((await fresh.vectors(GEN, [hash]))[0]).toBeUndefined();
    // Made anew without having been deleted, the newer counts.
    const codes = Int8Array.from({ length: DIMENSIONS }, (_, i) => i);
    const { hashes } = (await fresh.segments(GEN, 0, 10)).find((one) => one.hashes.length > 100)!;
    const again = hashes[5]!;
    await fresh.putVectors(GEN, [{ hash: again, codes, scale: 1 }], {}, []);
    expect([...(await fresh.vectors(GEN, [again]))[0]!.codes]).toEqual([...codes]);
    expect((await fresh.vectorHashes(GEN)).filter((one) => one === again)).toEqual([again]);
  });

  it('stop between two when something else is to be done', async () => {
    let asked = 0;
    expect(await pack(() => ++asked > 1)).toBe(1);
    await expectAll();
  });

  it('are written by the leader only', async () => {
    await index.takeLease();
    await expect(pack()).rejects.toSatisfy((thrown) => isCode(thrown, 'lease-lost'));
    await expectAll();
  });

  it('go with a rebuild', async () => {
    await pack();
    await index.startRebuild(GEN, 2);
    expect(await index.vectorHashes(GEN)).toEqual([]);
    expect(await index.segments(GEN, 0, 10)).toEqual([]);
  });
});
