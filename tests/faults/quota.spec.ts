/** The disk fills up while notes are indexed or imported. */
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, launchPersistent, test } from '../browser/harness.ts';
import {
  folderOf,
  go,
  importResult,
  indexStatus,
  search,
  upToDate,
} from '../browser/support/app.ts';
import { fillStorage, freeStorage, smallDisk } from '../browser/support/storage.ts';
import { census, expectSound, makeNote, random, saveNotes } from './support.ts';

const MEGABYTES = 100;

async function onSmallDisk(url: string, run: (page: Page) => Promise<void>): Promise<void> {
  // DevTools' override is not enforced for IndexedDB here, so the quota is that of a small disk.
  const disk = smallDisk(MEGABYTES);
  test.skip(disk === null, 'needs leave to mount a small disk');
  const context = await launchPersistent(join(disk!.dir, 'profile'));
  try {
    const page = await context.newPage();
    await page.goto(url);
    await upToDate(page);
    await run(page);
  } finally {
    await context.close();
    disk?.remove();
  }
}

test('storage full while indexing: paused with the reason, and it goes on once there is room', async ({
  baseURL,
}) => {
  await onSmallDisk(baseURL!, async (page) => {
    const next = random(51);
    const notes = Array.from({ length: 40 }, (_, i) => ({ id: `n${i}`, ...makeNote(next, i) }));
    // Held back until the disk is full: all of them are saved, none is indexed.
    await go(page, 'Settings');
    await page.getByLabel('Indexing effort').selectOption({ label: 'Only when idle' });
    await saveNotes(page, notes);
    await expect(indexStatus(page)).toHaveText('Paused: waiting until you are idle');
    expect(await fillStorage(page)).toBe('QuotaExceededError');
    expect(await census(page)).toMatchObject({ pending: 40, vectors: 0 });
    // Idle from here on.
    await expect(indexStatus(page)).toHaveText('Paused: storage is full', { timeout: 60_000 });
    const full = await census(page);
    expect(full.notes).toHaveLength(40);
    expect(full.pending).toBeGreaterThan(0);
    expect(full.quarantined).toBe(0);
    // Meanwhile every note is found by its words.
    expect((await search(page, 'Entry 39')).join()).toContain('Note 39');
    await page.keyboard.press('Escape');
    await freeStorage(page);
    await upToDate(page);
    const found = await expectSound(page, { notes: 40 });
    // Waiting for room is no failure of any note, and starts no worker anew.
    expect(found.counters.failures ?? 0).toBe(0);
    expect(found.counters.restarts ?? 0).toBe(0);
  });
});

test('storage full in the middle of an import: what is missing is said, the next import brings it', async ({
  baseURL,
}) => {
  const total = 120;
  const next = random(52);
  const { dir, remove } = folderOf(
    Object.fromEntries(
      Array.from({ length: total }, (_, i) => {
        const { title, text } = makeNote(next, i);
        return [`n${i}.md`, `# ${title}\n\n${text}`];
      }),
    ),
  );
  try {
    await onSmallDisk(baseURL!, async (page) => {
      expect(await fillStorage(page, 40_000)).toBe('QuotaExceededError');
      await go(page, 'Import');
      await page.getByLabel('Import folder').setInputFiles(dir);
      const first = await importResult(page);
      const imported = Number(/Imported (\d+) notes/.exec(first)?.[1]);
      expect(imported).toBeLessThan(total);
      expect(first).toContain(`skipped ${total - imported}`);
      const main = page.getByRole('main');
      await expect(main).toContainText('Storage is full');
      await expect(main).toContainText(`${total - imported} files were not imported`);
      // A batch is imported whole or not at all.
      expect((await census(page)).notes).toHaveLength(imported);
      await freeStorage(page);
      await page.getByLabel('Import folder').setInputFiles(dir);
      await expect(page.getByRole('status', { name: 'Import result' })).toContainText(
        `Imported ${total - imported} notes, skipped ${imported}`,
        { timeout: 60_000 },
      );
      await expectSound(page, { notes: total });
      await upToDate(page);
    });
  } finally {
    remove();
  }
});
