import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { FindlingError } from '../../src/errors.ts';
import { type IndexStore, openIndexStore } from '../../src/storage/index/index-store.ts';
import type { Notes } from '../../src/storage/notes/index.ts';
import { generationId } from '../../src/storage/schema.ts';
import { workerClock } from '../../src/worker/clock.ts';
import type { Embedder } from '../../src/worker/embedder.ts';
import { Preparer } from '../../src/worker/indexer/prepare.ts';
import { SliceSizer } from '../../src/worker/indexer/slices.ts';
import { InferenceQueue } from '../../src/worker/inference-queue.ts';
import { EffortKeeper } from '../../src/worker/lifecycle/effort.ts';
import { LeaderSession } from '../../src/worker/lifecycle/leader-session.ts';
import type {
  EmbeddingTarget,
  GenerationModels,
} from '../../src/worker/model/generation-models.ts';
import { PendingSet } from '../../src/worker/queue/debounce.ts';
import { Intake } from '../../src/worker/queue/intake.ts';
import { IndexLoad } from '../../src/worker/search/index-load.ts';
import { Resident } from '../../src/worker/search/resident.ts';
import { createNotes } from '../support/fresh.ts';
import { fakeClock } from './fake-clock.ts';

const broken = () => new Error('Internal error opening backing store');

beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
});
afterEach(() => vi.restoreAllMocks());

/** Loads that end when told to. */
function loads() {
  const clock = fakeClock();
  const begun: { succeed(): void; fail(error: Error): void }[] = [];
  const began: number[] = [];
  let whole = 0;
  const load = new IndexLoad(
    () => {
      began.push(clock.ticks());
      return new Promise<void>((resolve, reject) => begun.push({ succeed: resolve, fail: reject }));
    },
    clock,
    () => whole++,
  );
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    load,
    clock,
    began,
    wholes: () => whole,
    async succeed(i: number) {
      begun[i]!.succeed();
      await settle();
    },
    async fail(i: number, error: Error = broken()) {
      begun[i]!.fail(error);
      await settle();
    },
  };
}

describe('IndexLoad', () => {
  it('is whole once the first load has ended, and not while another is under way', async () => {
    const { load, succeed, wholes } = loads();
    expect(load.whole).toBe(false);
    void load.run();
    expect([load.whole, load.failed]).toEqual([false, null]);
    await succeed(0);
    expect([load.whole, wholes()]).toEqual([true, 1]);
    void load.run();
    void load.run();
    await succeed(1);
    expect([load.whole, wholes()]).toEqual([false, 1]);
    await succeed(2);
    expect([load.whole, wholes()]).toEqual([true, 2]);
  });

  it('tries again after a failure, each time after twice as long, at most five minutes', async () => {
    const { load, clock, began, fail, succeed, wholes } = loads();
    void load.run();
    for (let i = 0; i < 12; i++) {
      await fail(i);
      expect(load.whole).toBe(false);
      clock.advance(10 * 60_000);
    }
    const waits = began.slice(1).map((at, i) => at - i * 10 * 60_000);
    expect(waits).toEqual([
      ...[1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300, 300].map((s) => s * 1_000),
    ]);
    await succeed(12);
    expect([load.whole, load.failed, wholes()]).toEqual([true, null, 1]);
    // The next failure is the first again.
    void load.run();
    await fail(13);
    const from = clock.ticks();
    clock.advance(1_000);
    expect(began.at(-1)).toBe(from + 1_000);
  });

  it('says why, until it is tried again', async () => {
    const { load, clock, fail } = loads();
    void load.run();
    await fail(0);
    expect(load.failed?.code).toBe('index-unread');
    clock.advance(1_000);
    expect(load.failed).toBeNull();
    await fail(1, new FindlingError('storage-closed'));
    expect(load.failed?.code).toBe('storage-closed');
  });

  it('takes only a load for whole that began after the last failure', async () => {
    const { load, clock, succeed, fail, wholes } = loads();
    void load.run();
    void load.run();
    await fail(0);
    await succeed(1);
    expect([load.whole, wholes()]).toEqual([false, 0]);
    clock.advance(1_000);
    await succeed(2);
    expect([load.whole, wholes()]).toEqual([true, 1]);
  });

  it('is not whole after a change that was missed, before all is loaded anew', async () => {
    const { load, clock, succeed } = loads();
    void load.run();
    await succeed(0);
    load.follow(Promise.resolve());
    await load.followed();
    expect(load.whole).toBe(true);
    load.follow(Promise.reject(broken()));
    await load.followed();
    expect([load.whole, load.failed?.code]).toEqual([false, 'index-unread']);
    clock.advance(1_000);
    await succeed(1);
    expect(load.whole).toBe(true);
  });

  it('begins no load before the retry is due, none twice, and none after its end', async () => {
    const { load, clock, began, fail } = loads();
    void load.run();
    await fail(0);
    clock.advance(999);
    expect(began).toHaveLength(1);
    // Asked for meanwhile: it takes the place of the retry.
    void load.run();
    clock.advance(60_000);
    expect(began).toHaveLength(2);
    await fail(1);
    load.end();
    clock.advance(60 * 60_000);
    void load.run();
    expect(began).toHaveLength(2);
  });
});

const GEN = generationId('toy@1/chunker@1');
const DIMENSIONS = 8;
const hashOf = (note: string): string => note.padEnd(32, '0');

describe('a leader whose index was loaded by half', () => {
  let serial = 0;
  let notes: Notes;
  let index: IndexStore;

  beforeEach(async () => {
    const workspace = `half${++serial}`;
    notes = await createNotes(workspace, { now: () => 1, newId: () => 'id' });
    index = await openIndexStore(workspace);
    const epoch = await index.takeLease();
    for (const id of ['a', 'b', 'c', 'd']) {
      await notes.save({ id, title: id, text: `text of ${id}`, baseRevision: 0 });
      const codes = new Int8Array(DIMENSIONS).fill(id.charCodeAt(0));
      await index.putVectors(GEN, [{ hash: hashOf(id), codes, scale: 0.01 }], {}, []);
      const passages = [{ hash: hashOf(id), start: 0, end: 9, headings: [] }];
      const list = { note: id, revision: 1, title: id, passages };
      await index.commit({ gen: GEN, epoch, notes: [list], deltas: {} });
    }
    await index.set('generations', { active: { gen: GEN, model: 'toy' } });
  });
  /** Ends the leaders of a test: none may still read what is being closed. */
  const leading: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const end of leading.splice(0)) await end();
    notes.close();
    index.close();
  });

  const vectors = async () => (await index.vectorHashes(GEN)).sort();

  /** The real leader over the real storage, with a model that is never asked for a vector. */
  function lead(store: IndexStore) {
    const clock = fakeClock(1_000_000);
    const resident = new Resident(store, GEN, DIMENSIONS);
    const loading = new IndexLoad(
      () => resident.load(),
      clock,
      () => leaderSession.wake(),
    );
    const spec = { id: 'toy', version: 1, dimensions: DIMENSIONS, window: 32 };
    const embedder = { spec, room: 32, tokenize: () => [], encode: () => [] };
    const target = { gen: GEN, embedder, preparer: new Preparer(embedder as unknown as Embedder) };
    const models = {
      outdated: false,
      building: false,
      targetGeneration: { gen: GEN, model: 'toy' },
      targetLoad: { error: null, embedder, percent: 100 },
      settle: async () => {},
      embeddingTarget: async () => target as unknown as EmbeddingTarget,
      servingTarget: async () => null,
    };
    const ended = new AbortController();
    const states: string[] = [];
    const leaderSession: LeaderSession = new LeaderSession({
      store,
      clock: { ...workerClock, ...clock },
      faults: () => {},
      channel: {
        post: (message) => {
          if (message.t === 'status') states.push(message.status.state);
        },
        close() {},
      },
      intake: new Intake(new PendingSet(2_000, 15_000), clock, () => leaderSession.wake()),
      inferenceQueue: new InferenceQueue(),
      sizer: new SliceSizer(60),
      models: models as unknown as GenerationModels,
      resident,
      loading,
      onLease: () => {},
      onCommit: () => {},
      effort: new EffortKeeper(),
      beingAsked: () => false,
      leads: () => true,
      onOutdated: () => {},
      onSwap: () => {},
      onWork: () => {},
    });
    return {
      clock,
      resident,
      loading,
      leaderSession,
      begin: () => {
        const done = leaderSession.lead(ended.signal);
        leading.push(() => {
          ended.abort();
          return done;
        });
      },
      end: () => ended.abort(),
    };
  }

  /** Storage that gives one passage list at a time, and now and then fails at the third. */
  function faltering() {
    const told = { broken: true, steps: 0 };
    const store: IndexStore = {
      ...index,
      async passageLists(gen, after) {
        if (told.broken && after === 'b') throw broken();
        return index.passageLists(gen, after, 1);
      },
      // The first that the indexer asks for in each of its rounds.
      async get(key) {
        if (key === 'rebuild') told.steps++;
        return index.get(key);
      },
    };
    return { store, told };
  }

  /** Lets it look for work, again and again, until it must have been idle more than once. */
  async function idle(leaderSession: LeaderSession, told: { steps: number }): Promise<void> {
    await vi.waitFor(async () => expect(await index.pendingCount()).toBe(0), { timeout: 10_000 });
    for (let round = 0; round < 4; round++) {
      const before = told.steps;
      leaderSession.wake();
      await vi.waitFor(() => expect(told.steps).toBeGreaterThan(before), { timeout: 10_000 });
    }
  }

  it('deletes no vector, and collects what is garbage once all is loaded', async () => {
    const { store, told } = faltering();
    const { clock, resident, loading, leaderSession, begin, end } = lead(store);
    await loading.run();
    expect([loading.whole, loading.failed?.code]).toEqual([false, 'index-unread']);
    expect(resident.vectors.ids().sort()).toEqual(['a', 'b']);
    const all = await vectors();
    await notes.remove('d');
    begin();
    await idle(leaderSession, told);
    expect(await index.passageList(GEN, 'd')).toBeUndefined();
    expect(await vectors()).toEqual(all);

    told.broken = false;
    clock.advance(1_000);
    await vi.waitFor(async () => expect(await vectors()).toEqual(['a', 'b', 'c'].map(hashOf)), {
      timeout: 10_000,
    });
    expect([loading.whole, loading.failed]).toEqual([true, null]);
    expect(resident.vectors.ids().sort()).toEqual(['a', 'b', 'c']);
    end();
  });

  it('deletes no vector of a commit whose passages could not be read', async () => {
    const { store, told } = faltering();
    told.broken = false;
    let unread = true;
    const { clock, resident, loading, leaderSession, begin, end } = lead({
      ...store,
      async passageList(gen, note) {
        if (unread && note === 'e') throw broken();
        return index.passageList(gen, note);
      },
    });
    await loading.run();
    // As another worker commits it, and this one hears of it.
    await notes.save({ id: 'e', title: 'e', text: 'text of e', baseRevision: 0 });
    const codes = new Int8Array(DIMENSIONS).fill(7);
    const epoch = await index.takeLease();
    await index.putVectors(GEN, [{ hash: hashOf('e'), codes, scale: 0.01 }], {}, []);
    const passages = [{ hash: hashOf('e'), start: 0, end: 9, headings: [] }];
    const list = { note: 'e', revision: 1, title: 'e', passages };
    await index.commit({ gen: GEN, epoch, notes: [list], deltas: {} });
    loading.follow(resident.committed(['e']));
    begin();
    await idle(leaderSession, told);
    expect(await vectors()).toEqual(['a', 'b', 'c', 'd', 'e'].map(hashOf));
    unread = false;
    clock.advance(1_000);
    await vi.waitFor(() => expect(loading.whole).toBe(true), { timeout: 10_000 });
    expect(resident.vectors.has(hashOf('e'))).toBe(true);
    end();
  });
});
