import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import {
  expectNote,
  go,
  noteField,
  noteText,
  saveState,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';

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
  // Not the field that stands in for the editor until its code is there.
  await expect(other.locator('.cm-content')).toBeVisible();

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

async function openBoth(page: Page, context: BrowserContext, title: string): Promise<Page> {
  const other = await context.newPage();
  await other.goto('./');
  await other
    .getByRole('link', { name: new RegExp(`^${title}`) })
    .first()
    .click();
  await expect(noteField(other)).toBeVisible();
  await expectNote(other, await noteText(page));
  return other;
}

/** In the middle of typing, so that the deletion meets text that is not saved. */
async function deleteWhileTyping(page: Page, other: Page): Promise<void> {
  await noteField(other).click();
  await other.keyboard.press('Control+End');
  const deleted = page.getByRole('button', { name: 'Delete note' }).click();
  await other.keyboard.type(' Typed while it was deleted.', { delay: 60 });
  await deleted;
  // Whatever was saved before the deletion came: this was not.
  await other.keyboard.type(' And after.', { delay: 40 });
  await expect(
    other.getByRole('alert').filter({ hasText: 'deleted in another tab while you typed' }),
  ).toBeVisible();
  await expect(saveState(other)).toContainText('Not saved');
}

test('a note is deleted in one tab while another types in it: the typist decides', async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Two hands', 'It began here.');
  await page.getByRole('button', { name: 'Pin', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Pin', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  const other = await openBoth(page, context, 'Two hands');
  await deleteWhileTyping(page, other);
  // Nothing is brought back by itself.
  await go(page, 'Notes');
  await expect(page.getByRole('link', { name: /^Two hands/ })).toHaveCount(0);
  await other.getByRole('button', { name: 'Keep the note' }).click();
  await expect(saveState(other)).toHaveText('Saved');
  await expect(other.getByRole('button', { name: 'Pin', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page
    .getByRole('link', { name: /^Two hands/ })
    .first()
    .click();
  await expectNote(page, 'It began here. Typed while it was deleted. And after.');
});

test('the first tab’s Undo brings the note back, and what the other typed goes on top', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Two hands', 'It began here.');
  const other = await openBoth(page, context, 'Two hands');
  await deleteWhileTyping(page, other);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(saveState(other)).toHaveText('Saved');
  await expectNote(other, 'It began here. Typed while it was deleted. And after.');
});

test('the first tab’s Undo says that the other has kept the note', { tag: '@long' }, async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Two hands', 'It began here.');
  const other = await openBoth(page, context, 'Two hands');
  await deleteWhileTyping(page, other);
  await other.getByRole('button', { name: 'Keep the note' }).click();
  await expect(saveState(other)).toHaveText('Saved');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('“Two hands” is there already')).toBeVisible();
  await expectNote(other, 'It began here. Typed while it was deleted. And after.');
});

test('what was typed in a deleted note can be given up', { tag: '@long' }, async ({
  page,
  context,
}) => {
  await page.goto('./');
  await writeNote(page, 'Two hands', 'It began here.');
  const other = await openBoth(page, context, 'Two hands');
  await deleteWhileTyping(page, other);
  // Leaving the note does not decide.
  await go(other, 'Notes');
  await expect(other.getByText('What you typed in it is not saved.')).toBeVisible();
  await other.getByRole('button', { name: 'Open it' }).click();
  await expect(other.getByRole('alert').filter({ hasText: 'while you typed' })).toBeVisible();
  await other.getByRole('button', { name: 'Delete it here, too' }).click();
  await expect(other.getByRole('button', { name: 'Add sample notes' })).toBeVisible();
  await other.reload();
  await expect(other.getByRole('button', { name: 'Add sample notes' })).toBeVisible();
  await expect(other.getByRole('link', { name: /^Two hands/ })).toHaveCount(0);
  await expect(other.getByText('Text that was not saved')).toHaveCount(0);
});

test('two tabs that type in one note leave a version each, not one a save', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Two hands', 'It began here.');
  const other = await openBoth(page, context, 'Two hands');
  for (const tab of [page, other]) {
    await noteField(tab).click();
    await tab.keyboard.press('Control+End');
  }
  await Promise.all([
    page.keyboard.type(' one'.repeat(12), { delay: 90 }),
    other.keyboard.type(' two'.repeat(12), { delay: 90 }),
  ]);
  for (const tab of [page, other]) await expect(saveState(tab)).toHaveText('Saved');
  await page.reload();
  const summary = page.locator('.versions > summary');
  await expect(summary).toContainText(/\d+ earlier version/);
  // Of each tab one a minute, and the minute may turn once.
  expect(Number.parseInt((await summary.textContent()) ?? '', 10)).toBeLessThanOrEqual(4);
});
