/**
 * A page that ends within 600 ms of the last key: what was typed is there the next time. Closed,
 * reloaded, discarded or crashed it loses nothing; a killed browser loses at most the last keys; and
 * what was called "Saved" is never lost.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, launchPersistent, test } from '../browser/harness.ts';
import { noteField, saveState, upToDate } from '../browser/support/app.ts';
import { ALL, isMine, random, type TestWindow } from './support.ts';

const MOMENTS = 200;
/** Of those, in `npm test`: each way to end, and some of each content, size and time. */
const FEW = [0, 26, 40, 52, 78, 104];
/** What a killed browser may lose: keys of the last so many ms, and of two saves. */
const KILL_MS = 600;

const HOWS = ['kill', 'close', 'reload', 'discard', 'crash'] as const;
const WHATS = ['text', 'title', 'properties', 'undone deletion'] as const;

interface Moment {
  index: number;
  how: (typeof HOWS)[number];
  what: (typeof WHATS)[number];
  long: boolean;
  starting: boolean;
  /** From the last key to the end, ms. */
  wait: number;
  /** Between keys, ms. */
  pace: number;
}

const momentAt = (index: number): Moment => {
  const next = random(3_000 + index);
  return {
    index,
    how: HOWS[index % 5]!,
    what: WHATS[Math.floor(index / 5) % 4]!,
    long: Math.floor(index / 20) % 2 === 1,
    starting: Math.floor(index / 40) % 2 === 1,
    wait: Math.floor(next() * 600),
    pace: 20 + Math.floor(next() * 100),
  };
};

const LONG = 'Ten words stand in this line, and it goes on.\n'.repeat(33_000);
const SHORT = 'It was here before.\n';
const TYPED = 'abcdefghijklmnopqrstuvwxyz';

interface Stored {
  title: string;
  text: string;
  pinned: boolean;
  saveMs: number;
}

/** Writes the note as the editor would, and measures two saves of it. */
const makeNote = (page: Page, id: string, text: string): Promise<number> =>
  page.evaluate(
    async ([note, body]) => {
      const { notes } = (window as TestWindow).findling!;
      const { meta } = await notes.save({ id: note!, title: 'T', text: body!, baseRevision: 0 });
      const began = performance.now();
      const again = { id: note!, title: 'T', text: `${body}\n` };
      await notes.save({ ...again, baseRevision: meta.revision });
      const second = await notes.save({ ...again, text: body!, baseRevision: meta.revision + 1 });
      return second.meta.revision > 0 ? performance.now() - began : 0;
    },
    [id, text],
  );

/** What is stored once the app has taken up what was left; null where there is no such note. */
async function storedNote(page: Page, id: string): Promise<Omit<Stored, 'saveMs'> | null> {
  await page.waitForFunction(() => (window as TestWindow).findling !== undefined);
  return page.evaluate(async (note) => {
    const notes = (window as TestWindow).findling!.notes as unknown as {
      get(
        id: string,
      ): Promise<{ meta: { title: string; pinned: boolean }; text: string } | undefined>;
    };
    const found = await notes.get(note);
    return found ? { title: found.meta.title, text: found.text, pinned: found.meta.pinned } : null;
  }, id);
}

async function crash(context: BrowserContext, page: Page): Promise<void> {
  const session = await context.newCDPSession(page);
  const crashed = new Promise((resolve) => page.once('crash', resolve));
  void session.send('Page.crash').catch(() => {});
  await crashed;
}

async function endPage(context: BrowserContext, page: Page, how: Moment['how']): Promise<void> {
  if (how === 'close') await page.close();
  else if (how === 'reload') await page.reload({ waitUntil: 'commit' });
  else if (how === 'crash') await crash(context, page);
  else {
    // The browser refuses to discard a tab that a test drives. A discard ends the process of a tab
    // that is not in front, without a word to the page: so does this.
    await (await context.newPage()).bringToFront();
    await crash(context, page);
  }
}

interface Lost {
  lost: number;
  allowed: number;
  saved: boolean;
  saveMs: number;
}

async function typeUntil(page: Page, moment: Moment): Promise<{ at: number[]; saved: boolean }> {
  const { what, wait, pace } = moment;
  const at: number[] = [];
  if (what === 'properties') {
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    at.push(Date.now());
  } else if (what === 'undone deletion') {
    await page.getByRole('button', { name: 'Delete note' }).click();
    await page.getByRole('button', { name: 'Undo' }).click();
    at.push(Date.now());
  } else {
    const field = what === 'title' ? page.getByRole('textbox', { name: 'Title' }) : noteField(page);
    await field.click();
    await page.keyboard.press('Control+End');
    for (const letter of TYPED) {
      await page.keyboard.press(letter);
      at.push(Date.now());
      await new Promise((resolve) => setTimeout(resolve, pace));
    }
  }
  await new Promise((resolve) => setTimeout(resolve, Math.max(0, wait - pace)));
  const saved = TYPED.length === at.length && (await saveState(page).textContent()) === 'Saved';
  return { at, saved };
}

/** Letters typed that are not in what is stored. */
function lostLetters({ what }: Moment, stored: Omit<Stored, 'saveMs'> | null): number {
  if (what === 'properties') return stored?.pinned ? 0 : 1;
  if (what === 'undone deletion') return stored ? 0 : 1;
  const text = what === 'title' ? stored?.title : stored?.text;
  for (let kept = TYPED.length; kept > 0; kept--) {
    if (text?.includes(TYPED.slice(0, kept))) return TYPED.length - kept;
  }
  return TYPED.length;
}

async function runMoment(
  baseURL: string,
  context: BrowserContext,
  moment: Moment,
  kill: (() => Promise<BrowserContext>) | null,
): Promise<Lost> {
  const id = `moment-${moment.index}`;
  const before = await context.newPage();
  await before.goto(baseURL);
  await before.waitForFunction(() => (window as TestWindow).findling !== undefined);
  const saveMs = await makeNote(before, id, moment.long ? LONG : SHORT);
  if (!moment.starting) await upToDate(before);
  await before.close();

  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto(`${baseURL}#/note/${id}`, { waitUntil: 'commit' });
  await expect(page.getByRole('button', { name: 'Delete note' })).toBeVisible({ timeout: 60_000 });
  if (!moment.starting) await upToDate(page);
  const { at, saved } = await typeUntil(page, moment);
  const ended = Date.now();
  let after = context;
  if (kill) after = await kill();
  else await endPage(context, page, moment.how);
  const again = moment.how === 'reload' ? page : await after.newPage();
  if (moment.how !== 'reload') await again.goto(baseURL);
  const stored = await storedNote(again, id);
  await again.close();
  const lost = lostLetters(moment, stored);
  const allowed = kill ? at.filter((time) => ended - time < KILL_MS + saveMs).length : 0;
  return { lost, allowed, saved, saveMs };
}

/** Ways to end come in fives: each part has all. */
const indexes = ALL
  ? Array.from({ length: MOMENTS }, (_, i) => i).filter((i) => isMine(i, 5))
  : FEW;

for (const how of HOWS) {
  const moments = indexes.map(momentAt).filter((one) => one.how === how);
  test(`${how}: what was typed up to 600 ms before is there (${moments.length} moments)`, async ({
    baseURL,
  }) => {
    test.setTimeout(60_000 + moments.length * 60_000);
    const results: string[] = [];
    let profile = '';
    let context: BrowserContext | null = null;
    const launch = async (): Promise<BrowserContext> => {
      context = await launchPersistent(profile, { noServiceWorker: true });
      return context;
    };
    const kill = async (): Promise<BrowserContext> => {
      const gone = new Promise((resolve) => context!.once('close', resolve));
      expect(spawnSync('pkill', ['-9', '-f', profile]).status).toBe(0);
      await gone;
      return launch();
    };
    try {
      for (const moment of moments) {
        if (!context || how === 'kill') {
          profile = mkdtempSync(join(tmpdir(), 'findling-moment-'));
          await launch();
        }
        const { lost, allowed, saved, saveMs } = await runMoment(
          baseURL!,
          context!,
          moment,
          how === 'kill' ? kill : null,
        );
        const { what, long, starting, wait } = moment;
        const where = `${what}, ${long ? '1.5 MB' : 'small'}, ${starting ? 'while starting' : 'later'}`;
        results.push(
          `${how} ${wait} ms after the last key (${where}): lost ${lost}, allowed ${allowed}, ` +
            `${saved ? 'called saved' : 'not called saved'}, two saves ${Math.round(saveMs)} ms`,
        );
        console.log(results.at(-1));
        expect.soft(lost, results.at(-1)).toBeLessThanOrEqual(saved ? 0 : allowed);
        if (how === 'kill') {
          await (context as BrowserContext | null)?.close();
          context = null;
          rmSync(profile, { recursive: true, force: true });
        }
      }
    } finally {
      await (context as BrowserContext | null)?.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });
}
