import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test } from './harness.ts';
import { folderOf, go, importFolder, noteField, saveState } from './support/app.ts';

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const FILES = {
  'Harbour.md':
    '---\ntags: [sea]\nsource: a friend\n---\nThe ferry.\r\n\r\n![quay](img/quay.png)\r\n',
  'old/List.txt': Buffer.from('K\xe4se\r\nBrot\r\n', 'latin1'),
  'Wide.markdown': Buffer.from('\ufeffWide words.\n', 'utf16le'),
  'Empty.md': '',
  'img/quay.png': PNG,
};

async function backup(page: Page): Promise<Record<string, Uint8Array>> {
  await go(page, 'Settings');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export backup' }).click();
  return unzipSync(readFileSync(await (await download).path()));
}

test('a folder goes out as it came in, and its backup, unpacked, is no news', async ({ page }) => {
  const { dir, remove } = folderOf(FILES);
  const scratch = mkdtempSync(join(tmpdir(), 'findling-unpacked-'));
  try {
    await page.goto('./');
    expect(await importFolder(page, dir)).toContain('Imported 4 notes, skipped 0');
    await go(page, 'Notes');
    await page.getByRole('link', { name: /^Harbour/ }).click();
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    await expect(page.getByRole('img', { name: 'quay' })).toBeVisible();

    const files = await backup(page);
    for (const [path, content] of Object.entries(FILES)) {
      const expected = Buffer.from(content as string);
      expect(Buffer.from(files[`notes/${path}`]!).equals(expected), path).toBe(true);
    }

    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), content);
    }
    expect(await importFolder(page, scratch)).toContain('Imported 0 notes, skipped 4');
    await go(page, 'Notes');
    await expect(page.getByText('4 notes', { exact: true })).toBeVisible();
  } finally {
    remove();
    rmSync(scratch, { recursive: true, force: true });
  }
});

test('a note that is edited keeps its encoding and line ends; what has no sign there is UTF-8', async ({
  page,
}) => {
  const { dir, remove } = folderOf(FILES);
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await go(page, 'Notes');
    await page.getByRole('link', { name: /^List/ }).click();
    await noteField(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('€5');
    await expect(saveState(page)).toHaveText('Saved');
    let files = await backup(page);
    expect(Buffer.from(files['notes/old/List.txt']!).toString('latin1')).toBe(
      'K\xe4se\r\nBrot\r\n\x805',
    );

    await go(page, 'Notes');
    await page.getByRole('link', { name: /^List/ }).click();
    await noteField(page).click();
    await page.keyboard.press('Control+End');
    await page.keyboard.insertText('金');
    await expect(saveState(page)).toHaveText('Saved');
    files = await backup(page);
    await expect(page.getByText(/written as UTF-8/)).toBeVisible();
    expect(Buffer.from(files['notes/old/List.txt']!).toString()).toBe('Käse\r\nBrot\r\n€5金');
  } finally {
    remove();
  }
});

test('Check all finds a change that leaves size and date as they were', async ({ page }) => {
  const { dir, remove } = folderOf({ 'a.md': 'First words.' });
  try {
    const path = join(dir, 'a.md');
    // A whole second: what is set and what is told need not agree below a millisecond.
    const time = new Date('2024-03-05T10:00:00Z');
    utimesSync(path, time, time);
    await page.goto('./');
    await importFolder(page, dir);
    writeFileSync(path, 'Other words.');
    utimesSync(path, time, time);
    expect(await importFolder(page, dir)).toContain('Imported 0 notes, skipped 1');
    await page.getByRole('checkbox', { name: /^Check all/ }).check();
    await page.getByLabel('Import folder').setInputFiles(dir);
    await expect(page.getByText('Imported 1 notes, skipped 0')).toBeVisible();
  } finally {
    remove();
  }
});
