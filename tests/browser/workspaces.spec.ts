import { expect, test } from './harness.ts';
import {
  closeSearch,
  go,
  openSearch,
  readHealth,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';

const workspace = (page: import('@playwright/test').Page) =>
  page.getByRole('combobox', { name: 'Workspace' });

async function create(page: import('@playwright/test').Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'New workspace' }).click();
  const dialog = page.getByRole('dialog', { name: 'New workspace' });
  await dialog.getByRole('textbox', { name: 'Name' }).fill(name);
  await dialog.getByRole('button', { name: 'Create' }).click();
  await expect(workspace(page).locator('option:checked')).toHaveText(name);
}

test('each workspace has notes, search and status of its own', async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Private', 'The spare key hangs behind the ficus.');
  await upToDate(page);
  await create(page, 'Work');
  await expect(page.getByText(/never leave this device/)).toBeVisible();
  await writeNote(page, 'Minutes', 'We decided to repaint the lobby.');
  await upToDate(page);
  expect((await search(page, 'lobby'))[0]).toMatch(/^Minutes/);
  await closeSearch(page);
  const dialog = await openSearch(page);
  await dialog.getByRole('combobox').fill('ficus');
  await expect(dialog.getByRole('option', { name: /^Private/ })).toHaveCount(0);
  await closeSearch(page);

  // It survives a reload, and the way back finds everything without embedding it again.
  await page.reload();
  await expect(workspace(page).locator('option:checked')).toHaveText('Work');
  await workspace(page).selectOption({ label: 'My notes' });
  await upToDate(page);
  expect((await search(page, 'ficus'))[0]).toMatch(/^Private/);
  await closeSearch(page);
  await go(page, 'Health');
  await expect(async () => {
    const { 'Passages embedded': embedded, Notes, 'Workers alive': alive } = await readHealth(page);
    expect([embedded, Notes, alive]).toEqual(['1', '1', '1']);
  }).toPass();
});

test('a switch in the middle of typing loses nothing', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByRole('textbox', { name: 'Title' }).fill('Hasty');
  await page.getByRole('textbox', { name: 'Note' }).fill('Typed a blink ago.');
  await create(page, 'Other');
  await workspace(page).selectOption({ label: 'My notes' });
  await page
    .getByRole('link', { name: /^Hasty/ })
    .first()
    .click();
  await expect(page.getByRole('textbox', { name: 'Note' })).toHaveValue('Typed a blink ago.');
});
