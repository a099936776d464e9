/** What stands in localStorage until it is saved: taken up once, and never trusted by itself. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { expectNote, go, noteField, saveState, writeNote } from './support/app.ts';

const entries = (page: Page): Promise<Record<string, string>> =>
  page.evaluate(() =>
    Object.fromEntries(
      Object.entries(localStorage).filter(([key]) => key.startsWith('findling-draft:')),
    ),
  );
const put = (page: Page, all: Record<string, string>): Promise<void> =>
  page.evaluate((one) => {
    for (const [key, value] of Object.entries(one)) localStorage.setItem(key, value);
  }, all);

/** Saving never ends, as on a disk that does not answer: what is typed stays in the journal. */
const holdSaves = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      const tx = transaction.apply(this, args);
      if (args[1] === 'readwrite' && [args[0]].flat().includes('bodies')) {
        tx.objectStore('bodies');
        const store = tx.objectStore('notes');
        // Keeps it busy until the page ends.
        const again = () => {
          store.get('').onsuccess = again;
        };
        again();
      }
      return tx;
    };
  });

test('the state says Saving… in the key’s own task, and the text stands in the journal', async ({
  page,
}) => {
  await page.goto('./');
  await writeNote(page, 'Journal', 'Saved. ');
  expect(await entries(page)).toEqual({});
  await noteField(page).click();
  await page.keyboard.press('Control+End');
  await page.evaluate(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    const state = document.querySelector('[aria-label="Save state"]')!;
    addEventListener('keyup', () =>
      seen.push(
        `${state.textContent} ${Object.values(localStorage).some((value) => value.includes('Saved. x'))}`,
      ),
    );
  });
  await page.keyboard.press('x');
  const seen = () => page.evaluate(() => (window as unknown as { seen: string[] }).seen);
  await expect.poll(seen).toEqual(['Saving… true']);
  await expect(saveState(page)).toHaveText('Saved');
  expect(await entries(page)).toEqual({});
});

test('a page that ends before its save does is taken up by the next', async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Journal', 'Saved.');
  await holdSaves(page);
  await noteField(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Never saved here.', { delay: 30 });
  await expect(saveState(page)).toHaveText('Saving…');
  expect(Object.keys(await entries(page))).toHaveLength(1);
  // A living tab's text is not taken by another one.
  const other = await context.newPage();
  await other.goto('./icons/icon.svg');
  expect(Object.keys(await entries(other))).toHaveLength(1);
  await page.close();
  await other.goto('./');
  await other
    .getByRole('link', { name: /^Journal/ })
    .first()
    .click();
  await expectNote(other, 'Saved. Never saved here.');
  expect(await entries(other)).toEqual({});
});

test('an old entry that comes back after a kill changes nothing, not even of a deleted note', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Journal', 'Saved.');
  await noteField(page).click();
  await page.keyboard.press('Control+End');
  // In the key's own task: the save, which removes the entry, may be quick.
  await page.evaluate(() => {
    addEventListener('keyup', () => {
      const all = Object.entries(localStorage).filter(([key]) => key.startsWith('findling-draft:'));
      if (all.length > 0) Object.assign(window, { lastEntries: Object.fromEntries(all) });
    });
  });
  await page.keyboard.type(' And m', { delay: 30 });
  const old = await page.evaluate(
    () => (window as unknown as { lastEntries: Record<string, string> }).lastEntries,
  );
  expect(Object.keys(old)).toHaveLength(1);
  await page.keyboard.type('ore.', { delay: 30 });
  await expect(saveState(page)).toHaveText('Saved');
  const note = page.url();
  await page.close();

  // As Chromium does after a SIGKILL: what was removed is there again.
  const next = await context.newPage();
  await next.goto('./icons/icon.svg');
  await put(next, old);
  await next.goto(note);
  await expectNote(next, 'Saved. And more.');
  await expect(next.getByText('earlier version')).toHaveCount(0);
  expect(await entries(next)).toEqual({});
  await next.getByRole('button', { name: 'Delete note' }).click();
  await expect(next.getByText('Deleted “Journal”')).toBeVisible();
  await next.goto('./icons/icon.svg');
  await put(next, old);
  await next.goto('./');
  await expect(next.getByRole('button', { name: 'Add sample notes' })).toBeVisible();
  await expect(next.getByText('Text that was not saved')).toHaveCount(0);
  expect(await entries(next)).toEqual({});
});

test('what was typed in a note that is gone is shown, and kept or discarded as one says', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Journal', 'Saved.');
  await holdSaves(page);
  await noteField(page).click();
  await page.keyboard.press('Control+End');
  await page.keyboard.type(' Never saved.', { delay: 30 });
  const entry = await entries(page);
  await page.close();
  const next = await context.newPage();
  await next.goto('./icons/icon.svg');
  const [key, value] = Object.entries(entry)[0]!;
  // One of a note that was purged, and one of a workspace that was deleted.
  await put(next, {
    [key.replace(/[^:]*$/, 'purged')]: value,
    [key.replace(':default:', ':deleted:')]: value,
  });
  await next.goto('./');
  const found = next.getByRole('status', { name: 'Text that was not saved' });
  await expect(found.getByRole('listitem')).toHaveCount(2);
  await found.getByText('Journal').first().click();
  await expect(found.locator('pre').first()).toHaveText('Saved. Never saved.');
  await found.getByRole('button', { name: 'Keep as a new note' }).first().click();
  await expect(found.getByRole('listitem')).toHaveCount(1);
  await found.getByRole('button', { name: 'Discard' }).click();
  await expect(found).toHaveCount(0);
  expect(await entries(next)).toEqual({});
  // Not for good: it comes back, and is there after a reload too.
  await next.getByRole('button', { name: 'Undo' }).click();
  await expect(found.getByRole('listitem')).toHaveCount(1);
  await next.reload();
  await found.getByRole('button', { name: 'Discard' }).click();
  await expect(found).toHaveCount(0);
  expect(await entries(next)).toEqual({});
  await go(next, 'Notes');
  await expect(next.getByRole('link', { name: /^Journal/ })).toHaveCount(2);
  await next.reload();
  await expect(next.getByRole('link', { name: /^Journal/ })).toHaveCount(2);
  await expect(next.getByText('Text that was not saved')).toHaveCount(0);
});
