/** What is embedded in a note is drawn in the reading view. */
import { expect, test } from './harness.ts';
import { folderOf, importFolder, search } from './support/app.ts';

const SVG =
  '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"><rect width="40" height="30" fill="teal"/></svg>';

test('notes, sections, blocks and pictures stand in place of their links', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf({
    'Harbour.md':
      'The harbour today.\n\n![[Boats]]\n\n![[Boats#Oars]]\n\n![[Boats#^oak]]\n\n![[Nowhere]]\n\n![[plan.svg|20]]\n\n![a plan|30](img/plan.svg)\n',
    'Boats.md': '---\nk: v\n---\nOf oak they are. ^oak\n\n## Oars\n\nOf ash.\n\n![[Harbour]]\n',
    'img/plan.svg': SVG,
  });
  await page.goto('/');
  await importFolder(page, dir);
  remove();
  await search(page, 'harbour today');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  const reading = page.locator('.reading');
  const embeds = reading.locator(':scope > p > .embed-note');
  await expect(embeds).toHaveCount(3);
  await expect(embeds.nth(0)).toContainText('Of oak they are.');
  await expect(embeds.nth(0)).toContainText('Of ash.');
  // It is shown around it: said, not drawn again.
  await expect(embeds.nth(0)).toContainText('shown around this already');
  await expect(embeds.nth(1)).toContainText('Of ash.');
  await expect(embeds.nth(1)).not.toContainText('Of oak');
  await expect(embeds.nth(2)).toContainText('Of oak they are.');
  await expect(embeds.nth(2)).not.toContainText('Of ash');
  await expect(reading.locator('a.missing')).toHaveText('Nowhere');
  const images = reading.locator('img');
  await expect(images).toHaveCount(2);
  const sizes = () =>
    images.evaluateAll((all) =>
      all.map((one) => {
        const { naturalWidth, width } = one as HTMLImageElement;
        return [naturalWidth, width];
      }),
    );
  await expect.poll(sizes).toEqual([
    [40, 20],
    [40, 30],
  ]);
  // The title leads to the note.
  await embeds.nth(0).getByRole('link', { name: 'Boats' }).first().click();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Boats');
  expect(complaints).toEqual([]);
});
