import { expect, test } from './harness.ts';
import { folderOf, go, importFolder } from './support/app.ts';

const COPY = 'Tea (conflicted copy 2024-03-05)';

test('a conflict copy is marked, compared, kept as a version, and taken back', async ({
  page,
  complaints,
}) => {
  const text = 'Water of ninety degrees.';
  const { dir, remove } = folderOf({
    'Tea.md': `${text}\n\nThree minutes.`,
    [`${COPY}.md`]: `${text}\n\nFour minutes.`,
    'Rice.md': 'Two cups.',
    'Rice.sync-conflict-20240306-101010-ABCDEFG.md': 'Two cups.',
  });
  try {
    await page.goto('./');
    // An exact duplicate becomes a version by itself, which one press takes back.
    await importFolder(page, dir);
    const report = page.getByRole('region', { name: /became versions/ });
    await expect(report).toContainText('Rice.sync-conflict-20240306-101010-ABCDEFG.md');
    await report.getByRole('button', { name: 'Undo' }).click();
    await expect(report).toContainText('Taken back');
    await go(page, 'Notes');
    const row = page.getByRole('link', { name: new RegExp(`^${COPY.replace(/[()]/g, '.')}`) });
    await expect(row).toContainText('Conflict copy');
    await expect(page.getByRole('link', { name: /^Tea(?! \()/ })).not.toContainText('Conflict');
    await row.click();
    const banner = page.getByRole('note').filter({ hasText: 'conflict copy of' });
    await banner.getByRole('button', { name: 'Compare' }).click();
    const dialog = page.getByRole('dialog', { name: /compared with/ });
    await expect(dialog.locator('mark')).toHaveText(['Three', 'Four']);
    await page.setViewportSize({ width: 360, height: 640 });
    const lines = dialog.getByRole('region', { name: 'Differences' });
    expect(await lines.evaluate((part) => part.scrollWidth - part.clientWidth)).toBe(0);
    const box = (await dialog.boundingBox())!;
    expect(box.x >= 0 && box.x + box.width <= 360).toBe(true);
    await dialog.getByRole('button', { name: 'Close' }).click();
    await page.setViewportSize({ width: 1280, height: 800 });
    await banner.getByRole('button', { name: 'Keep as a version of “Tea”' }).click();
    // The other note is shown, with the copy among its versions.
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Tea');
    await page.getByText('1 earlier version').click();
    await expect(page.getByText('a conflict copy that was kept as a version')).toBeVisible();
    // Importing again brings nothing back.
    await importFolder(page, dir);
    const skipped = page.getByRole('table', { name: 'Skipped' });
    await expect(skipped).toContainText('Kept as a version of “Tea”');
    await go(page, 'Notes');
    await expect(row).toHaveCount(0);
    await page.keyboard.press('Control+z');
    await expect(row).toContainText('Conflict copy');
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});
