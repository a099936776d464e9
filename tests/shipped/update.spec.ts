/** A newer version of the app is offered, taken by all tabs together, and costs no text. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PROTOCOL_VERSION } from '../../src/protocol.ts';
import { controlled, expect, test } from '../browser/harness.ts';
import { expectNote, go, noteField, saveState, writeNote } from '../browser/support/app.ts';
import { ownCopy, publish } from '../browser/support/own-copy.ts';

/** Waits until the page is of this version; '' is the one that was built. */
const expectVersion = (page: Page, name: string): Promise<void> => {
  const mark = page.locator('meta[name=version]');
  return name === '' ? expect(mark).toHaveCount(0) : expect(mark).toHaveAttribute('content', name);
};
const offer = (page: Page) => page.getByRole('status').getByText('A new version is ready.');
const update = (page: Page) => page.getByRole('button', { name: 'Update', exact: true });
/** Looks for a newer version, as the browser does now and then. */
const look = (page: Page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    await registration.update().catch(() => {});
  });

test('a new version is offered, and takes all tabs along once it is accepted, with their text', async ({
  page,
}) => {
  await using copy = await ownCopy();
  await page.goto(copy.url);
  await controlled(page);
  await writeNote(page, 'First', 'Some text.');
  const other = await page.context().newPage();
  await other.goto(copy.url);
  await writeNote(other, 'Second', 'In the other tab.');
  publish(copy.dir, 'later');
  await look(page);
  await expect(offer(page)).toBeVisible();
  await expect(offer(other)).toBeVisible();
  // Nothing moves by itself.
  await page.waitForTimeout(500);
  for (const tab of [page, other]) await expectVersion(tab, '');
  await noteField(other).click();
  await other.keyboard.press('Control+End');
  await other.keyboard.type(' And the very last words.');
  await update(page).click();
  await expectVersion(page, 'later');
  await expectVersion(other, 'later');
  await expectNote(other, 'In the other tab. And the very last words.');
  await expect(offer(page)).toBeHidden();
});

test('a tab whose text cannot be saved stays as it is, says so, and moves when it can', {
  tag: '@long',
}, async ({ page }) => {
  await using copy = await ownCopy();
  await page.goto(copy.url);
  await controlled(page);
  const other = await page.context().newPage();
  await other.goto(copy.url);
  await writeNote(other, 'Held', 'Saved.');
  publish(copy.dir, 'later');
  await look(page);
  await expect(offer(page)).toBeVisible();
  // As on a full disk.
  await other.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    IDBObjectStore.prototype.put = () => {
      throw new DOMException('full', 'QuotaExceededError');
    };
    Object.assign(window, {
      freed: () => {
        IDBObjectStore.prototype.put = put;
      },
    });
  });
  await noteField(other).click();
  await other.keyboard.press('Control+End');
  await other.keyboard.type(' Not saved yet.');
  await update(page).click();
  await expectVersion(page, 'later');
  await expect(other.getByRole('alert').getByText('a note here could not be saved')).toBeVisible();
  await expectVersion(other, '');
  await expectNote(other, 'Saved. Not saved yet.');
  await other.evaluate(() => (window as unknown as { freed(): void }).freed());
  await other.getByRole('button', { name: 'Reload', exact: true }).click();
  await expectVersion(other, 'later');
  await expectNote(other, 'Saved. Not saved yet.');
});

test('a new version that does not come whole is not offered, and the old one works on', {
  tag: '@long',
}, async ({ page }) => {
  await using copy = await ownCopy();
  await page.goto(copy.url);
  await controlled(page);
  await writeNote(page, 'Here', 'Some text.');
  publish(copy.dir, 'broken');
  rmSync(join(copy.dir, 'icons/icon.svg'));
  await look(page);
  await page.waitForTimeout(1_000);
  await expect(offer(page)).toBeHidden();
  await copy.close();
  await page.reload();
  await expectVersion(page, '');
  await expectNote(page, 'Some text.');
  const shells = await page.evaluate(async () =>
    (await caches.keys()).filter((name) => name.includes(':shell:')),
  );
  expect(shells).toHaveLength(1);
  expect(shells[0]).not.toContain('broken');
});

test('tabs of other versions are named; messages that are none are not heard', async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Here', 'Some text.');
  await expect(saveState(page)).toHaveText('Saved');
  const post = (message: unknown) =>
    page.evaluate((data) => {
      const channel = new BroadcastChannel('findling:default');
      channel.postMessage(data);
      channel.close();
    }, message);
  const indexing = { state: 'indexing', completed: 3, total: 9, etaMs: null };
  const status = { t: 'status', epoch: 1e6, longestMs: 1, status: indexing };
  for (const bad of [
    null,
    'status',
    { findling: PROTOCOL_VERSION },
    {
      findling: PROTOCOL_VERSION,
      message: { ...status, status: { ...indexing, total: '<img src=x>' } },
    },
    { findling: PROTOCOL_VERSION, message: { ...status, epoch: Number.NaN } },
    { findling: PROTOCOL_VERSION, message: { t: 'notes', ids: [{ toString: 1 }] } },
    { findling: `${PROTOCOL_VERSION}`, message: status },
  ]) {
    await post(bad);
  }
  await page.waitForTimeout(300);
  await expect(page.getByRole('status', { name: 'Index status' })).not.toContainText('of 9');
  await expect(page.getByRole('alert')).toHaveCount(0);
  await post({ findling: PROTOCOL_VERSION - 1, message: { t: 'hello' } });
  await expect(page.getByRole('alert')).toHaveText(
    'Another tab has an older version of Findling open. Please reload that one.',
  );
  await post({ findling: PROTOCOL_VERSION + 1, message: { t: 'hello' } });
  await expect(page.getByRole('alert')).toHaveText(
    'Another tab has a newer version of Findling open. Please reload this one.',
  );
  // One that is right is heard: the ones above were refused for what they were.
  await post({ findling: PROTOCOL_VERSION, message: status });
  await expect(page.getByRole('status', { name: 'Index status' })).toContainText('3 of 9');
  await go(page, 'Notes');
});
