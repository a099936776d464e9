/** The main job without a pointer: from the first visit to a note found by meaning, and changed. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { expectNote, saveState, settled, upToDate } from './support/app.ts';

/**
 * Says what has the focus if nobody could see that it has: an outline shows it, or in a field the
 * caret. Null when it is seen.
 */
const unseenFocus = (page: Page): Promise<string | null> =>
  page.evaluate(() => {
    const visible = (color: string): boolean => !/^transparent$|[,/] ?0\)$/.test(color);
    const isRinged = (element: Element): boolean => {
      const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
      const drawn = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0;
      return drawn && visible(outlineColor);
    };
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return null;
    const isField = element.matches(
      'textarea, [contenteditable="true"], input:not([type="checkbox"], [type="radio"], [type="file"], [type="button"])',
    );
    // CodeMirror may draw the caret itself.
    const drawn = element.closest('.cm-editor')?.querySelector('.cm-cursor');
    const caret = drawn ? getComputedStyle(drawn).display !== 'none' : isField;
    const { width, height, bottom, right, top, left } = element.getBoundingClientRect();
    const there =
      width > 1 && height > 1 && bottom > 0 && right > 0 && top < innerHeight && left < innerWidth;
    // The field of a file picker is drawn by what surrounds it.
    const ringed =
      isRinged(element) || (element.matches('[type="file"]') && isRinged(element.parentElement!));
    if (there && (ringed || caret)) return null;
    return `${element.tagName} “${element.ariaLabel ?? element.textContent?.slice(0, 40)}”`;
  });

/** Presses Tab until this is reached; whatever has the focus on the way must be seen to have it. */
async function tabTo(page: Page, role: string, name: string | RegExp): Promise<void> {
  const wanted = page.getByRole(role as 'button', { name }).first();
  for (let i = 0; i < 60; i++) {
    await page.keyboard.press('Tab');
    expect(await unseenFocus(page)).toBeNull();
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
  await page.keyboard.type('growing vegetables in pots', { delay: 30 });
  const options = page.getByRole('listbox', { name: 'Results' }).getByRole('option');
  // A choice stays with its note when a better one comes before it.
  await settled(options);
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
  await page.keyboard.type('Written blind', { delay: 30 });
  await page.keyboard.press('Enter');
  await page.keyboard.type('No pointer was used.', { delay: 30 });
  await expect(saveState(page)).toHaveText('Saved');
  await expectNote(page, 'No pointer was used.');

  // The editor lets the keyboard go.
  await page.keyboard.press('Escape');
  await tabTo(page, 'button', 'Delete note');
  await page.keyboard.press('Enter');
  await tabTo(page, 'button', 'Undo');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+k');
  await page.keyboard.type('Written blind', { delay: 30 });
  await expect(options.first()).toHaveAccessibleName(/^Written blind/);
  await page.keyboard.press('Enter');
  await expectNote(page, 'No pointer was used.');
});
