/** How fast the indexer works, how much of the time, and how much at once. */
import { describe, expect, it } from 'vitest';
import { LIMITS } from '../../src/limits.ts';
import { Rate } from '../../src/worker/indexer/rate.ts';
import { SliceSizer } from '../../src/worker/indexer/slices.ts';
import { EffortKeeper } from '../../src/worker/lifecycle/effort.ts';
import { stuckAfterMs, Watchdog } from '../../src/worker/lifecycle/watchdog.ts';

describe('Rate', () => {
  it('is that of the first slice, then moves a tenth of the way to each', () => {
    const rate = new Rate();
    expect(rate.perSecond).toBe(0);
    rate.slice(10, 500);
    expect(rate.perSecond).toBe(20);
    rate.slice(20, 500);
    expect(rate.perSecond).toBeCloseTo(22, 9);
  });

  it('takes no slice that took no time', () => {
    const rate = new Rate();
    rate.slice(10, 0);
    rate.slice(10, -1);
    expect(rate.perSecond).toBe(0);
  });

  it('knows what is left only once notes were done, and moves a fifth of the way', () => {
    const rate = new Rate();
    expect(rate.etaMs(10)).toBeNull();
    rate.notes(0, 100);
    rate.notes(-1, 100);
    rate.notes(5, -1);
    expect(rate.etaMs(10)).toBeNull();
    rate.notes(4, 400);
    expect(rate.etaMs(10)).toBe(1_000);
    rate.notes(1, 200);
    expect(rate.etaMs(10)).toBe(1_200);
    expect(rate.etaMs(0)).toBe(0);
    // So quick that no time could be measured is quick.
    rate.notes(1, 0);
    expect(rate.etaMs(10)).toBe(960);
  });
});

describe('EffortKeeper', () => {
  it('holds nothing back and rests never, unless that is wanted', () => {
    const effort = new EffortKeeper();
    effort.presence(1_000, false);
    expect([effort.heldBackMs(1_000), effort.restMs(60)]).toEqual([0, 0]);
  });

  it('holds back while somebody is there, where it may work in idle time only', () => {
    const effort = new EffortKeeper();
    effort.effort = 'idle';
    expect(effort.heldBackMs(0)).toBe(0);
    effort.presence(1_000, false);
    expect(effort.heldBackMs(1_000)).toBe(LIMITS.idleAfterMs);
    expect(effort.heldBackMs(1_000 + LIMITS.idleAfterMs - 1)).toBe(1);
    expect(effort.heldBackMs(1_000 + LIMITS.idleAfterMs)).toBe(0);
    expect(effort.heldBackMs(2_000 + LIMITS.idleAfterMs)).toBe(0);
    expect(effort.restMs(60)).toBe(0);
  });

  it('rests as long as it worked where that is wanted, or the device asks to be spared', () => {
    const effort = new EffortKeeper();
    effort.effort = 'gentle';
    expect([effort.restMs(60), effort.heldBackMs(0)]).toEqual([60, 0]);
    effort.effort = 'full';
    effort.presence(0, true);
    expect(effort.restMs(60)).toBe(60);
    effort.presence(1, false);
    expect(effort.restMs(60)).toBe(0);
  });
});

describe('SliceSizer', () => {
  const of = (msPerToken: number, most?: number) => {
    const sizer = new SliceSizer(60, most);
    sizer.observe(100, 100 * msPerToken);
    return sizer;
  };

  it('fills a slice to its time, and no further', () => {
    // Six of ten tokens at 1 ms each are 60 ms.
    expect(of(1).end(Array(40).fill(10), 0)).toBe(6);
    expect(of(1).end(Array(40).fill(10), 30)).toBe(36);
    expect(of(1).end(Array(3).fill(10), 0)).toBe(3);
    expect(of(1).end(Array(40).fill(10), 0, 20)).toBe(2);
  });

  it('takes no more than it may at once', () => {
    expect(of(0.001).end(Array(100).fill(10), 0)).toBe(32);
    expect(of(0.001, 5).end(Array(100).fill(10), 0)).toBe(5);
  });

  it('has a guess before it has measured, and forgets it at once', () => {
    // 0.2 ms a token: 30 passages of ten.
    expect(new SliceSizer(60).end(Array(40).fill(10), 0)).toBe(30);
    const sizer = of(1);
    sizer.observe(100, 200);
    // A fifth of the way from 1 to 2.
    expect(sizer.end(Array(40).fill(10), 0)).toBe(5);
  });

  it('takes nothing from what says nothing, and remembers the longest', () => {
    const sizer = of(1);
    for (const [tokens, ms] of [
      [0, 50_000],
      [-1, 50_000],
      [10, Number.NaN],
      [10, -1],
    ] as const) {
      sizer.observe(tokens, ms);
    }
    expect([sizer.end(Array(40).fill(10), 0), sizer.longestMs]).toEqual([6, 100]);
    sizer.observe(100, 300);
    sizer.observe(100, 50);
    expect(sizer.longestMs).toBe(300);
    // So quick that no time could be measured counts: from 1.22 ms a token to 0.98.
    expect(sizer.end(Array(40).fill(10), 0)).toBe(4);
    sizer.observe(100, 0);
    expect(sizer.end(Array(40).fill(10), 0)).toBe(6);
  });
});

describe('Watchdog, at the edges', () => {
  const busy = (longestMs = 0) => {
    const dog = new Watchdog(0);
    dog.heard(0, 'busy', longestMs);
    return dog;
  };

  it('takes silence for a stall after ten seconds, or five of the longest slices', () => {
    expect(stuckAfterMs(0)).toBe(10_000);
    expect(stuckAfterMs(2_000)).toBe(10_000);
    expect(stuckAfterMs(3_000)).toBe(15_000);
  });

  it('asks after more than half of that, once, and steals the lease after more than all', () => {
    const dog = busy();
    expect(dog.check(5_000)).toBe('wait');
    expect(dog.check(5_001)).toBe('ask');
    expect(dog.check(5_002)).toBe('wait');
    expect(dog.check(10_000)).toBe('wait');
    expect(dog.check(10_001)).toBe('steal');
  });

  it('never steals from a leader that it did not ask', () => {
    const dog = busy();
    // It slept itself, and wakes long after.
    expect(dog.check(60_000)).toBe('ask');
    expect(dog.check(60_001)).toBe('steal');
  });

  it('expects work of a leader that it never heard', () => {
    const dog = new Watchdog(1_000);
    expect(dog.check(6_000)).toBe('wait');
    expect(dog.check(6_001)).toBe('ask');
    expect(dog.check(11_001)).toBe('steal');
  });

  it('counts silence from the first of the notes that came, not from the last', () => {
    const dog = new Watchdog(0);
    dog.heard(0, 'idle', 0);
    dog.workCame(100_000);
    dog.workCame(104_000);
    expect(dog.check(105_001)).toBe('ask');
  });

  it('waits after stealing, twice as long each time, and begins anew after a leader at rest', () => {
    const dog = busy();
    const steals: number[] = [];
    const until = (end: number, from: number) => {
      for (let now = from; now <= end; now += 1_000) {
        if (dog.check(now) === 'steal') steals.push(now);
      }
    };
    until(200_000, 1_000);
    // 20, then 40, then 80 seconds at least.
    expect(steals).toEqual([11_000, 31_000, 71_000, 151_000]);
    dog.heard(400_000, 'idle', 0);
    dog.heard(400_000, 'busy', 0);
    steals.length = 0;
    until(450_000, 401_000);
    expect(steals).toEqual([411_000, 431_000]);
  });

  it('waits ten minutes at most', () => {
    const dog = busy();
    const steals: number[] = [];
    for (let now = 1_000; now < 6_000_000; now += 1_000) {
      if (dog.check(now) === 'steal') steals.push(now);
    }
    const [a, b] = steals.slice(-2);
    expect(b! - a!).toBe(600_000);
  });
});
