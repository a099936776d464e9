import { expect, test } from './harness.ts';
import {
  closeSearch,
  expectNote,
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

// Each starts the engine several times: slow where cores are few.
test.describe.configure({ timeout: 120_000 });

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
  await expectNote(page, 'Typed a blink ago.');
});

/** Names of the databases that are there. */
const databases = (page: import('@playwright/test').Page) =>
  page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name).sort());

test('a workspace is renamed, and deleted in every tab once its name is typed', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Stays', 'This one is kept.');
  await create(page, 'Work');
  await writeNote(page, 'Goes', 'This one is not.');
  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Rename “Work”' }).click();
  const renaming = page.getByRole('dialog', { name: 'Rename “Work”' });
  await renaming.getByRole('textbox', { name: 'Name' }).fill('Office');
  await renaming.getByRole('button', { name: 'Save' }).click();
  await expect(workspace(page).locator('option:checked')).toHaveText('Office');

  // Another tab shows it too, with a worker of its own.
  const other = await context.newPage();
  await other.goto('./');
  await workspace(other).selectOption({ label: 'Office' });
  await expect(other.getByRole('link', { name: /^Goes/ })).toBeVisible();
  expect(await databases(page)).toHaveLength(3);

  await page.getByRole('button', { name: 'Delete “Office”' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete “Office”' });
  await expect(dialog.getByRole('button', { name: 'Delete' })).toBeDisabled();
  await dialog.getByRole('textbox').fill('office');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  for (const tab of [page, other]) {
    await expect(workspace(tab).locator('option')).toHaveText(['My notes']);
    await go(tab, 'Notes');
    await expect(tab.getByRole('link', { name: /^Stays/ }).first()).toBeVisible();
  }
  expect(await databases(page)).toEqual(['findling-app', 'findling-ws-default']);
});

test('“Delete all data” leaves nothing behind, and all tabs begin anew', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Secret', 'Nobody may read this.');
  await upToDate(page);
  const other = await context.newPage();
  await other.goto('./');
  await upToDate(other);
  await go(page, 'Settings');
  await page.getByRole('combobox', { name: 'Theme' }).selectOption({ label: 'Dark' });
  await page.getByRole('button', { name: 'Delete all data' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete all data' });
  await dialog.getByRole('textbox').fill('delete');
  await dialog.getByRole('button', { name: 'Delete' }).click();
  for (const tab of [page, other]) {
    await expect(tab.getByText(/never leave this device/)).toBeVisible();
    await expect(tab.getByRole('link', { name: /^Secret/ })).toHaveCount(0);
    await upToDate(tab);
  }
  // It works as on the first day.
  await writeNote(page, 'New', 'A clean start with marzipan.');
  await upToDate(page);
  expect((await search(page, 'marzipan'))[0]).toMatch(/^New/);
});
