import { describe, expect, it } from 'vitest';
import { PendingSet } from '../../src/worker/queue/debounce.ts';

const set = () => new PendingSet(2_000, 15_000);

describe('PendingSet', () => {
  it('gives a note saved 50 times in 5 s once, 2 s after the last save', () => {
    const pending = set();
    const verdicts = Array.from({ length: 50 }, (_, i) => pending.add('a', i * 100, false));
    expect(verdicts.filter((v) => v === 'queued')).toHaveLength(1);
    expect(verdicts.filter((v) => v === 'merged')).toHaveLength(49);
    expect(pending.drain(4_900 + 1_999)).toEqual([]);
    expect(pending.drain(4_900 + 2_000)).toEqual(['a']);
    expect(pending.size).toBe(0);
  });

  it('does not let constant typing put a batch off beyond the cap', () => {
    const pending = set();
    for (let now = 0; now < 15_000; now += 500) {
      pending.add('a', now, false);
      expect(pending.drain(now)).toEqual([]);
    }
    expect(pending.dueAt()).toBe(15_000);
    expect(pending.drain(15_000)).toEqual(['a']);
  });

  it('measures the cap anew for the next batch', () => {
    const pending = set();
    pending.add('a', 0, false);
    expect(pending.drain(2_000)).toEqual(['a']);
    pending.add('a', 14_000, false);
    expect(pending.dueAt()).toBe(16_000);
  });

  it('takes urgent notes at once and leaves the others to their wait', () => {
    const pending = set();
    pending.add('typing', 0, false);
    pending.add('imported', 100, true);
    expect(pending.drain(100)).toEqual(['imported']);
    expect(pending.dueAt()).toBe(2_000);
    expect(pending.drain(2_000)).toEqual(['typing']);
  });

  it('makes a waiting note urgent when it is asked for urgently', () => {
    const pending = set();
    pending.add('a', 0, false);
    expect(pending.add('a', 10, true)).toBe('merged');
    expect(pending.drain(10)).toEqual(['a']);
    expect(pending.drain(10)).toEqual([]);
  });

  it('queues a note again after it was taken', () => {
    const pending = set();
    pending.add('a', 0, false);
    pending.drain(2_000);
    expect(pending.add('a', 2_001, false)).toBe('queued');
  });

  it('counts an urgent note once, however often it is asked for', () => {
    const pending = set();
    pending.add('urgent', 0, true);
    pending.add('urgent', 0, true);
    pending.add('other', 0, false);
    // All, as the debounce has run out, and not the urgent one alone.
    expect(pending.drain(2_000)).toEqual(['urgent', 'other']);
  });

  it('leaves an urgent note urgent when it is typed in', () => {
    const pending = set();
    pending.add('a', 0, true);
    pending.add('a', 1, false);
    expect(pending.drain(1)).toEqual(['a']);
  });

  it('measures the cap from the first ordinary note, not from an urgent one', () => {
    const pending = set();
    pending.add('imported', 0, true);
    for (let now = 10_000; now <= 24_000; now += 1_000) pending.add('typing', now, false);
    expect(pending.drain(24_000)).toEqual(['imported']);
    expect(pending.dueAt()).toBe(25_000);
  });

  it('knows who waits, and forgets all of them, urgent or not', () => {
    const pending = set();
    pending.add('a', 0, true);
    pending.add('b', 0, false);
    expect([pending.size, [...pending.ids()]]).toEqual([2, ['a', 'b']]);
    expect(pending.clear()).toEqual(['a', 'b']);
    expect([pending.size, pending.dueAt()]).toEqual([0, null]);
    pending.add('c', 100, false);
    expect(pending.dueAt()).toBe(2_100);
  });

  it('says when nothing waits', () => {
    expect(set().dueAt()).toBeNull();
  });
});
