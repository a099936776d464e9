import { describe, expect, it } from 'vitest';
import { SPAN_MS, Throughput } from '../../src/ui/health/throughput.ts';

describe('throughput', () => {
  it('is the mean of each five seconds, and nothing before the first reading', () => {
    const work = new Throughput();
    for (let second = 0; second <= 20; second++) {
      // Ten a second for ten seconds, then none.
      work.add(second * 1000, 100 + Math.min(second, 10) * 10);
    }
    const { seconds, rates, total } = work.series(20_400);
    expect(seconds.at(-1)).toBe(0);
    expect(seconds[0]).toBe(-295);
    expect(rates.slice(-4)).toEqual([10, 10, 0, 0]);
    expect(rates.slice(0, -4).every((rate) => rate === null)).toBe(true);
    expect(total).toBe(100);
  });

  it('spreads what was done while nobody looked', () => {
    const work = new Throughput();
    work.add(0, 0);
    work.add(20_000, 400);
    expect(work.series(20_000).rates.slice(-4)).toEqual([20, 20, 20, 20]);
  });

  it('begins anew when the counter does', () => {
    const work = new Throughput();
    work.add(0, 500);
    work.add(5_000, 550);
    work.add(10_000, 0);
    work.add(15_000, 5);
    const { rates, total } = work.series(15_000);
    expect(rates.slice(-3)).toEqual([null, null, 1]);
    expect(total).toBe(5);
  });

  it('forgets what lies before its span', () => {
    const work = new Throughput();
    for (let at = 0; at <= 3 * SPAN_MS; at += 1000) work.add(at, at / 1000);
    const { rates, total } = work.series(3 * SPAN_MS);
    expect(rates).toEqual(Array(60).fill(1));
    expect(total).toBe(300);
  });
});
