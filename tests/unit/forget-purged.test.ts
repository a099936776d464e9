import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { beforeEach, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import { type IndexStore, openIndexStore } from '../../src/storage/index/index-store.ts';
import { LEAST_PACKED } from '../../src/storage/index/segments.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { type GenerationId, generationId } from '../../src/storage/schema.ts';
import { forgetPurged } from '../../src/worker/indexer/forget.ts';
import { MAP_VERSION } from '../../src/worker/map/stored-map.ts';
import type { KeywordSnapshot } from '../../src/worker/search/keyword-snapshot.ts';
import { Resident } from '../../src/worker/search/resident.ts';
import { byWords } from '../support/by-words.ts';
import { createNotes } from '../support/fresh.ts';

const ACTIVE = generationId('model@1/chunker@1');
const PREVIOUS = generationId('former@1/chunker@1');
const DIMENSIONS = 8;
/** Of the purged note and the others: the last three are one term to the index. */
const SECRET = 'marmalade';
const TEXTS: Record<string, string> = {
  a: `${SECRET} gardening gardener`,
  b: 'a garden with gardens',
  c: 'nothing of the kind',
};

let workspace: string;
let notes: Notes;
let index: IndexStore;
let resident: Resident;
let epoch: number;
let serial = 0;

const hashOf = (note: string, gen: GenerationId): string =>
  `${note}${gen === PREVIOUS ? '1' : '0'}`.padEnd(32, '0');
const SHARED = 'ff'.padEnd(32, '0');
const vector = (hash: string) => ({
  hash,
  codes: new Int8Array(DIMENSIONS).fill(hash.charCodeAt(0)),
  scale: 1,
});

/** Passages of one note: one of its own, and one that another note has, too. */
async function indexNote(gen: GenerationId, note: string): Promise<void> {
  const hashes = [hashOf(note, gen), SHARED];
  await index.putVectors(gen, hashes.map(vector), {}, []);
  const { meta } = (await notes.get(note))!;
  await index.commit({
    gen,
    epoch,
    notes: [
      {
        note,
        revision: meta.revision,
        title: note,
        passages: hashes.map((hash) => ({ hash, start: 0, end: 1, headings: [] })),
      },
    ],
    deltas: {},
  });
}

async function start(): Promise<void> {
  resident = new Resident(index, ACTIVE, DIMENSIONS);
  await resident.load();
}

beforeEach(async () => {
  workspace = `forget${++serial}`;
  notes = await createNotes(workspace, { now: () => 1, newId: () => 'id' });
  index = await openIndexStore(workspace);
  epoch = await index.takeLease();
  for (const [id, text] of Object.entries(TEXTS)) {
    await notes.save({ id, title: id, text, baseRevision: 0 });
    await indexNote(PREVIOUS, id);
    await indexNote(ACTIVE, id);
  }
  await index.set('generations', {
    active: { gen: ACTIVE, model: 'model' },
    kept: { gen: PREVIOUS, model: 'former' },
  });
  await index.set('map', {
    version: MAP_VERSION,
    gen: ACTIVE,
    layout: {
      ids: ['a', 'b', 'c'],
      xy: Float32Array.of(1, 2, 3, 4, 5, 6),
      cluster: Uint16Array.of(0, 0, 1),
      clusters: [
        { x: 0, y: 0, size: 2, words: [SECRET] },
        { x: 0, y: 0, size: 1, words: ['kind'] },
      ],
      missing: 0,
    },
  });
  await start();
  expect(await resident.saveSnapshot(true)).toBe(true);
});

/** As the indexer does it: drops what is pending, collects what is searched. */
async function bringUpToDate(stop = () => false): Promise<void> {
  const due = await index.duePending(2, 0, 100, new Set());
  const { begun } = await index.beginNotes(ACTIVE, due);
  const gone = begun.filter(({ meta }) => !meta);
  await index.commit({
    gen: ACTIVE,
    epoch,
    notes: gone.map(({ note, revision }) => ({ note, revision, title: '', passages: null })),
    deltas: {},
  });
  await resident.committed(gone.map(({ note }) => note));
  const held = resident.vectors.referenced();
  const free = (await index.vectorHashes(ACTIVE)).filter((hash) => !held.has(hash));
  await index.collectGarbage(ACTIVE, free, epoch);
  await forgetPurged({ store: index, resident, epoch, stop });
}

async function purge(id: string): Promise<void> {
  await notes.remove(id);
  await resident.notesChanged([id]);
  const deleted = await notes.deleted();
  expect(await deleted.purge(await deleted.list())).toEqual([id]);
}

const snapshot = async (): Promise<KeywordSnapshot> =>
  (await index.keywordSnapshot()) as KeywordSnapshot;
const linesOf = (joined: string): string[] => joined.split('\n').sort();

/** Everything in the database but the living notes, as text: bytes are read as Latin letters. */
async function rest(): Promise<string> {
  const db = await openDB(databaseName(workspace));
  let all = '';
  for (const store of db.objectStoreNames) {
    for (const row of await db.getAll(store)) {
      all += JSON.stringify(row, (_, value) =>
        ArrayBuffer.isView(value)
          ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('latin1')
          : value,
      );
    }
  }
  db.close();
  return all;
}

it('nothing of a purged note is left in what the worker keeps, and all of the others', async () => {
  expect(linesOf((await snapshot()).words)).toEqual(expect.arrayContaining([SECRET, 'gardener']));
  expect(await rest()).toContain(SECRET);
  await purge('a');
  await bringUpToDate();
  for (const gen of [ACTIVE, PREVIOUS]) {
    expect(await index.passageList(gen, 'a')).toBeUndefined();
    expect((await index.vectorHashes(gen)).sort()).toEqual(
      [hashOf('b', gen), hashOf('c', gen), SHARED].sort(),
    );
    expect((await index.passageList(gen, 'b'))?.passages).toHaveLength(2);
  }
  const { words, terms, ids, titles } = await snapshot();
  // “gardening” and “garden” are one term: it stays, and the word of the purged note goes.
  expect(linesOf(words)).toEqual([
    'a',
    'b',
    'c',
    'garden',
    'gardens',
    'kind',
    'nothing',
    'of',
    'the',
    'with',
  ]);
  expect([ids, titles]).toEqual(['b\nc', 'b\nc']);
  expect(terms).not.toContain(SECRET);
  const map = await index.get('map');
  expect([map?.layout.ids, [...map!.layout.xy]]).toEqual([
    ['b', 'c'],
    [3, 4, 5, 6],
  ]);
  expect(await rest()).not.toContain(SECRET);
  // And the words are found as ever, now and after the next start.
  for (const again of [false, true]) {
    if (again) await start();
    expect(byWords(resident.keyword, 'gardens', 9).map(({ note }) => note)).toEqual(['b']);
    expect(byWords(resident.keyword, SECRET.slice(0, 5), 9)).toEqual([]);
  }
});

it('also where another worker leads by the time, or the work was cut off', async () => {
  // This one has read the snapshot while the words were still in it.
  const other = new Resident(index, ACTIVE, DIMENSIONS);
  await other.load();
  await purge('a');
  await other.notesChanged(['a']);
  // There is always something else to do.
  await bringUpToDate(() => true);
  expect((await snapshot()).words).toContain(SECRET);
  await bringUpToDate();
  expect((await snapshot()).words).not.toContain(SECRET);
  const kept = await index.get('purges-done');
  expect(kept).toBe(await index.get('purged'));
  // It has not forgotten the words itself, but what it keeps does not have them.
  resident = other;
  expect(await other.saveSnapshot(true)).toBe(true);
  expect(linesOf((await snapshot()).words)).not.toContain('gardener');
});

it('keeps a word that another note got while the notes were read', async () => {
  await purge('a');
  let armed = false;
  const store = {
    ...index,
    async notes(ids: string[]) {
      const read = await index.notes(ids);
      if (!armed) return read;
      armed = false;
      await notes.save({ id: 'c', title: 'c', text: 'gardening', baseRevision: 1 });
      await resident.notesChanged(['c']);
      return read;
    },
  };
  resident = new Resident(store, ACTIVE, DIMENSIONS);
  await resident.load();
  armed = true;
  await resident.saveSnapshot(true);
  expect(byWords(resident.keyword, 'gardenin', 9).map(({ note }) => note)).toEqual(
    expect.arrayContaining(['c']),
  );
  expect(linesOf((await snapshot()).words)).toContain('gardening');
});

it('is found wherever vectors lie: in a segment, too', async () => {
  const many = Array.from({ length: LEAST_PACKED }, (_, i) => i.toString(16).padStart(32, '0'));
  await notes.save({ id: 'd', title: 'd', text: 'long', baseRevision: 0 });
  for (const gen of [ACTIVE, PREVIOUS]) {
    await index.putVectors(gen, many.map(vector), {}, []);
    await index.commit({
      gen,
      epoch,
      notes: [
        {
          note: 'd',
          revision: 1,
          title: 'd',
          passages: many.map((hash) => ({ hash, start: 0, end: 1, headings: [] })),
        },
      ],
      deltas: {},
    });
    expect(await index.pack(gen, DIMENSIONS, epoch, () => false)).toBe(1);
  }
  await start();
  await purge('d');
  await bringUpToDate();
  for (const gen of [ACTIVE, PREVIOUS]) expect(await index.vectorHashes(gen)).toHaveLength(4);
});
