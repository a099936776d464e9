/** The app's controls, as the screenshots use them: by role and name. */
export const settle = (page, ms = 700) => page.waitForTimeout(ms);

export const goTo = (page, name) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();

export const upToDate = async (page) => {
  // The index begins a moment after the notes are there.
  await settle(page, 2_500);
  await page
    .getByRole('status', { name: 'Index status' })
    .filter({ hasText: 'Up to date' })
    .waitFor({ timeout: 300_000 });
};

export async function addSamples(page, url) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Add sample notes' }).click();
  await page.getByRole('list', { name: 'All notes' }).waitFor();
}

export async function search(page, query) {
  if (!(await page.getByRole('dialog', { name: 'Search' }).isVisible())) {
    await page.keyboard.press('Control+k');
  }
  const box = page.getByRole('combobox', { name: 'Search your notes' });
  await box.fill(query);
  const options = page.getByRole('listbox', { name: 'Results' });
  await options.and(page.locator('[aria-busy="false"]')).waitFor({ state: 'attached' });
  await settle(page, 900);
}

export async function openNote(page, title) {
  await search(page, `title:"${title}"`);
  await page.keyboard.press('Enter');
  await page.getByRole('textbox', { name: 'Note' }).waitFor();
  await settle(page, 1_200);
}

export async function showMap(page) {
  await goTo(page, 'Map');
  const make = page.getByRole('button', { name: 'Make the map' });
  const anew = page.getByRole('button', { name: 'Arrange anew' });
  await make.or(anew).first().waitFor();
  if (await make.isVisible()) await make.click();
  await anew.waitFor({ timeout: 120_000 });
  await settle(page);
}
