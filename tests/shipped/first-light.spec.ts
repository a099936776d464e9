import { serve } from '../../scripts/serve.mjs';
import { collectComplaints, expect, offlineReadiness, test } from '../browser/harness.ts';
import {
  closeSearch,
  expectNote,
  folderOf,
  go,
  importFolder,
  indexStatus,
  search,
  upToDate,
  writeNote,
} from '../browser/support/app.ts';
import { EVERYDAY, QUESTIONS } from '../browser/support/everyday.ts';

test('import a folder, find by meaning, and all of it again with the server stopped', {
  tag: '@long',
}, async ({ page }) => {
  const complaints = collectComplaints(page);
  const server = await serve({ dir: 'dist', port: 0 });
  const { dir, remove } = folderOf(EVERYDAY);
  try {
    await page.goto(server.url);
    expect(await importFolder(page, dir)).toContain('Imported 10 notes, skipped 0');
    await upToDate(page);
    for (const [query, title] of QUESTIONS) {
      expect((await search(page, query))[0], query).toMatch(new RegExp(`^${title}`));
      await closeSearch(page);
    }
    await expect(async () =>
      expect(await offlineReadiness(page)).toEqual({ ready: true, missing: [] }),
    ).toPass({ timeout: 60_000 });
    expect(complaints).toEqual([]);

    await server.close();
    await page.reload();
    await upToDate(page);
    for (const [query, title] of QUESTIONS) {
      expect((await search(page, query))[0], `offline: ${query}`).toMatch(new RegExp(`^${title}`));
      await closeSearch(page);
    }
    await writeNote(page, 'Bicycle', 'Oil the chain after rain, and check the brake pads.');
    await expect(indexStatus(page)).toHaveText(/Improving search… \d+ of \d+/);
    await upToDate(page);
    expect((await search(page, 'taking care of my bike'))[0]).toMatch(/^Bicycle/);
  } finally {
    remove();
    await server.close().catch(() => {});
  }
});

test('Enter opens the note at the passage', async ({ page }) => {
  const filler = 'Nothing much happened on this day, and the weather was as it always is.\n\n';
  const { dir, remove } = folderOf({
    'diary.md': `# Diary\n\n${filler.repeat(120)}The kettle exploded and we had to call the fire brigade.\n\n${filler.repeat(120)}`,
  });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await upToDate(page);
    await search(page, 'kettle exploded');
    await expect(
      page
        .getByRole('listbox', { name: 'Results' })
        .getByRole('option')
        .first()
        .locator('mark', { hasText: 'kettle' }),
    ).toBeVisible();
    await page.keyboard.press('Enter');
    const note = page.getByRole('textbox', { name: 'Note' });
    await expect(note).toBeVisible();
    const place = () =>
      note.evaluate((element) => {
        type Editor = {
          state: {
            selection: { main: { from: number; to: number } };
            sliceDoc(a: number, b: number): string;
          };
          scrollDOM: HTMLElement;
        };
        const { view } = (element as unknown as { cmTile: { root: { view: Editor } } }).cmTile.root;
        const { from, to } = view.state.selection.main;
        return {
          selected: view.state.sliceDoc(from, to),
          // A passage is some hundred letters long.
          passage: view.state.sliceDoc(from, from + 1_000),
          scrolled: view.scrollDOM.scrollTop + document.documentElement.scrollTop > 200,
        };
      });
    await expect(async () => {
      expect(await place()).toEqual({
        // The caret stands before it: a key must not replace it.
        selected: '',
        passage: expect.stringContaining('kettle exploded'),
        scrolled: true,
      });
    }).toPass();
  } finally {
    remove();
  }
});

test('importing twice changes nothing; edits on either side are kept', async ({ page }) => {
  const { dir, remove } = folderOf(EVERYDAY);
  const changed = folderOf({ ...EVERYDAY, 'house/boiler.md': '# Boiler\n\nNew pump fitted.\n' });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    expect(await importFolder(page, dir)).toContain('Imported 0 notes, skipped 10');
    expect(await importFolder(page, changed.dir)).toContain('Imported 1 notes, skipped 9');

    // Changed here and outside: both texts are kept, and it is said.
    await go(page, 'Notes');
    await page
      .getByRole('link', { name: /^Boiler/ })
      .first()
      .click();
    const note = page.getByRole('textbox', { name: 'Note' });
    await expectNote(page, /New pump fitted/);
    await note.fill('# Boiler\n\nMy own words.');
    await expect(page.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
    await importFolder(page, dir);
    await expect(page.getByText(/Changed on both sides/)).toBeVisible();
    await go(page, 'Notes');
    await page
      .getByRole('link', { name: /^Boiler/ })
      .first()
      .click();
    await expectNote(page, /My own words/);
    await page.getByText('1 earlier version').click();
    await page.getByText(/imported, while the note had been changed here/).click();
    await expect(page.getByText(/pressure should stand/).first()).toBeVisible();
  } finally {
    remove();
    changed.remove();
  }
});

test('what is not embedded yet is found by its words, while indexing runs or is paused', async ({
  page,
}) => {
  await page.goto('./');
  await upToDate(page);
  await go(page, 'Health');
  await page.getByRole('button', { name: 'Pause indexing' }).click();
  await writeNote(page, 'Umbrella', 'The stand by the door holds the zygomorphic umbrella.');
  await expect(indexStatus(page)).toHaveText(/^Paused: /);
  expect((await search(page, 'zygomorphic'))[0]).toMatch(/^Umbrella/);
  await closeSearch(page);
  await go(page, 'Health');
  await page.getByRole('button', { name: 'Resume indexing' }).click();
  await upToDate(page);
});
