import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from './harness.ts';
import {
  closeSearch,
  folderOf,
  go,
  importFolder,
  openSearch,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';
import { EVERYDAY } from './support/everyday.ts';

/** axe is put in as a script text, which the app's own policy refuses. */
test.use({ bypassCSP: true });

const NOTE = `# Winter
See [[Boiler]] and [a place](https://example.com/).

- [ ] bleed the radiators
- [x] call the plumber

> Warm rooms, cold halls.

| room | degrees |
|---|---|
| hall | 15 |

\`\`\`
code
\`\`\`
`;

/**
 * Axe finds nothing wrong on the screen as it stands, by day and by night. Only colours differ
 * between themes: what does not is looked at once.
 */
async function lookAt(
  page: Page,
  screen: string,
  { all, schemes }: { all: boolean; schemes: readonly ('light' | 'dark')[] },
): Promise<void> {
  const found: string[] = [];
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const axe = new AxeBuilder({ page });
    if (!all || colorScheme !== schemes[0]) axe.withRules('color-contrast');
    const { violations, passes } = await axe.analyze();
    expect(passes.length, `${screen}: rules that found something to look at`).toBeGreaterThan(0);
    for (const { id, nodes } of violations) {
      for (const { target, failureSummary } of nodes) {
        found.push(`${colorScheme}: ${id} at ${target}: ${failureSummary}`);
      }
    }
  }
  // The other screens are looked at all the same.
  expect.soft(found, screen).toEqual([]);
}

const LONG = process.env.FINDLING_LONG === 'all';
const BOTH = ['light', 'dark'] as const;
for (const { width, theme, schemes } of [
  // Both widths have the same colours, so each shows one of the themes.
  { width: 1200, theme: 'System', schemes: LONG ? BOTH : (['light'] as const) },
  { width: 390, theme: 'System', schemes: LONG ? BOTH : (['dark'] as const) },
  ...(LONG ? [{ width: 1200, theme: 'More contrast', schemes: BOTH }] : []),
]) {
  test(`every screen is accessible: ${width} px, ${theme}, ${schemes.join(' and ')}`, {
    tag: width === 390 ? [] : '@long',
  }, async ({ page }) => {
    test.setTimeout(600_000);
    const look = (screen: string) => lookAt(page, screen, { all: theme === 'System', schemes });
    await page.setViewportSize({ width, height: 800 });
    const { dir, remove } = folderOf({ ...EVERYDAY, 'skipped.pdf': 'x' });
    try {
      await page.goto('./');
      await go(page, 'Settings');
      await page.getByRole('combobox', { name: 'Theme' }).selectOption(theme);
      await go(page, 'Notes');
      await page.getByRole('button', { name: 'Add sample notes' }).waitFor();
      await look('first visit');
      await importFolder(page, dir);
      await page.getByText('Not a note file').click();
      await look('import with a result');
      await writeNote(page, 'Winter', NOTE);
      await upToDate(page);
      await expect(page.getByRole('list', { name: 'Related notes' })).toBeVisible();
      await look('editor');
      await page.getByRole('button', { name: 'Read' }).click();
      await expect(page.getByRole('heading', { name: 'Winter', level: 2 })).toBeVisible();
      await look('reading');
      await go(page, 'Notes');
      await expect(page.getByRole('list', { name: 'All notes' })).toBeVisible();
      await look('list of notes');
      await page.getByRole('button', { name: 'Select', exact: true }).click();
      await page.getByRole('checkbox').first().check();
      await look('notes being selected');
      await openSearch(page);
      await look('search');
      await closeSearch(page);
      await search(page, 'cold radiators');
      await look('search with results');
      await closeSearch(page);
      await search(page, 'path:garden morning');
      await look('search with a filter');
      await closeSearch(page);
      // The focus is back on a check box, which no key types into.
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
      await look('shortcuts');
      await page.keyboard.press('Escape');
      await go(page, 'Map');
      await expect(page.getByRole('button', { name: 'Show as list' })).toBeVisible();
      await look('map');
      await page.getByRole('button', { name: 'Show as list' }).click();
      await look('map as a list');
      await go(page, 'Notes');
      await page.getByRole('link', { name: /^Winter/ }).click();
      await page.getByRole('button', { name: 'Delete note' }).click();
      await page.getByRole('link', { name: /^Recently deleted/ }).click();
      await expect(page.getByRole('list', { name: 'Recently deleted' })).toBeVisible();
      await look('recently deleted');
      await page.getByRole('list', { name: 'Recently deleted' }).getByText('Winter').click();
      await expect(page.getByRole('dialog').getByText('bleed the radiators')).toBeVisible();
      await look('a deleted note');
      await page.getByRole('dialog').getByRole('button', { name: 'Delete for good' }).click();
      await expect(page.getByRole('dialog', { name: /for good/ })).toBeVisible();
      await look('deleting for good');
      await page.keyboard.press('Escape');
      await go(page, 'Health');
      await expect(page.getByRole('table', { name: 'Storage by kind' })).toBeVisible();
      await look('health');
      await go(page, 'Settings');
      await page.getByText('Licences', { exact: true }).click();
      await expect(page.getByRole('list', { name: 'Licences' })).toBeVisible();
      await look('settings');
      // A database of a workspace that no list has, as an earlier version could leave it.
      await page.evaluate(
        () =>
          new Promise<void>((resolve) => {
            const request = indexedDB.open('findling-ws-lost', 1);
            request.onupgradeneeded = () => {
              const store = request.result.createObjectStore('notes', { keyPath: 'id' });
              store.put({ id: 'n' });
            };
            request.onsuccess = () => resolve(request.result.close());
          }),
      );
      await page.reload();
      await page.getByRole('button', { name: 'Delete found notes' }).click();
      await look('found notes');
    } finally {
      remove();
    }
  });
}

/** A backup of two notes, of which one is damaged. */
function damagedBackup(): Buffer {
  const bytes = zipSync({ 'One.md': strToU8('# One'), 'Two.md': strToU8('# Two') }, { level: 0 });
  bytes[Buffer.from(bytes).indexOf('# Two') + 2]! ^= 1;
  return Buffer.from(bytes);
}

for (const { width, schemes } of [
  { width: 390, schemes: LONG ? BOTH : (['dark'] as const) },
  ...(LONG ? [{ width: 1200, schemes: BOTH }] : []),
]) {
  test(`what waits for a decision or is under way is accessible: ${width} px, ${schemes.join(' and ')}`, {
    tag: '@long',
  }, async ({ page }) => {
    test.setTimeout(300_000);
    const look = (screen: string) => lookAt(page, screen, { all: true, schemes });
    await page.setViewportSize({ width, height: 800 });
    const many = Array.from({ length: 200 }, (_, i) => [`${i}.md`, `# Note ${i}`]);
    const { dir, remove } = folderOf(Object.fromEntries(many));
    page.on('dialog', (dialog) => void dialog.accept());
    try {
      await page.goto('./');
      await go(page, 'Settings');
      await page.getByLabel('Restore backup').setInputFiles({
        name: 'backup.zip',
        mimeType: 'application/zip',
        buffer: damagedBackup(),
      });
      await page.getByRole('button', { name: 'Restore', exact: true }).waitFor();
      await look('what a backup would change');
      await page.getByRole('button', { name: 'Cancel', exact: true }).click();

      await go(page, 'Import');
      await page.getByLabel('Import folder').setInputFiles(dir);
      await page.getByText(/^[1-9]\d* of 200 files/).waitFor();
      await page.getByRole('button', { name: 'Pause import' }).click();
      await look('an import that is paused');
      await go(page, 'Notes');
      await page.getByRole('region', { name: 'Importing' }).waitFor();
      await look('an import under way elsewhere');
      // As a tab leaves it that ended while somebody typed in a note that is gone by now.
      await page.evaluate(() => {
        const change = { from: 0, to: 0, insert: '' };
        const entry = { v: 1, at: Date.now(), seq: 1, title: 'Gone', text: 'Never saved.' };
        localStorage.setItem(
          'findling-draft:ended:default:gone',
          JSON.stringify({ ...entry, bases: [{ revision: 3, hash: 'x', change }] }),
        );
      });
      await page.reload();
      await page.getByRole('button', { name: 'Go on' }).waitFor();
      const drafts = page.getByRole('status', { name: 'Text that was not saved' });
      await drafts.getByText('Gone').click();
      await look('an import that was cut off, and text that was not saved');
      await go(page, 'Import');
      await page.getByText('To go on, choose “notes” again.').waitFor();
      await look('how to go on with an import');
    } finally {
      remove();
    }
  });
}
