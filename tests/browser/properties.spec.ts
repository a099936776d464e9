import { expect, test } from './harness.ts';
import { noteField, saveState } from './support/app.ts';

const FILE = `---
status: draft   # for now
rating: 3
done: false
tags:
  - area/home
nested: {a: 1}
---
Pears and #fruit/pear here.
`;

test('properties are fields above the text, and their tags lead to the notes', async ({
  page,
  complaints,
}) => {
  await page.goto('./#/import');
  await page
    .getByLabel('Import files')
    .setInputFiles({ name: 'pear.md', mimeType: 'text/markdown', buffer: Buffer.from(FILE) });
  await expect(page.getByRole('status', { name: 'Import result' })).toContainText('Imported 1');
  await page.goto('./#/notes');
  await page.getByRole('link', { name: /pear/ }).click();

  const main = page.getByRole('main');
  const folded = main.locator('details.note-properties');
  await expect(folded.locator('summary')).toContainText('status: draft');
  await expect(noteField(page)).toContainText('Pears and');
  await expect(noteField(page)).not.toContainText('status');

  await folded.locator('summary').click();
  await folded.getByRole('textbox', { name: 'status' }).fill('final');
  await folded.getByRole('textbox', { name: 'status' }).press('Enter');
  await folded.getByRole('checkbox', { name: 'done' }).click();
  await folded.getByRole('textbox', { name: 'Add to tags' }).fill('garden');
  await folded.getByRole('textbox', { name: 'Add to tags' }).press('Enter');
  await expect(folded.getByText('{a: 1}')).toBeVisible();
  await expect(saveState(page)).toHaveText('Saved');

  // What was not changed has its bytes.
  await folded.getByRole('button', { name: 'Edit as text' }).click();
  await expect(noteField(page)).toContainText('status: final   # for now');
  await expect(noteField(page)).toContainText('nested: {a: 1}');
  await expect(noteField(page)).toContainText('- garden');

  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(main.locator('.reading')).toBeVisible();
  await expect(main.locator('.reading')).not.toContainText('status');
  await main.getByRole('link', { name: '#fruit/pear' }).click();
  await expect(page).toHaveURL(/tag=fruit%2Fpear/);
  await expect(page.getByRole('list', { name: 'All notes' })).toContainText('pear');
  expect(complaints).toEqual([]);
});

test('a tag that stands in the text is said to, and is taken out if that is wanted', async ({
  page,
}) => {
  await page.goto('./#/import');
  await page.getByLabel('Import files').setInputFiles({
    name: 'fig.md',
    mimeType: 'text/markdown',
    buffer: Buffer.from('Fig #fruit.'),
  });
  await expect(page.getByRole('status', { name: 'Import result' })).toContainText('Imported 1');
  await page.goto('./#/notes');
  await page.getByRole('link', { name: /fig/ }).click();
  await page.getByRole('button', { name: /Folder and tags/ }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Tags').fill('mine');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(dialog.getByRole('alert')).toContainText('#fruit stands in the text');
  await dialog.getByRole('button', { name: 'Change the text' }).click();
  await expect(noteField(page)).toHaveText('Fig.');
  await expect(page.getByRole('button', { name: /Folder and tags/ })).toContainText('#mine');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(noteField(page)).toContainText('Fig #fruit.');
});
