/** WebGPU and WebAssembly where there is no graphics processor; with one: faults/gpu. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import { go, health, upToDate, writeNote } from './support/app.ts';

const device = (page: Page) => page.getByRole('combobox', { name: 'Device' });
const says = (page: Page) => page.getByRole('status', { name: 'Device state' });

test('without an adapter: a choice of WebGPU says so, and the model runs with WebAssembly', {
  tag: '@long',
}, async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Balcony', 'Growing tomatoes in pots.');
  await go(page, 'Settings');
  await device(page).selectOption('WebGPU');
  await expect(says(page)).toHaveText(
    'There is no WebGPU here, so the model runs with WebAssembly.',
  );
  await upToDate(page);
  await page.reload();
  await expect(device(page)).toHaveValue('webgpu');
  expect((await health(page)).Device).toMatch(/WebAssembly|loading/);
  await expect(page.getByText('There is no WebGPU here')).toBeVisible();
});
