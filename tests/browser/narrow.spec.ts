import { expect, test } from './harness.ts';
import { go, upToDate, writeNote } from './support/app.ts';

for (const width of [320, 390]) {
  test(`${width} px wide: nothing reaches beyond the page, on any of them`, {
    tag: width === 320 ? [] : '@long',
  }, async ({ page }) => {
    await page.setViewportSize({ width, height: 700 });
    await page.goto('./');
    const fits = async (name: string) => {
      const beyond = await page.evaluate(() => {
        const { clientWidth, scrollWidth } = document.documentElement;
        const out = [
          ...document.querySelectorAll(
            'main :is(a, button, select, input, textarea, p, h1, h2, dt, dd)',
          ),
        ]
          .filter((element) => {
            const { left, right, width: wide } = element.getBoundingClientRect();
            const { clipPath, position } = getComputedStyle(element);
            const unseen = wide <= 1 || (position === 'absolute' && clipPath !== 'none');
            return !unseen && (right > clientWidth + 0.5 || left < -0.5);
          })
          .map((element) => `${element.tagName} ${element.textContent?.slice(0, 40)}`);
        return scrollWidth > clientWidth ? [`page ${scrollWidth} px`, ...out] : out;
      });
      expect(beyond, name).toEqual([]);
    };
    await fits('first visit');
    await writeNote(
      page,
      'A title of somewhat more words than a telephone can show on one line',
      'Text with a-very-long-word-'.repeat(12),
    );
    await upToDate(page);
    await fits('note');
    const title = page.getByRole('textbox', { name: 'Title' });
    const [shown, all] = await title.evaluate((field) => [field.clientHeight, field.scrollHeight]);
    expect(shown, 'the title is seen whole').toBeGreaterThanOrEqual(all!);
    expect(shown).toBeGreaterThan(60);
    for (const name of ['Notes', 'Import', 'Map', 'Health', 'Settings']) {
      await go(page, name);
      await expect(page.getByRole('heading', { level: 1, name })).toBeVisible();
      if (name === 'Health') await expect(page.locator('dl dd').first()).toBeVisible();
      if (name === 'Settings') {
        await expect(page.getByLabel('Embedding model').locator('option')).not.toHaveCount(0);
      }
      await fits(name);
    }
  });
}
