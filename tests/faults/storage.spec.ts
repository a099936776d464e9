/** The stored notes are taken from under the app, by the browser itself. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import { expect, launchPersistent, test } from '../browser/harness.ts';
import { expectNote, go, saveState, search, upToDate, writeNote } from '../browser/support/app.ts';
import { census, expectSound, makeNote, random, saveNotes, seeds } from './support.ts';

const batch = (seed: number, count: number) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) }));
};

/** "Clear site data", of the databases alone. */
async function clearDatabases(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Storage.clearDataForOrigin', {
    origin: new URL(page.url()).origin,
    storageTypes: 'indexeddb',
  });
  await devtools.detach();
}

/** Closes every connection of every page, as the browser does when its storage fails. */
async function closeConnections(context: BrowserContext): Promise<number> {
  const internals = await context.newPage();
  await internals.goto('chrome://indexeddb-internals');
  const count = internals.locator('.connection-count').first();
  await expect(count).toHaveText(/[1-9]/);
  const open = Number(await count.textContent());
  await internals.locator('.force-close').first().click();
  await expect(internals.locator('.connection-count').first()).not.toHaveText(String(open));
  await internals.close();
  return open;
}

/** A mark in the page that a reload would take away. */
const mark = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (window as { unbroken?: boolean }).unbroken = true;
  });
const unbroken = (page: Page): Promise<boolean> =>
  page.evaluate(() => (window as { unbroken?: boolean }).unbroken === true);

test('storage cleared while a note is open: said, the open note is saved anew, all goes on', async ({
  page,
}) => {
  await page.goto('./');
  await writeNote(page, 'Gone', 'Nothing brings this one back.');
  await writeNote(page, 'Open', 'This one is on the screen.');
  await upToDate(page);
  expect((await census(page)).notes).toHaveLength(2);
  await mark(page);
  await clearDatabases(page);
  await expect(page.getByRole('alert')).toContainText('cleared Findling’s storage', {
    timeout: 20_000,
  });
  const field = page.getByRole('textbox', { name: 'Note' });
  await expectNote(page, 'This one is on the screen.');
  await expect(saveState(page)).toHaveText('Saved');
  // The fault was real: of two notes one is left, the one that was on the screen.
  await expectSound(page, { notes: 1 });
  await field.fill('This one is on the screen, and goes on.');
  await expect(saveState(page)).toHaveText('Saved');
  await go(page, 'Notes');
  await expect(page.getByRole('link', { name: /^Open/ }).first()).toBeVisible();
  await expect(page.getByRole('link', { name: /^Gone/ })).toHaveCount(0);
  await upToDate(page);
  // It stays until it is read, and only until then.
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  expect(await unbroken(page)).toBe(true);
  await expectSound(page, { notes: 1 });
  expect((await search(page, 'goes on'))[0]).toMatch(/^Open/);
  await page.reload();
  await upToDate(page);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Open/ }).first()).toBeVisible();
});

for (const i of seeds(20, 1)) {
  const wait = 300 + Math.floor(random(900 + i)() * 3_000);
  test(`storage cleared ${wait} ms into indexing, with two tabs: both say so and start anew`, async ({
    page,
    context,
  }) => {
    await page.goto('./');
    await upToDate(page);
    const other = await context.newPage();
    await other.goto('./');
    await upToDate(other);
    // A lease taken more often than the new database's will be: its epochs are not mixed up.
    await page.reload();
    await upToDate(page);
    await saveNotes(page, batch(900 + i, 60));
    await page.waitForTimeout(wait);
    expect((await census(page)).notes).toHaveLength(60);
    await clearDatabases(page);
    for (const tab of [page, other]) {
      await expect(tab.getByRole('alert')).toContainText('cleared Findling’s storage', {
        timeout: 20_000,
      });
      await expect(tab.getByText('Your notes never leave this device.')).toBeVisible();
    }
    expect((await census(page)).notes).toEqual([]);
    await saveNotes(other, batch(901 + i, 20));
    await expectSound(other, { notes: 20 });
    for (const tab of [page, other]) await upToDate(tab);
    expect((await search(page, 'Entry 19')).length).toBeGreaterThan(0);
  });
}

for (const i of seeds(20, 1)) {
  const wait = 200 + Math.floor(random(930 + i)() * 3_000);
  test(`connections closed under the app ${wait} ms into indexing: opened anew, nothing lost`, async ({
    baseURL,
  }) => {
    const profile = mkdtempSync(join(tmpdir(), 'findling-closed-'));
    const context = await launchPersistent(profile);
    try {
      const page = await context.newPage();
      await page.goto(baseURL!);
      await writeNote(page, 'Open', 'Before.');
      await upToDate(page);
      await mark(page);
      await saveNotes(page, batch(930 + i, 60));
      await page.waitForTimeout(wait);
      // The page's two connections and the worker's own.
      expect(await closeConnections(context)).toBe(3);
      // Typed at once, while the connection may still be away.
      const field = page.getByRole('textbox', { name: 'Note' });
      await field.fill('Before, and after.');
      await expect(saveState(page)).toHaveText('Saved');
      const found = await expectSound(page, { notes: 61 });
      // The worker cannot do without its storage, so it was started anew.
      expect(found.counters.restarts).toBeGreaterThanOrEqual(1);
      await upToDate(page);
      await expect(page.getByRole('alert')).toHaveCount(0);
      expect(await unbroken(page)).toBe(true);
      expect((await search(page, 'and after'))[0]).toMatch(/^Open/);
    } finally {
      await context.close();
      rmSync(profile, { recursive: true, force: true });
    }
  });
}
