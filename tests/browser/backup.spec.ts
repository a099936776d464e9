import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from './harness.ts';
import {
  expectNote,
  folderOf,
  go,
  importFolder,
  saveState,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';
import { EVERYDAY } from './support/everyday.ts';

test('a backup brings every note back after all was deleted, and merges where both sides went on', async ({
  page,
}) => {
  test.setTimeout(120_000);
  const scratch = mkdtempSync(join(tmpdir(), 'findling-backup-'));
  const { dir, remove } = folderOf(EVERYDAY);
  const result = page.getByRole('status', { name: 'Restore result' });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await writeNote(page, 'Written here', 'The ferry leaves at dawn.');
    await go(page, 'Settings');
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export backup' }).click();
    const saved = await download;
    expect(saved.suggestedFilename()).toMatch(/^findling-backup-\d{4}-\d\d-\d\d\.zip$/);
    const backup = join(scratch, 'backup.zip');
    await saved.saveAs(backup);
    await expect(page.getByText('Backed up 11 notes.')).toBeVisible();

    await page.getByRole('button', { name: 'Delete all data' }).click();
    const confirm = page.getByRole('dialog', { name: 'Delete all data' });
    await confirm.getByRole('textbox').fill('delete');
    await confirm.getByRole('button', { name: 'Delete', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Add sample notes' })).toBeVisible({
      timeout: 30_000,
    });

    await go(page, 'Settings');
    await page.getByLabel('Restore backup').setInputFiles(backup);
    await expect(result).toHaveText('Restored 11 notes.');
    await upToDate(page);
    // By meaning, and by its folder: what was told of it came back too.
    expect((await search(page, 'no heat coming from the heaters'))[0]).toMatch(/^Boiler/);
    await page.keyboard.press('Escape');
    expect((await search(page, 'path:kitchen coffee'))[0]).toMatch(/^Better coffee/);
    await page.keyboard.press('Escape');
    await go(page, 'Notes');
    await page
      .getByRole('link', { name: /^Written here/ })
      .first()
      .click();
    await expectNote(page, 'The ferry leaves at dawn.');

    // Both sides go on: the later text stays, the other one is a version.
    await page.getByRole('textbox', { name: 'Note' }).fill('The ferry leaves at noon.');
    await expect(saveState(page)).toHaveText('Saved');
    await go(page, 'Settings');
    await page.getByLabel('Restore backup').setInputFiles(backup);
    await expect(result).toHaveText('Restored 0 notes, kept 1 as changed here, 10 were the same.');
    await go(page, 'Notes');
    await page
      .getByRole('link', { name: /^Written here/ })
      .first()
      .click();
    await expectNote(page, 'The ferry leaves at noon.');
    await page
      .getByText(/earlier version/, { exact: false })
      .first()
      .click();
    await page.getByText('set aside when a backup was restored').click();
    await expect(page.getByText('The ferry leaves at dawn.', { exact: true })).toBeVisible();

    // Half of it, and something else altogether.
    const half = join(scratch, 'half.zip');
    const whole = readFileSync(backup);
    writeFileSync(half, whole.subarray(0, Math.floor(whole.length / 2)));
    const other = join(scratch, 'other.zip');
    writeFileSync(other, 'This is no archive.');
    await go(page, 'Settings');
    for (const file of [half, other]) {
      await page.getByLabel('Restore backup').setInputFiles(file);
      await expect(result).toContainText('This is not a backup that can be read');
    }
    await go(page, 'Notes');
    await expect(page.getByText('11 notes')).toBeVisible();
  } finally {
    remove();
    rmSync(scratch, { recursive: true, force: true });
  }
});
