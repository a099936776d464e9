/** Whether the browser keeps what is stored, and what is said when it did not. */
import { expect, test } from './harness.ts';
import { go, writeNote } from './support/app.ts';

test('the browser is asked to keep the notes once there are five, and Health tells its answer', async ({
  page,
  context,
}) => {
  const asked = () => page.evaluate(() => (window as unknown as { asked: number }).asked);
  await page.addInitScript(() => {
    Object.assign(window, { asked: 0 });
    const { persist } = StorageManager.prototype;
    StorageManager.prototype.persist = function () {
      (window as unknown as { asked: number }).asked++;
      return persist.call(this);
    };
  });
  await page.goto('./');
  for (let i = 1; i <= 4; i++) await writeNote(page, `Note ${i}`, 'Some text.');
  await page.waitForTimeout(500);
  expect(await asked()).toBe(0);
  await go(page, 'Health');
  await expect(page.getByText(/The browser may clear what is stored here/)).toBeVisible();
  const session = await context.newCDPSession(page);
  const { targetInfo } = await session.send('Target.getTargetInfo');
  const browser = await context.browser()!.newBrowserCDPSession();
  await browser.send('Browser.grantPermissions', {
    permissions: ['durableStorage'],
    origin: new URL(page.url()).origin,
    browserContextId: targetInfo.browserContextId,
  });
  await writeNote(page, 'Note 5', 'Some text.');
  await expect.poll(asked).toBe(1);
  await go(page, 'Health');
  await expect(page.getByText(/The browser keeps what is stored here/)).toBeVisible();
});

test('notes that the browser has cleared are missed at the next start, once', {
  tag: '@long',
}, async ({ page, context }) => {
  await page.goto('./');
  await writeNote(page, 'Precious', 'Some text.');
  await expect
    .poll(() => page.evaluate(() => localStorage.getItem('findling-library')))
    .toBeTruthy();
  const url = page.url();
  await page.goto('about:blank');
  const session = await context.newCDPSession(page);
  await session.send('Storage.clearDataForOrigin', {
    origin: new URL(url).origin,
    storageTypes: 'indexeddb,cache_storage,service_workers',
  });
  await page.goto('./');
  const said = page.getByRole('alert').getByText('The browser has cleared the notes');
  await expect(said).toBeVisible();
  await writeNote(page, 'Anew', 'Some text.');
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Anew');
  await expect(said).toBeHidden();
});
