import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { go } from './support/app.ts';

const choose = (page: Page, list: string, option: string) =>
  page.getByRole('combobox', { name: list }).selectOption(option);

const lookOf = (page: Page) =>
  page.evaluate(() => {
    const { backgroundColor, color } = getComputedStyle(document.documentElement);
    const body = getComputedStyle(document.body);
    return { ground: backgroundColor, ink: color, size: body.fontSize };
  });

test.use({ locale: 'en-GB' });

test('theme, size of text, density and the language of dates hold, here and after a reload', async ({
  page,
}) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Add sample notes' }).click();
  const row = page.getByRole('list', { name: 'All notes' }).getByRole('listitem').first();
  const height = async () => (await row.boundingBox())?.height;
  await expect(row.getByRole('time')).toHaveText(/^now$|minutes? ago$/);
  expect(await height()).toBe(60);
  const before = await lookOf(page);
  expect(before.size).toBe('15px');

  await go(page, 'Settings');
  await choose(page, 'Theme', 'More contrast');
  const black = 'rgb(0, 0, 0)';
  const white = 'rgb(255, 255, 255)';
  expect(await lookOf(page)).toEqual({ ground: white, ink: black, size: '15px' });
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await lookOf(page)).toEqual({ ground: black, ink: white, size: '15px' });
  await choose(page, 'Text size', 'Larger');
  expect((await lookOf(page)).size).toBe('18.75px');
  await choose(page, 'Density', 'Compact');
  await choose(page, 'Language of dates', 'Deutsch');

  const holds = async () => {
    await go(page, 'Notes');
    await expect(row.getByRole('time')).toHaveText(/^jetzt$|^vor \d+ Minuten?$/);
    // 3 rem, of 125 %.
    expect(await height()).toBe(60);
    expect(await lookOf(page)).toEqual({ ground: black, ink: white, size: '18.75px' });
  };
  await holds();
  await page.reload();
  await holds();
  await go(page, 'Settings');
  for (const [list, option] of [
    ['Theme', 'contrast'],
    ['Text size', 'larger'],
    ['Density', 'compact'],
    ['Language of dates', 'de'],
  ] as const) {
    await expect(page.getByRole('combobox', { name: list })).toHaveValue(option);
  }
  await choose(page, 'Text size', 'Small');
  await choose(page, 'Theme', 'System');
  await page.emulateMedia({ colorScheme: 'light' });
  expect(await lookOf(page)).toEqual({ ...before, size: '13.125px' });
});

test('who asks the system for more contrast gets it', async ({ page }) => {
  await page.emulateMedia({ contrast: 'more' });
  await page.goto('./');
  await page.getByRole('button', { name: 'Add sample notes' }).waitFor();
  expect((await lookOf(page)).ground).toBe('rgb(255, 255, 255)');
});

test('the licences of all that is shipped can be read', async ({ page, complaints }) => {
  await page.goto('./#/settings');
  await page.getByText('Licences', { exact: true }).click();
  const list = page.getByRole('list', { name: 'Licences' });
  for (const [name, text] of [
    ['preact', 'Jason Miller'],
    ['onnxruntime-web', 'Microsoft'],
    ['Universal Sentence Encoder Lite', 'Google'],
  ] as const) {
    const one = list.getByRole('listitem').filter({ hasText: new RegExp(`^${name} `) });
    await one.getByText(name).first().click();
    await expect(one).toContainText(text);
  }
  expect(complaints).toEqual([]);
});
