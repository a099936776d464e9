import { describe, expect, it } from 'vitest';
import type { Status } from '../../src/protocol.ts';
import { SliceSizer } from '../../src/worker/indexer/slices.ts';
import { InferenceQueue } from '../../src/worker/inference-queue.ts';
import { dequantise, quantise } from '../../src/worker/model/quantise.ts';
import { PendingSet } from '../../src/worker/queue/debounce.ts';
import { Intake } from '../../src/worker/queue/intake.ts';
import { readAhead } from '../../src/worker/read-ahead.ts';
import { StatusBoard } from '../../src/worker/status/board.ts';
import { fakeClock } from './fake-clock.ts';

describe('Intake', () => {
  const make = () => {
    const clock = fakeClock();
    const due: number[] = [];
    const intake = new Intake(new PendingSet(2_000, 15_000), clock, () => due.push(clock.ticks()));
    return { clock, due, intake };
  };

  it('holds a credit until the note is taken, and says when it is due', async () => {
    const { clock, due, intake } = make();
    let released: string | undefined;
    void intake.request({ note: 'a' }).then((how) => {
      released = how;
    });
    clock.advance(1_999);
    await Promise.resolve();
    expect([due, released, intake.depth]).toEqual([[], undefined, 1]);
    clock.advance(1);
    expect(due).toEqual([2_000]);
    expect(intake.take()).toEqual(['a']);
    await Promise.resolve();
    expect(released).toBe('taken');
  });

  it('gives a merged request its credit back at once', async () => {
    const { intake } = make();
    void intake.request({ note: 'a' });
    expect(await intake.request({ note: 'a' })).toBe('merged');
    expect(intake.depth).toBe(1);
  });

  it('closes: gives all credits back and takes no more', async () => {
    const { intake } = make();
    const waiting = intake.request({ note: 'a' });
    intake.close();
    expect(await waiting).toBe('closed');
    expect(await intake.request({ note: 'b' })).toBe('closed');
    expect(intake.take()).toEqual([]);
  });

  it('is due from its moment on, and says so once', () => {
    const { clock, due, intake } = make();
    expect(intake.isDue()).toBe(false);
    void intake.request({ note: 'a' });
    clock.advance(1_000);
    void intake.request({ note: 'b' });
    expect([...intake.waiting()]).toEqual(['a', 'b']);
    clock.advance(1_999);
    expect([intake.isDue(), due]).toEqual([false, []]);
    clock.advance(1);
    expect([intake.isDue(), due]).toEqual([true, [3_000]]);
    clock.advance(60_000);
    expect(due).toEqual([3_000]);
  });

  it('takes urgent notes at once, and says again when the others are due', async () => {
    const { clock, due, intake } = make();
    let released = '';
    void intake.request({ note: 'typing' }).then(() => {
      released = 'typing';
    });
    clock.advance(500);
    const urgent = intake.request({ note: 'imported', urgent: true });
    clock.advance(0);
    expect(due).toEqual([500]);
    expect(intake.take()).toEqual(['imported']);
    expect(await urgent).toBe('taken');
    expect([released, intake.depth]).toEqual(['', 1]);
    clock.advance(1_500);
    expect(due).toEqual([500, 2_000]);
    expect(intake.take()).toEqual(['typing']);
  });

  it('takes nothing before its time, and says nothing once it is closed', () => {
    const { clock, due, intake } = make();
    void intake.request({ note: 'a' });
    expect([intake.take(), intake.depth]).toEqual([[], 1]);
    intake.close();
    clock.advance(60_000);
    expect([due, intake.depth, intake.isDue()]).toEqual([[], 0, false]);
  });

  it('gives each note a credit of its own again once it was taken', async () => {
    const { clock, intake } = make();
    const first = intake.request({ note: 'a' });
    clock.advance(2_000);
    intake.take();
    expect(await first).toBe('taken');
    let again = '';
    void intake.request({ note: 'a' }).then((how) => {
      again = how;
    });
    await Promise.resolve();
    expect(again).toBe('');
    intake.close();
    await Promise.resolve();
    expect(again).toBe('closed');
  });
});

describe('InferenceQueue', () => {
  it('lets a query that came later go before a waiting slice, one at a time', async () => {
    const inferenceQueue = new InferenceQueue();
    const log: string[] = [];
    let finish: () => void = () => {};
    const work = (name: string) => async () => {
      log.push(`${name}+`);
      if (name === 'slice 1') await new Promise<void>((resolve) => (finish = resolve));
      log.push(`${name}-`);
    };
    const all = [
      inferenceQueue.run('slice', work('slice 1')),
      inferenceQueue.run('slice', work('slice 2')),
      inferenceQueue.run('query', work('query')),
    ];
    await new Promise((resolve) => setTimeout(resolve));
    finish();
    await Promise.all(all);
    expect(log).toEqual(['slice 1+', 'slice 1-', 'query+', 'query-', 'slice 2+', 'slice 2-']);
  });

  it('goes on after a failure', async () => {
    const inferenceQueue = new InferenceQueue();
    await expect(inferenceQueue.run('slice', () => Promise.reject(new Error('x')))).rejects.toThrow(
      'x',
    );
    expect(await inferenceQueue.run('slice', async () => 1)).toBe(1);
  });
});

describe('SliceSizer', () => {
  it('learns how much fits the target', () => {
    const sizer = new SliceSizer(60);
    for (let i = 0; i < 30; i++) sizer.observe(100, 100);
    const lengths = Array.from({ length: 40 }, () => 20);
    expect(sizer.end(lengths, 0)).toBe(3);
    for (let i = 0; i < 60; i++) sizer.observe(100, 10);
    // A moving average comes close, never quite there.
    expect(sizer.end(lengths, 0)).toBeGreaterThanOrEqual(28);
  });

  it('always takes one, even when one alone is too slow', () => {
    const sizer = new SliceSizer(60);
    sizer.observe(10, 10_000);
    expect(sizer.end([128, 128], 0)).toBe(1);
    expect(sizer.end([128, 128], 1)).toBe(2);
  });

  it('counts padding: long passages share a slice with fewer', () => {
    const sizer = new SliceSizer(60);
    sizer.observe(100, 50);
    expect(sizer.end([10, 10, 10, 100, 100], 0)).toBe(3);
  });
});

describe('quantise', () => {
  it('keeps a unit vector to a cosine above 0.9999', () => {
    const vector = Float32Array.from({ length: 512 }, (_, i) =>
      Math.tanh(Math.sin(i * 12.9898) * 3),
    );
    const length = Math.hypot(...vector);
    const unit = vector.map((x) => x / length);
    const back = dequantise(quantise(unit));
    const cosine = unit.reduce((sum, x, i) => sum + x * back[i]!, 0);
    expect(cosine).toBeGreaterThan(0.9999);
    expect(Math.hypot(...back)).toBeCloseTo(1, 5);
  });
});

describe('StatusBoard', () => {
  it('sends at most one status per interval, and always the last', () => {
    const clock = fakeClock();
    const sent: { at: number; status: Status }[] = [];
    const board = new StatusBoard((status) => sent.push({ at: clock.ticks(), status }), clock, 100);
    for (let i = 0; i < 50; i++) {
      board.show({ state: 'indexing', completed: i, total: 50, etaMs: null });
      clock.advance(10);
    }
    board.show({ state: 'idle' });
    clock.advance(1_000);
    expect(sent.length).toBeLessThanOrEqual(7);
    sent.slice(1).forEach(({ at }, i) => {
      expect(at - sent[i]!.at).toBeGreaterThanOrEqual(100);
    });
    expect(sent.at(-1)!.status).toEqual({ state: 'idle' });
  });

  it('repeats the present value to one that has just started', () => {
    const sent: Status[] = [];
    const board = new StatusBoard((status) => sent.push(status), fakeClock(), 100);
    board.show({ state: 'idle' });
    board.repeat();
    expect(sent).toEqual([{ state: 'idle' }, { state: 'idle' }]);
  });
});

describe('readAhead', () => {
  it('gives all in order, with so many under way and no more', async () => {
    let begun = 0;
    let used = 0;
    let most = 0;
    const read = async (i: number) => {
      most = Math.max(most, ++begun - used);
      // The later ones are there first.
      await new Promise((resolve) => setTimeout(resolve, 5 - i));
      return i;
    };
    const seen: number[] = [];
    for await (const i of readAhead(5, 3, read)) {
      seen.push(i);
      used++;
    }
    expect(seen).toEqual([0, 1, 2, 3, 4]);
    expect(most).toBe(3);
    for await (const _ of readAhead(0, 3, read)) expect.unreachable();
    expect(begun).toBe(5);
  });

  it('throws what a read throws, in its turn', async () => {
    const seen: number[] = [];
    const read = async (i: number) => {
      if (i === 1) throw new Error('gone');
      return i;
    };
    await expect(async () => {
      for await (const i of readAhead(3, 3, read)) seen.push(i);
    }).rejects.toThrow('gone');
    expect(seen).toEqual([0]);
  });
});
