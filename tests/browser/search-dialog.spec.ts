import { expect, test } from './harness.ts';
import { closeSearch, folderOf, importFolder, openSearch, upToDate } from './support/app.ts';
import { EVERYDAY } from './support/everyday.ts';

test('weaker matches, hints, completion and recent searches', async ({ page, complaints }) => {
  const { dir, remove } = folderOf(EVERYDAY);
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await upToDate(page);
    const dialog = await openSearch(page);
    const box = dialog.getByRole('combobox', { name: 'Search your notes' });
    const options = dialog.getByRole('listbox', { name: 'Results' }).getByRole('option');
    const weaker = dialog.getByRole('button', { name: 'Show weaker matches' });

    // One word of five is in a note, the others say nothing: too little, until asked for.
    await box.fill('cake zxqv blorft wumpty qwrtz');
    await expect(dialog.getByText('No notes match').first()).toBeVisible();
    await weaker.click();
    await expect(options.first()).toContainText('birthday');
    await expect(weaker).toHaveCount(0);

    await box.fill('cake before:soon');
    await expect(dialog.getByText('“before:soon” was searched as words')).toBeVisible();

    await box.fill('tag:mor');
    await dialog.getByRole('button', { name: 'mornings' }).click();
    await expect(box).toHaveValue('tag:mornings ');
    await expect(options).toHaveCount(1);
    await expect(options.first()).toContainText('Better coffee');

    await box.fill('path:travel "custard tarts"');
    await expect(options.first()).toContainText('Lisbon');
    await box.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Lisbon');

    const again = await openSearch(page);
    await again.getByRole('button', { name: 'path:travel "custard tarts"' }).click();
    await expect(options.first()).toContainText('Lisbon');
    await closeSearch(page);
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});
