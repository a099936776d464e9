import { describe, expect, it } from 'vitest';
import { exactDate, relativeDate } from '../../src/ui/core/format.ts';

const NOW = new Date(2026, 2, 9, 12, 0).getTime();
const HOUR = 3_600_000;

describe('dates', () => {
  it.each([
    [30_000, 'now', 'jetzt'],
    [5 * 60_000, '5 minutes ago', 'vor 5 Minuten'],
    [3 * HOUR, '3 hours ago', 'vor 3 Stunden'],
    [24 * HOUR, 'yesterday', 'gestern'],
    [10 * 24 * HOUR, '27 Feb', '27. Feb.'],
    [400 * 24 * HOUR, '2 Feb 2025', '2. Feb. 2025'],
  ])('%d ms ago, in the language asked for', (ago, english, german) => {
    expect(relativeDate(NOW - ago, NOW, 'en-GB')).toBe(english);
    expect(relativeDate(NOW - ago, NOW, 'de')).toBe(german);
  });

  it('exactly', () => {
    expect(exactDate(NOW, 'en-GB')).toBe('9 Mar 2026, 12:00');
    expect(exactDate(NOW, 'de')).toBe('09.03.2026, 12:00');
    expect(exactDate(Number.NaN, 'de')).toBe('');
  });
});
