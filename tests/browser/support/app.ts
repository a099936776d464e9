/** The app as a person drives it: by role and name only. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, type Locator, type Page } from '@playwright/test';

export type Files = Record<string, string | Uint8Array>;

/** Writes files into a folder of their own; `name` is the folder that is picked. */
export function folderOf(files: Files, name = 'notes'): { dir: string; remove: () => void } {
  const parent = mkdtempSync(join(tmpdir(), 'findling-'));
  const dir = join(parent, name);
  for (const [path, content] of Object.entries(files)) {
    const file = join(dir, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { dir, remove: () => rmSync(parent, { recursive: true, force: true }) };
}

export const indexStatus = (page: Page): Locator =>
  page.getByRole('status', { name: 'Index status' });

export async function upToDate(page: Page, timeout = 90_000): Promise<void> {
  await expect(indexStatus(page)).toHaveText('Up to date', { timeout });
}

export const go = (page: Page, name: string): Promise<void> =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();

export async function importFolder(page: Page, dir: string): Promise<string> {
  await go(page, 'Import');
  await page.getByLabel('Import folder').setInputFiles(dir);
  return importResult(page);
}

export async function importFiles(page: Page, paths: string[]): Promise<string> {
  await go(page, 'Import');
  await page.getByLabel('Import files').setInputFiles(paths);
  return importResult(page);
}

export async function importResult(page: Page): Promise<string> {
  const result = page.getByRole('status', { name: 'Import result' });
  await expect(result).toContainText(/Imported \d+ notes, skipped \d+/, { timeout: 60_000 });
  return (await result.textContent()) ?? '';
}

export async function openSearch(page: Page): Promise<Locator> {
  await page.keyboard.press('Control+k');
  const dialog = page.getByRole('dialog', { name: 'Search' });
  await expect(dialog).toBeVisible();
  return dialog;
}

/** Types a query and waits for its results; gives the names of the options, best first. */
export async function search(page: Page, query: string): Promise<string[]> {
  const dialog = await openSearch(page);
  const box = dialog.getByRole('combobox', { name: 'Search your notes' });
  await box.fill(query);
  return settled(dialog.getByRole('listbox', { name: 'Results' }).getByRole('option'));
}

/** Waits until a list of results has stopped changing; gives the names of its options. */
export async function settled(options: Locator): Promise<string[]> {
  let names: string[] = [];
  await expect(async () => {
    const now = await options.evaluateAll((all) =>
      all.map((o) => o.getAttribute('aria-label') ?? o.textContent ?? ''),
    );
    const same = now.length > 0 && now.join('\n') === names.join('\n');
    names = now;
    expect(same).toBe(true);
  }).toPass({ timeout: 30_000, intervals: [250] });
  return names;
}

export async function closeSearch(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Search' })).toBeHidden();
}

export const noteField = (page: Page): Locator => page.getByRole('textbox', { name: 'Note' });

/** Waits until the editor has taken over from the plain field that stands in while its code loads. */
export const editorReady = (page: Page): Promise<void> =>
  expect(noteField(page)).toHaveClass(/cm-content/);

/** The text in the editor as it is stored: what is in sight leaves out signs and far lines. */
export const noteText = (page: Page): Promise<string> =>
  noteField(page).evaluate((element) => {
    // The editor's own way from an element to its text (EditorView.findFromDOM).
    const { cmTile } = element as unknown as {
      cmTile?: { root: { view: { state: { doc: object } } } };
    };
    return cmTile ? String(cmTile.root.view.state.doc) : (element as HTMLTextAreaElement).value;
  });

/** Waits until the open note's text is this, or matches. */
export async function expectNote(page: Page, expected: string | RegExp): Promise<void> {
  const shown = expect.poll(() => noteText(page), { timeout: 15_000 });
  await (typeof expected === 'string' ? shown.toBe(expected) : shown.toMatch(expected));
}

export const saveState = (page: Page): Locator => page.getByRole('status', { name: 'Save state' });

export async function writeNote(page: Page, title: string, text: string): Promise<void> {
  await page.getByRole('button', { name: 'New note' }).first().click();
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('textbox', { name: 'Note' }).fill(text);
  await expect(saveState(page)).toHaveText('Saved');
}

/** The Health page's numbers, by their names. */
export async function health(page: Page): Promise<Record<string, string>> {
  await go(page, 'Health');
  await expect(page.locator('dl dd[data-value]').first()).toBeVisible();
  return readHealth(page);
}

export const readHealth = (page: Page): Promise<Record<string, string>> =>
  page
    .locator('dl')
    .evaluateAll((lists) =>
      Object.fromEntries(
        lists.flatMap((dl) =>
          [...dl.querySelectorAll('dt')].map((dt) => [
            dt.textContent?.trim() ?? '',
            (dt.nextElementSibling as HTMLElement | null)?.dataset.value ?? '',
          ]),
        ),
      ),
    );

/** `Export vectors`, read back. */
export async function exportVectors(
  page: Page,
): Promise<
  { id: string; note: string; title: string; text: string; model: string; vector: number[] }[]
> {
  await go(page, 'Settings');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export vectors' }).click();
  const stream = await (await download).createReadStream();
  let text = '';
  for await (const piece of stream) text += piece;
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

export const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < a.length; i++) {
    dot += a[i]! * b[i]!;
    aa += a[i]! ** 2;
    bb += b[i]! ** 2;
  }
  return dot / Math.sqrt(aa * bb);
};
