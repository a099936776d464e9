import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, launchPersistent, test } from '../browser/harness.ts';
import { folderOf, go, upToDate } from '../browser/support/app.ts';
import { ALL, expectSound, makeNote, random, seeds } from './support.ts';

const NOTES = ALL ? 300 : 80;

const files = (seed: number) => {
  const next = random(seed);
  return Object.fromEntries(
    Array.from({ length: NOTES }, (_, i) => {
      const { title, text } = makeNote(next, i);
      return [`n${i}.md`, `# ${title}\n\n${text}`];
    }),
  );
};

for (const i of seeds(50)) {
  const seed = 500 + i;
  const wait = Math.floor(random(seed)() * (ALL ? 12_000 : 4_000));
  test(`tab closed ${wait} ms into an import (seed ${seed})`, async ({ page, context }) => {
    const { dir, remove } = folderOf(files(seed));
    try {
      await page.goto('./');
      await upToDate(page);
      await go(page, 'Import');
      await page.getByLabel('Import folder').setInputFiles(dir);
      await page.waitForTimeout(wait);
      await page.close();
      const again = await context.newPage();
      await again.goto('./');
      await go(again, 'Import');
      await again.getByLabel('Import folder').setInputFiles(dir);
      await expect(again.getByRole('status', { name: 'Import result' })).toContainText(
        /Imported \d+ notes/,
        { timeout: 60_000 },
      );
      const found = await expectSound(again, { notes: NOTES });
      // What was embedded before the end is not embedded again.
      expect(found.counters.embedded).toBeLessThanOrEqual(found.vectors + 40);
    } finally {
      remove();
    }
  });
}

for (const i of seeds(20, 2)) {
  const seed = 700 + i;
  const wait = 500 + Math.floor(random(seed)() * 4_000);
  test(`browser killed ${wait} ms into indexing (seed ${seed})`, async ({ baseURL }) => {
    const profile = mkdtempSync(join(tmpdir(), 'findling-kill-'));
    const { dir, remove } = folderOf(files(seed));
    try {
      const context = await launchPersistent(profile);
      const page = await context.newPage();
      await page.goto(baseURL!);
      await upToDate(page);
      await go(page, 'Import');
      await page.getByLabel('Import folder').setInputFiles(dir);
      await expect(page.getByRole('status', { name: 'Import result' })).toContainText(
        `Imported ${NOTES} notes`,
        { timeout: 60_000 },
      );
      await page.waitForTimeout(wait);
      const gone = new Promise((resolve) => context.once('close', resolve));
      expect(spawnSync('pkill', ['-9', '-f', profile]).status).toBe(0);
      await gone;

      const after = await launchPersistent(profile);
      const again = await after.newPage();
      await again.goto(baseURL!);
      await expectSound(again, { notes: NOTES });
      await after.close();
    } finally {
      remove();
      rmSync(profile, { recursive: true, force: true });
    }
  });
}
