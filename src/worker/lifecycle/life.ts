import { pageLock, type WorkerConfig, workerLock } from '../../protocol.ts';
import type { Realm } from '../../realm.ts';

/**
 * Life signs, as locks: the browser frees them when their holder dies, whatever it died of.
 * Resolves when this worker's own lock is held: from then on its page can know of its death.
 */
export function showLife(locks: Realm['locks'], config: WorkerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    locks
      .request(workerLock(config), () => {
        resolve();
        return new Promise<never>(() => {});
      })
      .catch(reject);
  });
}

/** Calls `onOrphaned` when the page that owns this worker is gone. */
export function watchOwner(
  locks: Realm['locks'],
  config: WorkerConfig,
  onOrphaned: () => void,
): void {
  locks.request(pageLock(config.tab), { mode: 'shared' }, onOrphaned).catch(() => {});
}
