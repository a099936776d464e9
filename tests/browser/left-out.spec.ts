/** What search leaves out is counted on Health, and a note says why. */
import { createHash } from 'node:crypto';
import { expect, test } from './harness.ts';
import { folderOf, go, importFolder } from './support/app.ts';

const picture = Buffer.concat(
  Array.from({ length: 30 }, (_, i) => createHash('sha256').update(`seen ${i}`).digest()),
).toString('base64');

test('Health lists the notes with text that search leaves out, and the note says which', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf({
    'Boat.md': `The boat was tarred in April.\n\n${picture}\n`,
    'Oars.md': 'Two oars of ash.\n',
  });
  await page.goto('/');
  await importFolder(page, dir);
  remove();
  await go(page, 'Health');
  await page.getByRole('button', { name: 'Look for what search leaves out' }).click();
  const list = page.getByRole('list', { name: 'Left out of search' });
  await expect(list.getByRole('listitem')).toHaveText([
    `Boatencoded data, hashes and ids: ${picture.length.toLocaleString('en')}`,
  ]);
  await list.getByRole('link', { name: 'Boat' }).click();
  const why = page.locator('details.left-out');
  await why.getByText('characters are not searched').click();
  await expect(why.getByRole('listitem')).toBeVisible();
  expect(complaints).toEqual([]);
});
