/** What notes are called, and by which names they are found. */
import { expect, test } from './harness.ts';
import { folderOf, go, importFolder, openSearch, search } from './support/app.ts';

const ID = '0123456789abcdef0123456789abcdef';

test('an imported note bears its file’s name, and is found by its other names', async ({
  page,
}) => {
  const { dir, remove } = folderOf({
    'Refunds.md': 'Money goes back within a week.\n\n## Ask for one\n\nBy letter.',
    'README.md': '# About this folder\n\nWhat lies where.',
    [`Trips ${ID}/Harbour hotel ${ID}.md`]: 'Kippers for breakfast.',
    'glossary.md': '---\naliases: [QXZ, "Long word"]\n---\n\nWhat the letters stand for.',
  });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await go(page, 'Notes');
    const list = page.getByRole('list', { name: 'All notes' });
    for (const title of ['Refunds', 'About this folder', 'Harbour hotel', 'glossary']) {
      await expect(list.getByRole('link', { name: new RegExp(`^${title}`) })).toBeVisible();
    }
    await expect(list.getByText('notes/Trips/Harbour hotel.md')).toBeVisible();

    expect((await search(page, 'qxz'))[0]).toMatch(/^glossary/);
    const first = page.getByRole('option').first();
    await expect(first).toContainText('also called QXZ');
    await expect(first.locator('mark').first()).toHaveText('QXZ');
    await page.keyboard.press('Escape');

    const dialog = await openSearch(page);
    await dialog.getByRole('combobox').pressSequentially('title:"long w"');
    await expect(dialog.getByRole('option')).toHaveCount(1);
    await expect(dialog.getByRole('option')).toContainText('also called Long word');
  } finally {
    remove();
  }
});
