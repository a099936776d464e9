/** The main job without a pointer: from the first visit to a note found by meaning, and changed. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { expectNote, saveState, upToDate } from './support/app.ts';

/** Presses Tab until this is reached; whatever has the focus on the way must be seen to have it. */
async function tabTo(page: Page, role: string, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role as 'button', { name }).first();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement | null;
      if (!element || element === document.body) return true;
      const { outlineStyle, outlineWidth, boxShadow, borderColor } = getComputedStyle(element);
      const ring = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      // A text field shows it by its caret, in the editor's shadow root too.
      return ring || boxShadow !== 'none' || borderColor !== '' || element.shadowRoot !== null;
    });
    expect(seen).toBe(true);
    if (await wanted.evaluate((element) => element === document.activeElement).catch(() => false)) {
      return;
    }
  }
  throw new Error(`Tab does not lead to ${role} “${name}”`);
}

test('first visit, samples, search, open, change, undo a deletion: by keyboard alone', async ({
  page,
}) => {
  await page.goto('./');
  await expect(page.getByRole('button', { name: 'Add sample notes' })).toBeVisible();
  await tabTo(page, 'button', 'Add sample notes');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'All notes' })).toBeVisible();
  await upToDate(page);

  await page.keyboard.press('Control+k');
  const box = page.getByRole('combobox', { name: 'Search your notes' });
  await expect(box).toBeFocused();
  await page.keyboard.type('growing vegetables in pots');
  const options = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
  await expect(options.first()).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  await expect(options.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('textbox', { name: 'Title' })).not.toHaveValue('');

  await page.keyboard.press('Control+k');
  await page.keyboard.press('Escape');
  await tabTo(page, 'button', 'New note');
  await page.keyboard.press('Enter');
  const title = page.getByRole('textbox', { name: 'Title' });
  await expect(title).toBeFocused();
  await page.keyboard.type('Written blind');
  await page.keyboard.press('Enter');
  await page.keyboard.type('No pointer was used.');
  await expect(saveState(page)).toHaveText('Saved');
  await expectNote(page, 'No pointer was used.');

  // The editor lets the keyboard go.
  await page.keyboard.press('Escape');
  await tabTo(page, 'button', 'Delete note');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Undo');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Written blind');
  await expect(options.first()).toHaveAccessibleName(/^Written blind/);
  await page.keyboard.press('Enter');
  await expectNote(page, 'No pointer was used.');
});
