import { readFileSync, rmSync } from 'node:fs';
import type { Dialog, Page } from '@playwright/test';
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
    // Elsewhere it is called paused, too.
    await go(page, 'Notes');
    const bar = page.getByRole('region', { name: 'Importing' });
    await expect(bar).toContainText(/Paused at \d+ of 600/);
    await bar.getByRole('link').click();
    await page.getByRole('button', { name: 'Resume import' }).click();
    expect(await importResult(page)).toContain('Imported 600 notes, skipped 0');
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

test('links of what is imported are read in a worker, all of a long note', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf({
    'Boiler.md': '# Boiler\n\nAbove the pump.',
    'Pump.md': '# Pump\n\nBelow the [[Boiler]].',
    'Long.md': `# Long\n\n${'Of pipes. '.repeat(30_000)}\n\nSee [[Boiler]].`,
  });
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  try {
    await page.goto('./');
    await importFolder(page, dir);
    expect(workers.filter((url) => url.includes('links-worker'))).toHaveLength(1);
    await go(page, 'Notes');
    await page.getByRole('link', { name: /^Boiler/i }).click();
    const backlinks = page.getByRole('list', { name: 'Backlinks' });
    for (const name of ['Pump', 'Long']) {
      await expect(backlinks.getByRole('link', { name })).toBeVisible();
    }
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
    ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [`z${i}.bin`, 'x'])),
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

const MANY = 200;
const manyNotes = () =>
  Object.fromEntries(
    Array.from({ length: MANY }, (_, i) => [`${i % 7}/${i}.md`, `# Note ${i}\n\nText of ${i}.`]),
  );
const stopped = (page: Page) => page.getByText(/^Import stopped at \d+ of 200\./);

/** Pauses the import under way, and reloads the page; gives what the browser asked meanwhile. */
async function reloadMidway(page: Page): Promise<string[]> {
  const asked: string[] = [];
  const accept = (dialog: Dialog) => {
    asked.push(dialog.type());
    void dialog.accept();
  };
  page.on('dialog', accept);
  await expect(page.getByText(/^[1-9]\d* of 200 files/)).toBeVisible();
  await page.getByRole('button', { name: 'Pause import' }).click();
  await expect(page.getByText(/^Paused at [1-9]\d* of 200 files/)).toBeVisible();
  await page.reload();
  page.off('dialog', accept);
  return asked;
}

/** All came, each once, and nothing is left to go on with. */
async function expectAllOnce(page: Page): Promise<void> {
  await expect(stopped(page)).toHaveCount(0);
  await go(page, 'Notes');
  await expect(page.getByText('200 notes', { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByText('200 notes', { exact: true })).toBeVisible();
  await expect(stopped(page)).toHaveCount(0);
}

/** "Imported N notes, skipped M": both numbers. */
async function importedAndSkipped(page: Page): Promise<number[]> {
  return (await importResult(page)).match(/\d+/g)?.slice(0, 2).map(Number) ?? [];
}

test('after a reload an import goes on when the same folder is chosen again', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf(manyNotes());
  try {
    await page.goto('./');
    await go(page, 'Import');
    await page.getByLabel('Import folder').setInputFiles(dir);
    expect(await reloadMidway(page)).toEqual(['beforeunload']);
    await expect(stopped(page)).toContainText('To go on, choose “notes” again.');
    // Said everywhere, and one press leads to where it is chosen.
    await go(page, 'Notes');
    await expect(stopped(page)).toHaveText(/^Import stopped at \d+ of 200\.$/);
    await page.getByRole('button', { name: 'Go on' }).click();
    await page.getByLabel('Import folder').setInputFiles(dir);
    const [imported = 0, skipped = 0] = await importedAndSkipped(page);
    // What was written before the reload is found to be there.
    expect(skipped).toBeGreaterThan(0);
    expect(imported + skipped).toBe(MANY);
    await expectAllOnce(page);
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

test('a dropped folder goes on after a reload by one press', { tag: '@long' }, async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf(manyNotes());
  try {
    await page.goto('./');
    await page.getByRole('button', { name: 'Add sample notes' }).waitFor();
    await drop(page, dir);
    expect(await reloadMidway(page)).toEqual(['beforeunload']);
    await stopped(page).waitFor();
    await page.getByRole('button', { name: 'Go on' }).click();
    const [imported = 0, skipped = 0] = await importedAndSkipped(page);
    expect(skipped).toBeGreaterThan(0);
    expect(imported + skipped).toBe(MANY);
    await expectAllOnce(page);
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

/** Drops a file or folder of this machine in the middle of the page, as a hand does. */
async function drop(page: Page, path: string): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', {
      type,
      x: 400,
      y: 300,
      data: { items: [], files: [path], dragOperationsMask: 1 },
    });
  }
  await cdp.detach();
}

test('a note whose file was deleted outside is offered to the trash, and comes back', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf(
    Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`n${i}.md`, `Text number ${i}.`])),
  );
  try {
    await page.goto('./');
    await importFolder(page, dir);
    rmSync(`${dir}/n3.md`);
    await importFolder(page, dir);
    const list = page.getByRole('region', { name: /^Not in “.+” any more$/ });
    await expect(list.getByRole('checkbox', { name: /^n3 / })).toBeChecked();
    await list.getByRole('button', { name: 'Move to trash (1)' }).click();
    await expect(list).toContainText('They are in the trash.');
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(list.getByRole('checkbox')).toHaveCount(1);
    // With more than a fifth missing it is asked first, and nothing can be ticked.
    for (const i of [4, 5, 6]) rmSync(`${dir}/n${i}.md`);
    await importFolder(page, dir);
    await expect(list).toContainText(/4 of the 12 files .+ Is this the same folder\?/);
    await expect(list).toContainText('n5.md');
    await expect(list.getByRole('checkbox')).toHaveCount(0);
    await list.getByRole('button', { name: 'Yes, the same folder' }).click();
    await expect(list.getByRole('checkbox', { name: 'All 4' })).toBeChecked();
    await list.getByRole('checkbox', { name: /^n5 / }).click();
    await expect(list.getByRole('button', { name: 'Move to trash (3)' })).toBeVisible();
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});
