/** How much JavaScript does the first screen load, gzipped? */
import { FIRST_SCREEN_LIMIT, gzipped, shellFiles } from '../scripts/check-dist.mjs';
import { withPage } from './browser.mjs';
import { kilobytes } from './stats.mjs';

/** What the browser really fetches until the first screen stands, lazy parts of it included. */
const firstScreen = ({ browser, app }) =>
  withPage(browser, app, async (page) => {
    await page.getByRole('button', { name: 'New note' }).first().waitFor();
    await page.waitForLoadState('load');
    const scripts = await page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ initiatorType }) => initiatorType === 'script' || initiatorType === 'other')
        .map(({ name }) => new URL(name).pathname.slice(1))
        .filter((path) => path.endsWith('.js') && !/(^|\/)(sw|entry-[^/]*)\.js$/.test(path)),
    );
    return [...new Set(scripts)];
  });

export async function shellSize(bench) {
  const files = shellFiles(bench.dist);
  const bytes = gzipped(bench.dist, files);
  const fetched = await firstScreen(bench);
  return [
    {
      what: `JavaScript of the shell, gzipped (${files.length} files)`,
      value: kilobytes(bytes),
      measured: bytes / 1024,
      goal: { most: FIRST_SCREEN_LIMIT / 1024, unit: 'KB' },
    },
    {
      what: `all JavaScript fetched for the first screen, lazy parts too (${fetched.length} files)`,
      value: kilobytes(gzipped(bench.dist, fetched)),
    },
  ];
}
