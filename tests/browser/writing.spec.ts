import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, launchPersistent, test } from './harness.ts';
import {
  closeSearch,
  expectNote,
  exportVectors,
  go,
  openSearch,
  saveState,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';

test('a tab closed half a second after the last key loses nothing', async ({ baseURL }) => {
  const profile = mkdtempSync(join(tmpdir(), 'findling-profile-'));
  try {
    const before = await launchPersistent(profile);
    const page = await before.newPage();
    await page.goto(baseURL!);
    await page.getByRole('button', { name: 'New note' }).first().click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Half a second');
    await page.getByRole('textbox', { name: 'Note' }).pressSequentially('every letter of it', {
      delay: 5,
    });
    await page.waitForTimeout(500);
    await page.close();
    await before.close();

    const after = await launchPersistent(profile);
    const again = await after.newPage();
    await again.goto(baseURL!);
    await again
      .getByRole('link', { name: /^Half a second/ })
      .first()
      .click();
    await expectNote(again, 'every letter of it');
    await upToDate(again);
    expect((await search(again, 'every letter'))[0]).toMatch(/^Half a second/);
    await after.close();
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
});

test('delete offers Undo, and Undo brings the note back to list and search', async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Precious', 'The only copy of the recipe for quince jelly.');
  await upToDate(page);
  await page.getByRole('button', { name: 'Delete note' }).click();
  const dialog = await openSearch(page);
  await dialog.getByRole('combobox').fill('quince jelly');
  await expect(dialog.getByText('No notes match')).toBeVisible();
  await closeSearch(page);
  await page.getByRole('button', { name: 'Undo' }).click();
  await upToDate(page);
  await go(page, 'Notes');
  await expect(page.getByRole('link', { name: /^Precious/ }).first()).toBeVisible();
  expect((await search(page, 'quince jelly'))[0]).toMatch(/^Precious/);
});

test.describe('with the debounce as it is shipped', () => {
  test.use({ waitFactor: 1 });
  test('twelve quick saves of one note are embedded once, with the last text', async ({ page }) => {
    await page.goto('./');
    await upToDate(page);
    await page.getByRole('button', { name: 'New note' }).first().click();
    await page.keyboard.type('Burst', { delay: 20 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('Saved for the', { delay: 20 });
    // Each is less than the debounce of two seconds after the one before.
    for (let i = 1; i <= 12; i++) {
      await page.keyboard.type(` ${i}.`, { delay: 20 });
      await expect(saveState(page)).toHaveText('Saved');
    }
    await upToDate(page);
    await go(page, 'Health');
    const value = (name: string) =>
      page.locator('dt', { hasText: new RegExp(`^${name}$`) }).locator('+ dd');
    // Each save was merged or, at first, accepted; one embedding came of them.
    await expect(value('Passages embedded')).toHaveAttribute('data-value', '1');
    await expect(async () => {
      const accepted = Number(await value('Requests accepted').getAttribute('data-value'));
      const merged = Number(await value('Requests merged').getAttribute('data-value'));
      expect(accepted).toBe(1);
      expect(merged).toBeGreaterThanOrEqual(11);
    }).toPass();
    // The export finds a passage's text by the hash that its vector is stored under.
    const exported = await exportVectors(page);
    expect(exported.map(({ text }) => text)).toEqual([
      `Burst. Saved for the${Array.from({ length: 12 }, (_, i) => ` ${i + 1}.`).join('')}`,
    ]);
  });
});

test('an empty note is not kept', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByRole('textbox', { name: 'Note' }).fill('   \n\t ');
  await go(page, 'Notes');
  await expect(page.getByText(/never leave this device/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(/never leave this device/)).toBeVisible();
});
