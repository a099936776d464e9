import { expect, test } from './harness.ts';
import { noteField, writeNote } from './support/app.ts';

const NOTE = `> [!info] Delivery days
> The van leaves on Tuesday.

A ==marked== word, an area $\\pi r^2$, one for ever $\\def\\x{\\x\\x}\\x$.

\`\`\`ts
const answer = 42;
\`\`\`

- [/] half done

Kettle
: A vessel
`;

test('marks look as what they are, in the editor and in the reading view', async ({
  page,
  complaints,
}) => {
  await page.goto('./');
  await writeNote(page, 'Marks', NOTE);
  await page.getByRole('textbox', { name: 'Title' }).click();
  const field = noteField(page);
  await expect(field).not.toContainText('[!info]');
  await expect(field.locator('.md-callout-kind')).toHaveText('Info');
  await expect(field.locator('.md-highlight')).toHaveText('marked');
  await expect(field.locator('math')).toHaveCount(1);
  await expect(field.locator('.code-keyword')).toHaveText('const');

  await page.getByRole('button', { name: 'Read' }).click();
  const reading = page.locator('.reading');
  await expect(reading.locator('.callout-title')).toHaveText('Info Delivery days');
  await expect(reading.locator('mark')).toHaveText('marked');
  await expect(reading.locator('math')).toHaveCount(1);
  await expect(reading.locator('.written')).toHaveText('\\def\\x{\\x\\x}\\x');
  await expect(reading.locator('.code-keyword')).toHaveText('const');
  await expect(reading.locator('dd')).toHaveText('A vessel');
  expect(complaints).toEqual([]);
});
