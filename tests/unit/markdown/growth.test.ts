/** No text takes more than linear time, and none overflows the stack. */
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { parseTree } from '../../../src/markdown/grammar.ts';
import { headingsOf } from '../../../src/markdown/headings.ts';
import { inlinePropertiesOf } from '../../../src/markdown/inline-properties.ts';
import { linksOf } from '../../../src/markdown/links.ts';
import { plainText } from '../../../src/markdown/plain-text.ts';
import { render } from '../../../src/markdown/render.ts';
import { tagsOf } from '../../../src/markdown/tags.ts';
import { tasksOf } from '../../../src/markdown/tasks.ts';
import { HOSTILE, type Hostile, hostileText } from './hostile.ts';

const LONG = process.env.FINDLING_LONG === 'all';
/** The smallest of three sizes, UTF-16 units; in a short run only what grows fast is found. */
const SIZE = LONG ? 25_000 : 5_000;
/** Milliseconds: below it a clock tells little, and a collection of garbage much. */
const FLOOR = 250;
/** Of 100 KB, four times what one task may take: machines that run tests are slow and shared. */
const MOST = 4 * 100;

/** What reads a note. */
const READERS: [name: string, most: number, read: (text: string) => unknown][] = [
  ['tree', MOST, parseTree],
  [
    'views',
    // Each of them is a task of its own.
    2 * MOST,
    (text) => {
      const doc = parse(text);
      plainText(doc);
      headingsOf(doc);
      linksOf(doc);
      tagsOf(doc);
      tasksOf(doc);
      inlinePropertiesOf(doc);
    },
  ],
  ['drawn', 2 * MOST, (text) => render(parse(text))],
];

/**
 * Milliseconds: by the clock or of processor time, whichever is less. The clock counts what others
 * do; processor time counts the threads that collect garbage beside this one.
 */
function time(read: (text: string) => unknown, text: string): number {
  const clock = performance.now();
  const start = process.cpuUsage();
  read(text);
  const { user, system } = process.cpuUsage(start);
  return Math.min(performance.now() - clock, (user + system) / 1000);
}

// The tree is a part of the others.
describe.each(LONG ? READERS : READERS.slice(1))('%s', (_, most, read) => {
  const times: [number, string][] = [];
  const grows = (hostile: Hostile, inLines: boolean): void => {
    const texts = [1, 2, 4].map((times) => hostileText(hostile, SIZE * times, inLines));
    const best = texts.map((text) => time(read, text));
    const isFine = (): boolean => {
      const [one = 0, two = 0, four = 0] = best;
      // What is quadratic takes four and sixteen times as long.
      return four < most && (four < FLOOR || four < 3 * two || four < 9 * one);
    };
    // The best of some: now and then garbage is collected.
    for (let again = 0; again < 8 && !isFine(); again++) {
      texts.forEach((text, i) => {
        best[i] = Math.min(best[i]!, time(read, text));
      });
    }
    const told = `${hostile[0]}${inLines ? ', in lines' : ''}: ${best.map(Math.round).join(' ')} ms`;
    times.push([best[2]!, told]);
    expect.soft(isFine(), told).toBe(true);
  };

  it.each(HOSTILE)('takes linear time: %s', (...hostile) => {
    grows(hostile, false);
    if (!hostile[1].includes('\n')) grows(hostile, true);
  });

  it('says which took longest', () => {
    const worst = times.sort(([a], [b]) => b - a).slice(0, 12);
    console.log(worst.map(([, what]) => what).join('\n'));
    expect(times.length).toBeGreaterThan(HOSTILE.length);
  });
});
