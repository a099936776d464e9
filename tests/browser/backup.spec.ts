import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { backupFile } from '../support/older-backup.ts';
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
    await expect(result).toHaveText('11 notes to add, 0 the same.');
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
    await expect(result).toHaveText('Restored 11 notes.');
    await upToDate(page);
    // By meaning, and by its folder: what was told of it came back too.
    expect((await search(page, 'boiler'))[0]).toMatch(/^Boiler/);
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
    await expect(result).toHaveText('0 notes to add, 1 to stay as changed here, 10 the same.');
    await page.getByRole('button', { name: 'Restore', exact: true }).click();
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
    await expect(page.getByText('11 notes', { exact: true })).toBeVisible();
  } finally {
    remove();
    rmSync(scratch, { recursive: true, force: true });
  }
});

const result = (page: Page) => page.getByRole('status', { name: 'Restore result' });
const restoreButton = (page: Page) => page.getByRole('button', { name: 'Restore', exact: true });

/** A backup of so many small notes, on disk; `spoil` changes its bytes. */
function backupOf(total: number, spoil: (bytes: Uint8Array) => void = () => {}) {
  const scratch = mkdtempSync(join(tmpdir(), 'findling-backup-'));
  const files = Object.fromEntries(
    Array.from({ length: total }, (_, i) => {
      const at = Date.UTC(2026, 0, 1) + i;
      const meta = {
        path: '',
        tags: [],
        pinned: false,
        created: at,
        modified: at,
        metaChanged: at,
      };
      const text = `Entry ${i}: the ferry number ${i} leaves at dawn.`;
      const note = { ...meta, id: `note-${i}`, title: `Note ${i}`, revision: 1, size: text.length };
      return [`Note ${i}.md`, strToU8(backupFile(note, text))];
    }),
  );
  const bytes = zipSync(files, { level: 0 });
  spoil(bytes);
  const path = join(scratch, 'backup.zip');
  writeFileSync(path, bytes);
  return { path, remove: () => rmSync(scratch, { recursive: true, force: true }) };
}

async function chooseAndRestore(page: Page, path: string, question: string | RegExp) {
  await go(page, 'Settings');
  await page.getByLabel('Restore backup').setInputFiles(path);
  await expect(result(page)).toHaveText(question, { timeout: 90_000 });
  await restoreButton(page).click();
}

const MANY = 400;

test('a restore goes on while the person is elsewhere, is shown there, and can be cancelled', {
  tag: '@long',
}, async ({ page, complaints }) => {
  test.setTimeout(120_000);
  const { path, remove } = backupOf(MANY);
  try {
    await page.goto('./');
    await chooseAndRestore(page, path, '400 notes to add, 0 the same.');
    await go(page, 'Notes');
    const bar = page.getByRole('region', { name: 'Restoring the backup' });
    await expect(bar).toContainText(/\d+ of 400/);
    await bar.getByRole('button', { name: 'Cancel' }).click();
    await expect(bar).toBeHidden();
    await go(page, 'Settings');
    await expect(result(page)).toContainText('Cancelled. What had been restored by then stays.');
    const [, some] =
      /^Restored ([\d,]+) notes?/.exec((await result(page).textContent()) ?? '') ?? [];
    expect(Number(some?.replace(',', ''))).toBeLessThan(MANY);

    // Again, and elsewhere to its end.
    await chooseAndRestore(page, path, /^[\d,]+ notes to add, [\d,]+ the same\.$/);
    await go(page, 'Notes');
    await expect(bar).toBeVisible();
    await expect(page.getByText('400 notes', { exact: true })).toBeVisible({ timeout: 60_000 });
    await expect(bar).toBeHidden();
    await expect(page.getByRole('status', { name: 'Notices' })).toContainText('were the same.');
    // The CSP refused nothing that unpacking needs.
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

test('after a reload a restore goes on when the same file is chosen again', {
  tag: '@long',
}, async ({ page }) => {
  test.setTimeout(120_000);
  const { path, remove } = backupOf(MANY);
  const other = backupOf(3);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  });
  try {
    await page.goto('./');
    await chooseAndRestore(page, path, '400 notes to add, 0 the same.');
    await expect(page.getByText(/Restoring: [1-9]\d+ of 400 files/)).toBeVisible();
    await page.reload();
    // Leaving was asked about.
    expect(asked).toEqual(['beforeunload']);
    const stopped = page.getByText(/^Restore stopped at \d+ of 400\./);
    await expect(stopped).toBeVisible();
    await expect(stopped).toContainText('To go on, choose “backup.zip” again.');
    await go(page, 'Notes');
    await expect(page.getByText(/^Restore stopped at \d+ of 400\.$/)).toBeVisible();
    await page.getByRole('button', { name: 'Go on' }).click();
    // Another backup is another restore.
    await page.getByLabel('Restore backup').setInputFiles(other.path);
    await expect(result(page)).toHaveText(/^0 notes to add|^3 notes to add/);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await expect(stopped).toBeVisible();
    await page.getByLabel('Restore backup').setInputFiles(path);
    // What was written after the last note of how far it was is found to be there.
    await expect(result(page)).toHaveText(/^Restored \d+ notes(, \d+ were the same)?\.$/, {
      timeout: 60_000,
    });
    const numbers = (await result(page).textContent())?.match(/\d+/g)?.map(Number) ?? [];
    expect(numbers.reduce((sum, one) => sum + one)).toBe(400);
    await expect(stopped).toBeHidden();
    await go(page, 'Notes');
    await expect(page.getByText('400 notes', { exact: true })).toBeVisible();
    await page.reload();
    await expect(page.getByText('400 notes', { exact: true })).toBeVisible();
    await expect(page.getByText(/Restore stopped/)).toHaveCount(0);
  } finally {
    remove();
    other.remove();
  }
});

test('a damaged file of a backup is named before anything is written, and the rest is restored', async ({
  page,
}) => {
  const { path, remove } = backupOf(5, (bytes) => {
    // One bit, in the text of one note.
    bytes[Buffer.from(bytes).indexOf('Entry 3') + 7]! ^= 1;
  });
  try {
    await page.goto('./');
    await go(page, 'Settings');
    await page.getByLabel('Restore backup').setInputFiles(path);
    await expect(result(page)).toContainText(
      '4 notes to add, 0 the same, 1 file that cannot be read.',
    );
    const named = 'Note 3.md: The file is damaged: it is not what was backed up';
    await expect(result(page).getByRole('listitem')).toHaveText(named);
    // Not yet.
    await go(page, 'Notes');
    await expect(page.getByRole('button', { name: 'Add sample notes' })).toBeVisible();
    await go(page, 'Settings');
    await restoreButton(page).click();
    await expect(result(page)).toContainText('Restored 4 notes.');
    await expect(result(page).getByRole('listitem')).toHaveText(named);
    await go(page, 'Notes');
    await expect(page.getByText('4 notes', { exact: true })).toBeVisible();
    await expect(page.getByRole('link', { name: /^Note 3/ })).toHaveCount(0);
  } finally {
    remove();
  }
});
