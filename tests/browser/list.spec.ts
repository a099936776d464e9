import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test } from './harness.ts';
import {
  expectNote,
  folderOf,
  go,
  importFolder,
  saveState,
  upToDate,
  writeNote,
} from './support/app.ts';
import { EVERYDAY } from './support/everyday.ts';

const list = (page: Page) => page.getByRole('list', { name: 'All notes' });
const titles = (page: Page) =>
  list(page)
    .getByRole('link')
    .evaluateAll((links) => links.map((link) => link.firstElementChild?.textContent));

test('thirty sample notes come with one click, and go when that is confirmed', {
  tag: '@long',
}, async ({ page, complaints }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Add sample notes' }).click();
  await expect(page.getByText('30 notes', { exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: /^Start here/ })).toBeVisible();
  await upToDate(page);
  await writeNote(page, 'Mine', 'Stays.');
  await go(page, 'Notes');
  await page.getByRole('button', { name: 'Remove sample notes' }).click();
  await page
    .getByRole('dialog', { name: 'Remove sample notes' })
    .getByRole('button', { name: 'Remove', exact: true })
    .click();
  await expect(page.getByText('1 note', { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Remove sample notes' })).toHaveCount(0);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('31 notes', { exact: true })).toBeVisible();
  expect(complaints).toEqual([]);
});

test('folders, tags and order are chosen, and the address keeps them', async ({ page }) => {
  const { dir, remove } = folderOf(EVERYDAY);
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await go(page, 'Notes');
    await page
      .getByRole('combobox', { name: 'Folder' })
      .selectOption({ label: 'notes/kitchen (2)' });
    await page.getByRole('combobox', { name: 'Sort by' }).selectOption({ label: 'Title' });
    await expect.poll(() => titles(page)).toEqual(['Better coffee', 'Sourdough']);
    await page.reload();
    await expect.poll(() => titles(page)).toEqual(['Better coffee', 'Sourdough']);
    await page.getByRole('combobox', { name: 'Tag' }).selectOption({ label: 'mornings (1)' });
    await expect.poll(() => titles(page)).toEqual(['Better coffee']);
    await page.getByRole('link', { name: /^Better coffee/ }).click();
    await page.goBack();
    await expect.poll(() => titles(page)).toEqual(['Better coffee']);
    await page.goto('./#/notes?folder=gone&sort=%00&tag=');
    await expect(page.getByText('No notes here.')).toBeVisible();
    await page.getByRole('link', { name: 'Show all notes' }).click();
    await expect(page.getByText('10 notes', { exact: true })).toBeVisible();
  } finally {
    remove();
  }
});

test('many notes are moved, tagged, pinned, exported and deleted at once, each with Undo', async ({
  page,
}) => {
  const { dir, remove } = folderOf(EVERYDAY);
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await go(page, 'Notes');
    await page.getByRole('button', { name: 'Select', exact: true }).click();
    await page.getByRole('checkbox', { name: 'Select Boiler' }).click();
    await page.getByRole('checkbox', { name: 'Select Lisbon' }).click();
    await expect(page.getByText('2 selected')).toBeVisible();

    await page.getByRole('button', { name: 'Move', exact: true }).click();
    const move = page.getByRole('dialog', { name: 'Move' });
    await move.getByRole('combobox', { name: 'Folder' }).fill('archive/2026');
    await move.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Moved 2 notes to “archive/2026”')).toBeVisible();
    await expect(page.getByText('archive/2026/boiler.md')).toBeVisible();

    await page.getByRole('button', { name: 'Tag', exact: true }).click();
    const tags = page.getByRole('dialog', { name: 'Tags' });
    await tags.getByRole('textbox', { name: 'Tags' }).fill('#later, warm');
    await tags.getByRole('button', { name: 'Save' }).click();
    await expect(list(page).getByText('#later #warm')).toHaveCount(2);

    await page.getByRole('button', { name: 'Pin' }).click();
    await expect(list(page).getByRole('img', { name: 'Pinned' })).toHaveCount(2);

    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    const chunks: Buffer[] = [];
    for await (const chunk of await (await download).createReadStream()) chunks.push(chunk);
    const files = unzipSync(Buffer.concat(chunks));
    expect(Object.keys(files).sort()).toEqual(['archive/2026/boiler.md', 'archive/2026/lisbon.md']);
    const boiler = Buffer.from(files['archive/2026/boiler.md']!).toString();
    expect(boiler).toMatch(/^---\ntags: \[later, warm\]\npinned: true\n---\n# Boiler/);
    expect(boiler).toContain('The pressure should stand between one and two bar.');

    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('8 notes', { exact: true })).toBeVisible();
    await page
      .getByRole('status', { name: 'Notices' })
      .locator('div', { hasText: 'Deleted 2 notes' })
      .getByRole('button', { name: 'Undo' })
      .click();
    await expect(page.getByText('10 notes', { exact: true })).toBeVisible();
    await expect(list(page).getByRole('img', { name: 'Pinned' })).toHaveCount(2);
    await upToDate(page);
  } finally {
    remove();
  }
});

test('today’s note is begun once; its folder and tags are kept through typing', async ({
  page,
}) => {
  await page.goto('./');
  await writeNote(page, 'First', 'So that there is a list.');
  await go(page, 'Notes');
  await page.getByRole('button', { name: 'Today’s note' }).click();
  const title = page.getByRole('textbox', { name: 'Title' });
  await expect(title).toHaveValue(/^\d{4}-\d\d-\d\d$/);
  await page.getByRole('textbox', { name: 'Note' }).fill('Rain.');
  await expect(saveState(page)).toHaveText('Saved');
  await page.getByRole('button', { name: 'Folder and tags' }).click();
  const dialog = page.getByRole('dialog', { name: 'Folder and tags' });
  await dialog.getByRole('combobox', { name: 'Folder' }).fill('days');
  await dialog.getByRole('textbox', { name: 'Tags' }).fill('diary');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: /Folder and tags: days\/.*#diary/ })).toBeVisible();
  await page.getByRole('textbox', { name: 'Note' }).fill('Rain, and then sun.');
  await expect(saveState(page)).toHaveText('Saved');
  await go(page, 'Notes');
  await expect(list(page).getByText('#diary')).toBeVisible();
  await page.keyboard.press('Alt+Shift+D');
  await expectNote(page, 'Rain, and then sun.');
});

test('? shows the shortcuts, but not while typing', async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Why', 'Because');
  await page.getByRole('textbox', { name: 'Note' }).press('?');
  await expectNote(page, /\?/);
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(dialog).toBeHidden();
  await go(page, 'Notes');
  await page.getByRole('main').press('?');
  await expect(dialog).toBeVisible();
  await expect(dialog.getByText('Find in note')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
});
