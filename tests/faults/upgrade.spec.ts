/** The browser is killed in the middle of bringing a database up to this version. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, launchPersistent, test } from '../browser/harness.ts';
import { go, search, upToDate, writeNote } from '../browser/support/app.ts';
import { expectSound, random, seeds } from './support.ts';

/** In the order of the first migration. */
const STORES = ['notes', 'bodies', 'pending', 'versions', 'trash', 'vectors', 'texts', 'kv'];

for (const i of seeds(8, 2)) {
  const store = STORES[Math.floor(random(950 + i)() * STORES.length)]!;
  test(`killed while the schema is brought up to date, before “${store}” (seed ${950 + i}): the next start completes it`, async ({
    baseURL,
  }) => {
    const profile = mkdtempSync(join(tmpdir(), 'findling-upgrade-'));
    try {
      const context = await launchPersistent(profile);
      const page = await context.newPage();
      // Holds the real upgrade where it is until the kill comes.
      await page.addInitScript((name) => {
        const { createObjectStore } = IDBDatabase.prototype;
        IDBDatabase.prototype.createObjectStore = function (...args) {
          if (args[0] === name && this.name === 'findling-ws-default') {
            console.log(`holding at version ${this.version}`);
            const end = performance.now() + 60_000;
            while (performance.now() < end);
          }
          return createObjectStore.apply(this, args);
        };
      }, store);
      const held = page.waitForEvent('console', {
        predicate: (message) => message.text().startsWith('holding'),
      });
      await page.goto(baseURL!, { waitUntil: 'commit' });
      await held;
      const gone = new Promise((resolve) => context.once('close', resolve));
      expect(spawnSync('pkill', ['-9', '-f', profile]).status).toBe(0);
      await gone;

      const after = await launchPersistent(profile);
      const again = await after.newPage();
      await again.goto(`${baseURL}icons/icon.svg`);
      // Nothing of it was kept: an upgrade is done whole or not at all.
      const version = await again.evaluate(
        () =>
          new Promise<number>((resolve, reject) => {
            const request = indexedDB.open('findling-ws-default');
            request.onupgradeneeded = ({ oldVersion }) => {
              resolve(oldVersion);
              request.transaction?.abort();
            };
            request.onsuccess = () => reject(new Error('the upgrade had been completed'));
          }),
      );
      expect(version).toBe(0);
      await again.goto(baseURL!);
      await writeNote(again, 'After', 'Written once all was in place.');
      await upToDate(again);
      await expectSound(again, { notes: 1 });
      expect((await search(again, 'in place'))[0]).toMatch(/^After/);
      await again.keyboard.press('Escape');
      await go(again, 'Notes');
      await expect(again.getByRole('link', { name: /^After/ }).first()).toBeVisible();
      await after.close();
    } finally {
      rmSync(profile, { recursive: true, force: true });
    }
  });
}
