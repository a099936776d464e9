/** A full disk, for real: Chromium's quota is a share of the disk that the profile lies on. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

/** Mounts an empty disk of so many megabytes; null where that is not allowed. */
export function smallDisk(megabytes: number): { dir: string; remove: () => void } | null {
  const dir = mkdtempSync(join(tmpdir(), 'findling-disk-'));
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', dir]);
  if (status !== 0) {
    rmSync(dir, { recursive: true, force: true });
    return null;
  }
  return {
    dir,
    remove() {
      spawnSync('umount', ['-l', dir]);
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

/**
 * Fills this origin's storage with noise; gives the name of the error that ended it.
 * @param smallest in ever smaller pieces down to this one, bytes: about so much room is left
 */
export function fillStorage(page: Page, smallest = 4_000): Promise<string> {
  return page.evaluate(async (least) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('filler', 1);
      request.onupgradeneeded = () => request.result.createObjectStore('noise');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const put = (size: number) =>
      new Promise<string>((resolve) => {
        const noise = new Uint8Array(size);
        for (let at = 0; at < size; at += 65_536) {
          crypto.getRandomValues(noise.subarray(at, at + 65_536));
        }
        const tx = db.transaction('noise', 'readwrite');
        tx.objectStore('noise').put(noise, Math.random());
        tx.oncomplete = () => resolve('');
        tx.onabort = () => resolve(tx.error?.name ?? 'unknown');
      });
    let error = '';
    // Ever smaller pieces: no room must be left for a small note either.
    for (const size of [4_000_000, 400_000, 40_000, 4_000]) {
      if (size < least) break;
      for (let i = 0; i < 60; i++) {
        error = await put(size);
        if (error) break;
      }
    }
    db.close();
    return error;
  }, smallest);
}

export const freeStorage = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('filler');
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
      }),
  );
