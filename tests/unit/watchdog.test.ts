import { describe, expect, it } from 'vitest';
import { Watchdog } from '../../src/worker/lifecycle/watchdog.ts';

/** What the watchdog does, second by second. */
const watch = (dog: Watchdog, from: number, to: number) => {
  const acts: [second: number, act: string][] = [];
  for (let s = from; s <= to; s++) {
    const act = dog.check(s * 1_000);
    if (act !== 'wait') acts.push([s, act]);
  }
  return acts;
};

describe('Watchdog', () => {
  it('asks half way and steals from a leader silent for more than ten seconds', () => {
    const dog = new Watchdog(0);
    dog.heard(0, 'busy', 60);
    expect(watch(dog, 1, 11)).toEqual([
      [6, 'ask'],
      [11, 'steal'],
    ]);
  });

  it('leaves an idle leader alone, however silent', () => {
    const dog = new Watchdog(0);
    dog.heard(0, 'idle', 60);
    expect(watch(dog, 1, 1_000)).toEqual([]);
    dog.workCame(1_000_000);
    expect(watch(dog, 1_001, 1_011)).toEqual([
      [1_006, 'ask'],
      [1_011, 'steal'],
    ]);
  });

  it('is patient with slow devices and with a model that loads', () => {
    const slow = new Watchdog(0);
    slow.heard(0, 'busy', 4_000);
    expect(watch(slow, 1, 20)).toEqual([[11, 'ask']]);
    const loading = new Watchdog(0);
    loading.heard(0, 'loading', 0);
    expect(watch(loading, 1, 60)).toEqual([[31, 'ask']]);
  });

  it('starts anew at each word', () => {
    const dog = new Watchdog(0);
    for (let s = 0; s < 100; s += 8) {
      dog.heard(s * 1_000, 'busy', 60);
      expect(watch(dog, s + 1, s + 7).filter(([, act]) => act === 'steal')).toEqual([]);
    }
  });

  it('blames no one for what it did not hear while it slept', () => {
    const dog = new Watchdog(0);
    dog.heard(0, 'busy', 60);
    dog.startOver(60_000);
    expect(watch(dog, 60, 66)).toEqual([[66, 'ask']]);
  });

  it('backs off exponentially between two steals', () => {
    const dog = new Watchdog(0);
    dog.heard(0, 'busy', 60);
    const steals = watch(dog, 1, 400)
      .filter(([, act]) => act === 'steal')
      .map(([s]) => s);
    const pauses = steals.slice(1).map((s, i) => s - steals[i]!);
    expect(steals.length).toBeGreaterThanOrEqual(3);
    pauses.slice(1).forEach((pause, i) => {
      expect(pause).toBeGreaterThan(pauses[i]!);
    });
  });
});
