import { expect, test } from './harness.ts';
import { expectNote, noteField, saveState, writeNote } from './support/app.ts';

const HOSTILE = `# Title

<script>window.pwned = 1</script>
<img src=x onerror="window.pwned = 2">
<iframe src="https://evil.example"></iframe>

[click](javascript:window.pwned=3) [data](data:text/html,<script>window.pwned=4</script>)
![remote](https://evil.example/x.png) [[Nowhere]]

<a href="javascript:window.pwned=5">raw</a>
`;

test('a hostile note runs nothing, and asks nothing of the network', async ({
  page,
  complaints,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.goto('./');
  await writeNote(page, 'Hostile', HOSTILE);
  await page.getByRole('button', { name: 'Read' }).click();
  await expect(page.getByRole('heading', { name: 'Title' })).toBeVisible();
  const main = page.getByRole('main');
  await expect(main.getByText('raw')).toBeVisible();
  await expect(main.locator('iframe, script, [onerror], a[href^="javascript"]')).toHaveCount(0);
  await expect(main.getByRole('link', { name: /click|raw/ })).toHaveCount(0);
  await expect(main.getByText('[remote]')).toBeVisible();
  expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
  expect(asked.filter((url) => url.includes('evil'))).toEqual([]);
  expect(complaints).toEqual([]);
});

test('links lead to notes, boxes are ticked, the outline leads through; the address keeps it', async ({
  page,
}) => {
  await page.goto('./');
  await writeNote(page, 'Boiler', 'Warm.');
  await writeNote(
    page,
    'House',
    `# One\n\n[[Boiler|the boiler]], [by file](Boiler.md), [[Attic]].\n\n- [ ] sweep\n\n${'filler\n\n'.repeat(80)}## Two\n\nend`,
  );
  await page.getByRole('button', { name: 'Read' }).click();
  await expect(page).toHaveURL(/\?read$/);
  await page.reload();
  const main = page.getByRole('main');
  await expect(main.getByRole('link', { name: 'the boiler' })).toBeVisible();
  await expect(noteField(page)).toHaveCount(0);

  await main.getByRole('checkbox', { name: 'sweep' }).click();
  await expect(main.getByRole('checkbox', { name: 'sweep' })).toBeChecked();
  await expect(saveState(page)).toHaveText('Saved');

  await page.getByRole('list', { name: 'Outline' }).getByRole('button', { name: 'Two' }).click();
  await expect(main.getByRole('heading', { name: 'Two' })).toBeInViewport();

  await main.getByRole('link', { name: 'Attic' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Attic');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('House');
  await page.keyboard.press('Alt+Shift+R');
  await main.getByRole('link', { name: 'by file' }).click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Boiler');
  await page.goBack();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('House');
  await page.keyboard.press('Alt+Shift+R');
  await expectNote(page, /- \[x\] sweep/);
});
