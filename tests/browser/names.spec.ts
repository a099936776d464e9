/** What notes are called, and by which names they are found. */
import { expect, test } from './harness.ts';
import {
  expectNote,
  folderOf,
  go,
  importFolder,
  noteField,
  openSearch,
  saveState,
  search,
} from './support/app.ts';

const ID = '0123456789abcdef0123456789abcdef';

test('an imported note bears its file’s name, and is found by its other names', async ({
  page,
}) => {
  const { dir, remove } = folderOf({
    'Refunds.md': 'Money goes back within a week.\n\n## Ask for one\n\nBy letter.',
    'README.md': '# About this folder\n\nWhat lies where.',
    [`Trips ${ID}/Harbour hotel ${ID}.md`]: 'Kippers for breakfast.',
    'glossary.md': '---\naliases: [QXZ, "Long word"]\n---\n\nWhat the letters stand for.',
  });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await go(page, 'Notes');
    const list = page.getByRole('list', { name: 'All notes' });
    for (const title of ['Refunds', 'About this folder', 'Harbour hotel', 'glossary']) {
      await expect(list.getByRole('link', { name: new RegExp(`^${title}`) })).toBeVisible();
    }
    await expect(list.getByText('notes/Trips/Harbour hotel.md')).toBeVisible();

    expect((await search(page, 'qxz'))[0]).toMatch(/^glossary/);
    const first = page.getByRole('option').first();
    await expect(first).toContainText('also called QXZ');
    await expect(first.locator('mark').first()).toHaveText('QXZ');
    await page.keyboard.press('Escape');

    const dialog = await openSearch(page);
    await dialog.getByRole('combobox').pressSequentially('title:"long w"');
    await expect(dialog.getByRole('option')).toHaveCount(1);
    await expect(dialog.getByRole('option')).toContainText('also called Long word');
  } finally {
    remove();
  }
});

/** Whether it is stored that the notice was read. */
const isDismissed = async (): Promise<boolean> => {
  const { notes } = (globalThis as unknown as { findling: { notes: OldNotes } }).findling;
  return (await (await notes.fileNames()).state())?.dismissed === true;
};

test('notes of an earlier import get their files’ names once; it can be taken back, also later', async ({
  page,
}) => {
  await page.goto('./');
  await go(page, 'Notes');
  // As an earlier version left them: called by a heading, and never looked at since.
  await page.evaluate(async () => {
    const { notes } = (globalThis as unknown as { findling: { notes: OldNotes } }).findling;
    const files = ['Refunds', 'Bread', 'Journal'].map((name) => ({
      path: `v/${name}.md`,
      title: `Heading of ${name}`,
      text: `Text.\n\n## Heading of ${name}\n`,
      hash: name,
      textHash: name,
      file: {},
      tags: [],
    }));
    await notes.import(files, () => 'create');
    await new Promise<void>((resolve, reject) => {
      const open = indexedDB.open(`findling-ws-${notes.workspace}`);
      open.onerror = () => reject(open.error);
      open.onsuccess = () => {
        const tx = open.result.transaction('kv', 'readwrite');
        tx.objectStore('kv').delete('file-names');
        tx.oncomplete = () => resolve();
        tx.onabort = () => reject(tx.error);
      };
    });
  });
  const titles = page.getByRole('list', { name: 'All notes' }).locator('.note-title');
  const NAMES = ['Bread', 'Journal', 'Refunds'];
  const HEADINGS = NAMES.map((name) => `Heading of ${name}`);
  const shown = async () => (await titles.allTextContents()).map((title) => title.trim()).sort();
  const said = page.getByText('3 notes got their files’ names back.');

  await page.reload();
  await expect(said).toBeVisible();
  await expect.poll(shown).toEqual(NAMES);
  expect((await search(page, 'heading of bread'))[0]).toMatch(/^Bread/);
  await page.keyboard.press('Escape');

  // Said until somebody has read it.
  await page.reload();
  await expect(said).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(shown).toEqual(HEADINGS);
  await page.reload();
  await expect.poll(shown).toEqual(HEADINGS);
  await expect(said).toHaveCount(0);

  await go(page, 'Settings');
  await page.getByRole('button', { name: 'Use the names of files' }).click();
  await expect(said).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await expect.poll(() => page.evaluate(isDismissed)).toBe(true);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Give back former titles' })).toBeVisible();
  await expect(said).toHaveCount(0);
  await go(page, 'Notes');
  await expect.poll(shown).toEqual(NAMES);
});

test('the Title box edits the line in the front matter, and follows it', async ({ page }) => {
  const text = '---\ntags: [a]\ntitle: Old one # kept\n---\n\nText.\n';
  const { dir, remove } = folderOf({ 'file.md': text });
  try {
    await page.goto('./');
    await importFolder(page, dir);
    await go(page, 'Notes');
    await page.getByRole('link', { name: /^Old one/ }).click();
    await expectNote(page, text);
    // The property of this name is a field, too.
    const title = page.getByRole('textbox', { name: 'Title', exact: true });
    await title.click();
    await page.keyboard.press('ControlOrMeta+A');
    await page.keyboard.type('New: one');
    await expectNote(page, text.replace('Old one', '"New: one"'));
    await expect(saveState(page)).toHaveText('Saved');
    // Its own history takes it back, in both places.
    await page.keyboard.press('ControlOrMeta+Z');
    await expect(title).not.toHaveValue('New: one');
    await page.keyboard.press('ControlOrMeta+Shift+Z');
    await expect(title).toHaveValue('New: one');
    await expectNote(page, text.replace('Old one', '"New: one"'));
    await expect(saveState(page)).toHaveText('Saved');
    await page.reload();
    await expect(title).toHaveValue('New: one');
    await expectNote(page, text.replace('Old one', '"New: one"'));

    await page.locator('.note-properties > summary').click();
    await page.getByRole('button', { name: 'Edit as text' }).click();
    await noteField(page).fill(text.replace('Old one', 'Third'));
    await expect(title).toHaveValue('Third');
    await expect(saveState(page)).toHaveText('Saved');
    await go(page, 'Notes');
    await expect(page.getByRole('link', { name: /^Third/ })).toBeVisible();
  } finally {
    remove();
  }
});

interface OldNotes {
  workspace: string;
  import(files: object[], decide: () => 'create'): Promise<unknown>;
  fileNames(): Promise<{ state(): Promise<{ dismissed?: boolean } | undefined> }>;
}
