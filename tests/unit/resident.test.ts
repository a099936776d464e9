import { describe, expect, it } from 'vitest';
import type { IndexStore } from '../../src/storage/index/index-store.ts';
import { type GenerationId, generationId } from '../../src/storage/schema.ts';
import { quantise } from '../../src/worker/model/quantise.ts';
import { MEAN_DRIFT, Resident } from '../../src/worker/search/resident.ts';
import { random } from '../random.ts';

const GEN = generationId('gen');

const DIMENSIONS = 64;

/** Unit vectors about a direction of their own; `subject` names it. */
function vectorOf(subject: number, seed: number): Float32Array {
  const next = random(1 + seed);
  const row = Float32Array.from({ length: DIMENSIONS }, () => (next() - 0.5) / 4);
  row[subject]! += 1;
  const length = Math.hypot(...row);
  return row.map((x) => x / length);
}

/** A store of notes of one passage each, as many as asked for. */
function storeOf(subjects: Map<string, number>, kv = new Map<string, unknown>()): IndexStore {
  const list = (gen: GenerationId, note: string) => ({
    gen,
    note,
    revision: 1,
    title: '',
    passages: [{ hash: note, start: 0, end: 0, headings: [] }],
  });
  return {
    get: async (key: string) => kv.get(key),
    set: async (key: string, value: unknown) => void kv.set(key, value),
    keywordSnapshot: async () => undefined,
    noteCount: async () => subjects.size,
    noteMetas: async () =>
      [...subjects.keys()].map((id) => ({ id, title: id, path: '', revision: 1 })),
    segmentIds: async () => [],
    vectorsApart: async () => [],
    passageLists: async (gen: GenerationId, after: string | null) =>
      after === null ? [...subjects.keys()].map((note) => list(gen, note)) : [],
    noteIds: async () => [...subjects.keys()],
    notes: async (ids: string[]) =>
      ids.map((id) => ({ meta: { id, title: id, path: '', revision: 1 }, text: '' })),
    passageList: async (gen: GenerationId, note: string) => list(gen, note),
    vectors: async (_gen: GenerationId, hashes: string[]) =>
      hashes.map((hash) => quantise(vectorOf(subjects.get(hash)!, Number(hash.slice(1))))),
  } as unknown as IndexStore;
}

/** The note of the passage that the index, centred, calls nearest. */
function nearestTo({ vectors }: Resident, query: Float32Array): string {
  const [slot] = vectors.nearest(query, 1).slots;
  const [r] = vectors.rowsAt(slot!);
  return vectors.row[r!]!.id;
}

describe('the mean of what is resident', () => {
  const add = (subjects: Map<string, number>, count: number, subject: number): string[] => {
    const ids = Array.from({ length: count }, (_, i) => `n${subjects.size + i}`);
    for (const id of ids) subjects.set(id, subject);
    return ids;
  };

  it('is taken anew once commits have moved it, and not for more of the same', async () => {
    const subjects = new Map<string, number>();
    add(subjects, 1_000, 0);
    const resident = new Resident(storeOf(subjects), GEN, DIMENSIONS);
    await resident.load();
    expect(resident.centred).toBe(1);
    await resident.committed(add(subjects, 600, 0));
    await resident.settled();
    expect(resident.centred).toBe(1);

    const before = resident.vectors.meanOfAll();
    await resident.committed(add(subjects, 600, 5));
    await resident.settled();
    expect(resident.centred).toBe(2);
    const moved = resident.vectors.meanOfAll().map((x, i) => x - before[i]!);
    expect(Math.hypot(...moved)).toBeGreaterThan(MEAN_DRIFT);
    // Searches go by the new one.
    expect(subjects.get(nearestTo(resident, vectorOf(5, 2_000)))).toBe(5);
  });

  it('is kept for the next start, as long as it is about the same', async () => {
    const subjects = new Map<string, number>();
    add(subjects, 1_000, 0);
    const kv = new Map<string, unknown>();
    const start = async (gen = GEN): Promise<Resident> => {
      const resident = new Resident(storeOf(subjects, kv), gen, DIMENSIONS);
      await resident.load();
      return resident;
    };
    expect((await start()).centred).toBe(1);
    const again = await start();
    expect(again.centred).toBe(0);
    expect(nearestTo(again, vectorOf(0, 3))).toBe('n3');
    add(subjects, 1_000, 5);
    expect((await start()).centred).toBe(1);
    expect((await start()).centred).toBe(0);
    // Of other vectors, it says nothing.
    expect((await start(generationId('other'))).centred).toBe(1);
  });

  it('is left alone while only a few have come', async () => {
    const subjects = new Map<string, number>();
    add(subjects, 300, 0);
    const resident = new Resident(storeOf(subjects), GEN, DIMENSIONS);
    await resident.load();
    await resident.committed(add(subjects, 100, 7));
    await resident.settled();
    expect(resident.centred).toBe(1);
  });
});

describe('the stored words', () => {
  it('are of no use for a note that got an alias, and keep the words of every name', async () => {
    const meta = { id: 'n0', title: 'Health', path: '', revision: 1 };
    let aliases: string[] | undefined;
    let stored: unknown;
    let read = 0;
    const now = () => ({ ...meta, ...(aliases && { aliases }) });
    const kv = new Map<string, unknown>();
    const store = {
      ...storeOf(new Map([['n0', 0]]), kv),
      keywordSnapshot: async () => structuredClone(stored),
      putKeywordSnapshot: async (snapshot: unknown) => {
        stored = snapshot;
      },
      noteMetas: async () => [now()],
      notes: async () => {
        read++;
        return [{ meta: now(), text: 'Text.' }];
      },
    } as unknown as IndexStore;
    const start = async (): Promise<Resident> => {
      read = 0;
      const resident = new Resident(store, generationId('gen'), DIMENSIONS);
      await resident.load();
      return resident;
    };
    const first = await start();
    expect(await first.saveSnapshot(true)).toBe(true);
    await start();
    expect(read).toBe(0);

    aliases = ['Wellness body'];
    const later = await start();
    expect(read).toBe(1);
    expect(later.keyword.titled('wellness body')).toEqual(new Set(['n0']));
    // A purge has all words looked through: those of an alias are among them.
    kv.set('purged', 1);
    expect(await later.saveSnapshot(true)).toBe(true);
    const last = await start();
    expect(last.keyword.titled('wellness body')).toEqual(new Set(['n0']));
    expect(last.keyword.match('welln', true).hit('n0')).toBeDefined();
  });
});
