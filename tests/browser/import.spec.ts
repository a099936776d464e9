import { readFileSync } from 'node:fs';
import { expect, test } from './harness.ts';
import { folderOf, go, importFolder, importResult } from './support/app.ts';

/** A red dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==',
  'base64',
);

test('an import is paused and resumed; nothing is lost', async ({ page, complaints }) => {
  const notes = Object.fromEntries(
    Array.from({ length: 600 }, (_, i) => [`${i % 7}/${i}.md`, `# Note ${i}\n\nText of ${i}.`]),
  );
  const { dir, remove } = folderOf(notes);
  try {
    await page.goto('./');
    await go(page, 'Import');
    await page.getByLabel('Import folder').setInputFiles(dir);
    await page.getByRole('button', { name: 'Pause import' }).click();
    const said = page.getByText(/^Paused at \d+ of 600 files/);
    await expect(said).toBeVisible();
    // What was under way when it was paused ends; from then on nothing moves.
    await page.waitForTimeout(1_000);
    const before = await said.textContent();
    await page.waitForTimeout(1_000);
    expect(await said.textContent()).toBe(before);
    await expect(page.getByRole('progressbar', { name: 'Import' })).toBeVisible();
    await page.getByRole('button', { name: 'Resume import' }).click();
    expect(await importResult(page)).toContain('Imported 600 notes, skipped 0');
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

test('images come along, and the list of what was skipped can be downloaded', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf({
    'trip.md': '# Trip\n\n![The harbour](pictures/harbour%20view.png)',
    'pictures/harbour view.png': PNG,
    'pictures/other.png': PNG,
    '=1+1.pdf': 'no note',
    ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`z${i}.md`, ''])),
  });
  try {
    await page.goto('./');
    expect(await importFolder(page, dir)).toContain('Imported 1 notes, skipped 12');
    const result = page.getByRole('status', { name: 'Import result' });
    await expect(result.getByRole('table', { name: 'Skipped' }).getByRole('row')).toHaveCount(13);
    await result.getByRole('combobox', { name: 'Reason' }).selectOption('Not a note file (.pdf)');
    await expect(result.getByRole('row')).toHaveCount(2);

    const download = page.waitForEvent('download');
    await result.getByRole('button', { name: 'Download list' }).click();
    const list = readFileSync(await (await download).path(), 'utf8');
    const rows = list.split('\r\n').slice(1, -1);
    expect(rows).toHaveLength(12);
    expect(rows).toContain('"notes/=1+1.pdf","Skipped","Not a note file (.pdf)"');
    expect(rows).toContain(
      '"notes/pictures/other.png","Skipped","An image that no imported note shows"',
    );

    await go(page, 'Notes');
    await page.getByRole('link', { name: /^Trip/ }).click();
    await page.getByRole('button', { name: 'Read', exact: true }).click();
    const image = page.getByRole('img', { name: 'The harbour' });
    await expect(image).toBeVisible();
    expect(await image.evaluate((shown: HTMLImageElement) => shown.naturalWidth)).toBe(1);
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});
