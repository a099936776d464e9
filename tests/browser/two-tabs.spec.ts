import { expect, test } from './harness.ts';
import { expectNote, go, saveState, search, upToDate, writeNote } from './support/app.ts';

test('two tabs edit one note: the later save says so and keeps the other text, which comes back', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Shared', 'The first text.');
  await upToDate(page);
  const other = await context.newPage();
  await other.goto('./');
  await other
    .getByRole('link', { name: /^Shared/ })
    .first()
    .click();
  const here = page.getByRole('textbox', { name: 'Note' });
  const there = other.getByRole('textbox', { name: 'Note' });
  await expectNote(other, 'The first text.');

  // The other tab is slow: what was typed there is not stored before this tab's text is.
  await there.evaluate((element) => {
    element.addEventListener(
      'input',
      () => {
        const end = performance.now() + 3_000;
        while (performance.now() < end);
      },
      { once: true },
    );
  });
  const typedThere = there.fill('What the other tab wrote.');
  await here.fill('What this tab wrote.');
  await expect(saveState(page)).toHaveText('Saved');
  await expectNote(page, 'What this tab wrote.');
  await typedThere;

  await expect(
    other.getByRole('status').filter({ hasText: 'had been changed in another tab too' }),
  ).toBeVisible();
  await expect(saveState(other)).toHaveText('Saved');
  await expectNote(other, 'What the other tab wrote.');
  // The tab that lost shows what is stored now, and both offer the text that lost.
  await expectNote(page, 'What the other tab wrote.');
  await page.reload();
  await expectNote(page, 'What the other tab wrote.');
  for (const tab of [page, other]) {
    await tab.getByText('1 earlier version', { exact: true }).click();
    await tab.getByText('replaced by a change in another tab').click();
    await expect(tab.getByText('What this tab wrote.', { exact: true })).toBeVisible();
  }
  await other.getByRole('button', { name: 'Use this text' }).click();
  await expectNote(other, 'What this tab wrote.');
  await expect(saveState(other)).toHaveText('Saved');
  await expectNote(page, 'What this tab wrote.');
  await upToDate(page);
  await go(page, 'Notes');
  await expect(page.getByRole('link', { name: /^Shared/ })).toHaveCount(1);
  expect((await search(page, 'what this tab wrote'))[0]).toMatch(/^Shared/);
});
