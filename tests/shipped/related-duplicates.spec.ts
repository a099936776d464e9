import { expect, test } from '../browser/harness.ts';
import { folderOf, go, importFolder, search, upToDate } from '../browser/support/app.ts';
import { EVERYDAY } from '../browser/support/everyday.ts';

test('related notes without linked ones, nearly identical notes, and what the model knows', {
  tag: '@long',
}, async ({ page, complaints }) => {
  const text = String(EVERYDAY['garden/growing-tomatoes.md']);
  const { dir, remove } = folderOf({
    ...EVERYDAY,
    'again/growing-tomatoes.md': `${text}\nSee [[Courgettes]].\n`,
    'garden/courgettes.md': `# Courgettes

Water at the roots in the morning, as with tomatoes. Pick the fruit small and often.
`,
  });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await upToDate(page);

    await go(page, 'Health');
    const duplicates = page.getByRole('list', { name: 'Nearly identical notes' });
    await page.getByRole('button', { name: 'Look for nearly identical notes' }).click();
    await expect(duplicates.getByRole('link')).toHaveText(['Growing tomatoes', 'Growing tomatoes']);

    await go(page, 'Settings');
    await expect(page.getByText('This model knows English.')).toBeVisible();

    await search(page, 'path:again');
    await page.keyboard.press('Enter');
    const related = page.getByRole('list', { name: 'Related notes' });
    await expect(related.getByRole('link', { name: 'Courgettes' })).toBeVisible();
    const leaveOut = page.getByRole('checkbox', { name: 'Leave out notes this one links to' });
    await leaveOut.check();
    await expect(related.getByRole('link', { name: 'Growing tomatoes' })).toBeVisible();
    await expect(related.getByRole('link', { name: 'Courgettes' })).toHaveCount(0);
    await page.reload();
    await expect(leaveOut).toBeChecked();
    await leaveOut.uncheck();
    await expect(related.getByRole('link', { name: 'Courgettes' })).toBeVisible();
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});
