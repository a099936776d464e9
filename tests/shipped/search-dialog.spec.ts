import { expect, test } from '../browser/harness.ts';
import {
  closeSearch,
  folderOf,
  importFolder,
  openSearch,
  upToDate,
} from '../browser/support/app.ts';
import { EVERYDAY } from '../browser/support/everyday.ts';

const MOTHS = `# Moth problem

Found larvae in the wool drawer. Washed what could be washed, froze the jumpers for three days,
vacuumed the cracks, hung cedar and lavender. Check the traps in June.
`;

test('weaker matches, hints, completion and recent searches', async ({ page, complaints }) => {
  const { dir, remove } = folderOf({ ...EVERYDAY, 'house/moth-problem.md': MOTHS });
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
    await expect(dialog.getByText('Nothing fits well. Nearest:')).toBeVisible();
    await expect(dialog.locator('mark').first()).toHaveText('cake');
    await weaker.click();
    await expect(options.first()).toContainText('birthday');
    await expect(weaker).toHaveCount(0);

    await box.fill('cake before:soon');
    await expect(dialog.getByText('“before:soon” was searched as words')).toBeVisible();

    // What is offered changes with each letter.
    await box.clear();
    await box.pressSequentially('tag:mor', { delay: 60 });
    await dialog.getByRole('button', { name: 'mornings' }).click();
    await expect(box).toHaveValue('tag:mornings ');
    await expect(options).toHaveCount(1);
    await expect(options.first()).toContainText('Better coffee');

    // Not a word of it is in the note: the sentence nearest in meaning is marked.
    await box.fill('insects eating my sweaters');
    const moths = options.filter({ hasText: 'Moth problem' });
    await expect(moths.locator('mark')).toHaveText(['Found larvae in the wool drawer.']);

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

test('words in links and properties say so, comments are searched when asked to', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf({
    'Print.md': '# Print\n\nSee [the small print](https://example.org/zquibble) first.',
    'Forest.md': '---\nauthor: Wendolyn Xarth\n---\n# Forest\n\nThe word for world.',
    'Bread.md': '# Bread\n\nKnead the dough. %%ask Blorfton about salt%%',
  });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await upToDate(page);
    const dialog = await openSearch(page);
    const box = dialog.getByRole('combobox', { name: 'Search your notes' });
    const options = dialog.getByRole('listbox', { name: 'Results' }).getByRole('option');

    await box.fill('zquibble ');
    await expect(options.first()).toContainText('Print');
    await expect(options.first()).toContainText('in a link');
    await expect(options.first().locator('mark')).toHaveText(['zquibble']);

    await box.fill('xarth ');
    await expect(options.first()).toContainText('Forest');
    await expect(options.first()).toContainText('in a property');

    await box.fill('blorfton ');
    await expect(dialog.getByText('in a property')).toHaveCount(0);
    // A note may be near in meaning; no word of it is found.
    await expect(options.getByText('words', { exact: false })).toHaveCount(0);
    await expect(options.locator('mark', { hasText: 'Blorfton' })).toHaveCount(0);
    await box.fill('blorfton in:comments ');
    await expect(options).toHaveCount(1);
    await expect(options.first()).toContainText('in a comment');
    await expect(options.first().locator('mark')).toHaveText(['Blorfton']);
    const filters = dialog.getByRole('list', { name: 'Filters' }).getByRole('listitem');
    await expect(filters).toHaveText([/In comments/]);
    await box.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Bread');
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

test('chips take filters out again, the passage stands beside, results open in a new tab', {
  tag: '@long',
}, async ({ page, context, complaints }) => {
  const { dir, remove } = folderOf(EVERYDAY);
  try {
    await page.setViewportSize({ width: 1200, height: 800 });
    await page.goto('./');
    await importFolder(page, dir);
    await upToDate(page);
    const dialog = await openSearch(page);
    const box = dialog.getByRole('combobox', { name: 'Search your notes' });
    const options = dialog.getByRole('listbox', { name: 'Results' }).getByRole('option');
    const filters = dialog.getByRole('list', { name: 'Filters' }).getByRole('listitem');

    await box.fill('water -"side shoots" path:kitchen after:2001-02-03');
    await expect(filters).toHaveText([/Without “side shoots”/, /Path: kitchen/, /From .*2001/]);
    await expect(options).toHaveCount(2);
    await dialog.getByRole('button', { name: 'Remove filter path:kitchen' }).click();
    await expect(box).toHaveValue('water -"side shoots" after:2001-02-03');
    await expect(box).toBeFocused();
    await expect(filters).toHaveCount(2);
    await dialog.getByRole('button', { name: 'Remove filter -"side shoots"' }).click();
    await expect(options.filter({ hasText: 'Growing tomatoes' })).toHaveCount(1);

    // The passage's other sentences stand beside the result, for the eyes only.
    await box.fill('"filling loop"');
    await expect(options.first()).toContainText('Boiler');
    const beside = dialog.locator('[aria-hidden="true"]').filter({ hasText: 'Boiler' });
    await expect(beside).toContainText('The pressure should stand between one and two bar.');
    await expect(beside.locator('mark').first()).toHaveText(/filling/i);
    await page.setViewportSize({ width: 800, height: 800 });
    await expect(beside).toHaveCount(0);

    const opened = context.waitForEvent('page');
    await box.press('Control+Enter');
    const tab = await opened;
    await expect(tab.getByRole('textbox', { name: 'Title' })).toHaveValue('Boiler');
    expect(await tab.evaluate(() => window.opener)).toBeNull();
    await tab.close();
    await expect(dialog).toBeVisible();
    await expect(options.first()).toContainText('Boiler');
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

test('what is not found can be written, under the name that was looked for', async ({
  page,
  complaints,
}) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'New note' }).first()).toBeVisible();
  const dialog = await openSearch(page);
  await expect(dialog.getByRole('combobox', { name: 'Search your notes' })).toBeFocused();
  await page.keyboard.type('tag:none Zxqv  blorft', { delay: 30 });
  await expect(dialog.getByRole('button', { name: 'New note' })).toBeVisible();
  await dialog.getByRole('button', { name: 'Create note “Zxqv blorft”' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Zxqv blorft');
  await expect(page.getByRole('status', { name: 'Save state' })).toHaveText('Saved');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Zxqv blorft');
  expect(complaints).toEqual([]);
});
