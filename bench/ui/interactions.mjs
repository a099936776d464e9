/** What a person does, and how soon the next frame is there: at rest, and while the index is rebuilt. */
import { go, importNotes, openSearch, settled, upToDate, withPage } from '../browser.mjs';
import { corpus } from '../corpus.mjs';
import { seedNotes } from '../large-library.mjs';
import { ms, percentile } from '../stats.mjs';
import { watchNextPaint } from './next-paint.mjs';

const SLOWER = 4;
const PASSAGES_A_NOTE = 2;
const GOAL = { most: 100, unit: 'ms' };
const STARTS = 5;
const TEXT = 'The boiler in the attic was repaired on Monday, and nobody noticed. ';

const take = (page, type) => page.evaluate((what) => nextPaint.take(what), type);

async function typing(page, times) {
  for (let i = 0; i < times; i++) {
    await page.keyboard.press(TEXT[i % TEXT.length] === ' ' ? 'Space' : TEXT[i % TEXT.length]);
    await page.waitForTimeout(40);
  }
  await page.waitForTimeout(300);
  return take(page, 'keydown');
}

async function inEditor(page, times) {
  await go(page, 'Notes');
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByRole('textbox', { name: 'Note' }).click();
  await take(page, 'keydown');
  return typing(page, times);
}

async function inSearch(page, times) {
  await go(page, 'Notes');
  await openSearch(page);
  await take(page, 'keydown');
  const took = await typing(page, times);
  await page.keyboard.press('Escape');
  return took;
}

async function opening(page, times) {
  const took = [];
  for (let i = 0; i < times; i++) {
    await go(page, 'Notes');
    const row = page
      .getByRole('list', { name: 'All notes' })
      .getByRole('link')
      .nth(i % 8);
    await row.waitFor();
    await take(page, 'click');
    await row.click();
    await page.getByRole('textbox', { name: 'Note' }).waitFor();
    await page.waitForTimeout(100);
    took.push(...(await take(page, 'click')));
  }
  return took;
}

async function scrolling(page, times) {
  await go(page, 'Notes');
  await page.getByRole('list', { name: 'All notes' }).waitFor();
  await page.mouse.move(700, 400);
  await take(page, 'wheel');
  for (let i = 0; i < times; i++) {
    await page.mouse.wheel(0, i % 20 === 19 ? 20_000 : 240);
    await page.waitForTimeout(30);
  }
  await page.waitForTimeout(300);
  return take(page, 'wheel');
}

async function all(page, when, quick) {
  const times = quick ? 30 : 120;
  const rows = [];
  const measure = async (what, took) => {
    const [p50, p95] = [0.5, 0.95].map((p) => percentile(took, p));
    rows.push({
      what: `${when}: ${what}, p95 of ${took.length} (p50 ${ms(p50)})`,
      value: ms(p95),
      measured: p95,
      goal: GOAL,
    });
  };
  await measure('typing in the editor', await inEditor(page, times));
  await measure('typing in search', await inSearch(page, times / 2));
  await measure('opening a note', await opening(page, quick ? 8 : 20));
  await measure('scrolling the list', await scrolling(page, times));
  return rows;
}

/** From the cache that a visit leaves behind. */
async function starts(page) {
  const paints = [];
  const usable = [];
  for (let i = 0; i < STARTS; i++) {
    await page.reload();
    await page.waitForFunction(() => nextPaint.usable !== undefined, null, { timeout: 60_000 });
    const [paint, use] = await page.evaluate(() => [
      performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
      nextPaint.usable,
    ]);
    paints.push(paint);
    usable.push(use);
  }
  const row = (what, times, most) => {
    const measured = percentile(times, 0.5);
    return { what, value: ms(measured), measured, goal: { most, unit: 'ms' } };
  };
  return [
    row(`first paint from cache, median of ${STARTS}`, paints, 1_000),
    row('list of notes there, from cache', usable, 1_500),
  ];
}

export async function interactions(bench) {
  const count = bench.quick ? 2_000 : 10_000;
  const notes = corpus({ notes: count, seed: 21, words: 120 });
  return withPage(bench.browser, bench.app, async (page) => {
    await page.addInitScript(watchNextPaint);
    await upToDate(page);
    const { picked } = await importNotes(page, corpus({ notes: 1, seed: 5, words: 60 }));
    await settled(page, picked);
    await seedNotes(page, notes, PASSAGES_A_NOTE);
    process.stderr.write('  written\n');
    await go(page, 'Notes');
    await page.reload();
    await upToDate(page);
    // What lies apart in storage is brought together after a start.
    await page.waitForTimeout(bench.quick ? 5_000 : 20_000);

    const session = await page.context().newCDPSession(page);
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER });
    const rows = await starts(page);
    await upToDate(page);
    rows.push(...(await all(page, 'at rest', bench.quick)));
    process.stderr.write('  at rest done\n');

    await go(page, 'Settings');
    await page.getByRole('button', { name: 'Rebuild index' }).click();
    await page
      .getByRole('status', { name: 'Index status' })
      .filter({ hasText: /^Improving/ })
      .waitFor({ timeout: 120_000 });
    rows.push(...(await all(page, 'while indexing', bench.quick)));
    const still = await page.getByRole('status', { name: 'Index status' }).textContent();
    if (!still?.startsWith('Improving')) {
      throw new Error(`indexing ended before the measurement did: ${still}`);
    }
    return [{ what: `${count} notes, processor ${SLOWER} x slower`, value: '' }, ...rows];
  });
}
