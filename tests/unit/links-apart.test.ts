import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LinksApart } from '../../src/storage/notes/links-apart.ts';
import { createNotes } from '../support/fresh.ts';
import { fakeClock } from './fake-clock.ts';

/** Runs the worker's own script in this realm. */
let handle: (event: { data: unknown }) => void = () => {};
let answerOf: (answer: unknown) => void = () => {};
vi.stubGlobal('addEventListener', (_: string, on: typeof handle) => {
  handle = on;
});
vi.stubGlobal('postMessage', (answer: unknown) => answerOf(answer));
await import('../../src/storage/notes/links-worker.ts');

class WorkerHere {
  static started = 0;
  static running = 0;
  readonly listeners = new Map<string, (event: { data: unknown }) => void>();
  constructor() {
    WorkerHere.started++;
    WorkerHere.running++;
  }
  addEventListener(type: string, listener: (event: never) => void) {
    this.listeners.set(type, listener as (event: { data: unknown }) => void);
  }
  postMessage(data: unknown) {
    setTimeout(() => {
      answerOf = (answer) => this.listeners.get('message')?.({ data: answer });
      handle({ data });
    });
  }
  terminate() {
    WorkerHere.running--;
  }
}
const start = () => new WorkerHere() as unknown as Worker;

let clock: ReturnType<typeof fakeClock>;
beforeEach(() => {
  clock = fakeClock();
  WorkerHere.started = 0;
  WorkerHere.running = 0;
});
afterEach(() => vi.restoreAllMocks());

const LONG = `[[Near]] ${'word '.repeat(50_000)}\n\n[[Far]]`;

describe('links read in a worker', () => {
  it('are those of the whole text, each of its own', async () => {
    const apart = new LinksApart(start, clock.after);
    expect(
      (await Promise.all([apart.of('[[a]] and [[b#c]]'), apart.of(LONG), apart.of('[[a]]')])).map(
        (read) => read?.links,
      ),
    ).toEqual([['a', 'b'], ['near', 'far'], ['a']]);
    expect(WorkerHere.started).toBe(1);
  });

  it('need no worker where there can be none, and none while there is nothing to read', async () => {
    const apart = new LinksApart(start, clock.after);
    expect(await apart.of('plain text')).toMatchObject({ links: [], said: { text: [] } });
    expect(WorkerHere.started).toBe(0);
    await apart.of('[[a]]');
    clock.advance(4_900);
    expect(WorkerHere.running).toBe(1);
    await apart.of('[[a]]');
    clock.advance(4_900);
    expect(WorkerHere.running).toBe(1);
    clock.advance(200);
    expect(WorkerHere.running).toBe(0);
    expect(await apart.of('[[b]] #c')).toMatchObject({ links: ['b'], said: { text: ['c'] } });
  });

  it('are not told where the worker cannot start, breaks or does not answer', async () => {
    const never = new LinksApart(() => {
      throw new Error('refused');
    }, clock.after);
    expect(await never.of('[[a]]')).toBeUndefined();
    const worker = new WorkerHere();
    const breaks = new LinksApart(() => worker as unknown as Worker, clock.after);
    const waiting = breaks.of('[[a]]');
    worker.listeners.get('error')?.({ data: null });
    expect(await waiting).toBeUndefined();
    expect(await breaks.of('[[a]]')).toBeUndefined();
    const mute = new WorkerHere();
    mute.postMessage = () => {};
    const silent = new LinksApart(() => mute as unknown as Worker, clock.after);
    const lost = silent.of('[[a]]');
    clock.advance(20_000);
    expect(await lost).toBeUndefined();
  });
});

describe('the links of a long note', () => {
  it('are all there once it was left alone, also after a restore', async () => {
    vi.stubGlobal('Worker', WorkerHere);
    let id = 0;
    const notes = await createNotes('long-links', {
      now: () => 1,
      newId: () => `id${++id}`,
      after: clock.after,
    });
    const far = { id: 'far', title: 'Far', path: '' };
    const linking = async () => (await notes.mayLinkTo(far)).map((note) => note.id);
    const { meta } = await notes.save({ id: 'long', title: 'Long', text: LONG, baseRevision: 0 });
    expect(await linking()).toEqual([]);
    clock.advance(1_000);
    await vi.waitFor(async () => expect(await linking()).toEqual(['long']));
    await notes.remove('long');
    await notes.restore('long');
    expect(await linking()).toEqual([]);
    clock.advance(1_000);
    await vi.waitFor(async () => expect(await linking()).toEqual(['long']));
    // What is saved meanwhile counts, not what was read.
    const text = LONG.replace('[[Far]]', 'far');
    await notes.save({ id: 'long', title: 'Long', text, baseRevision: meta.revision + 1 });
    clock.advance(1_000);
    await vi.waitFor(async () => expect(await linking()).toEqual([]));
    notes.close();
  });
});
