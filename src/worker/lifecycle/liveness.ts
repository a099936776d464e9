import { pageLock, type WorkerConfig, workerLock } from '../../protocol.ts';
import type { Realm } from '../../realm.ts';

/**
 * Liveness, by locks: the browser frees them when their holder dies, whatever it died of.
 * Resolves when this worker's own lock is held: from then on its page can know of its death.
 */
export function holdLivenessLock(locks: Realm['locks'], config: WorkerConfig): Promise<void> {
  return new Promise((resolve, reject) => {
    locks
      .request(workerLock(config), () => {
        resolve();
        return new Promise<never>(() => {});
      })
      .catch(reject);
  });
}

/** Calls `onOrphaned` when the page that owns this worker is gone: its lock is free then. */
export function watchOwner(
  locks: Realm['locks'],
  config: WorkerConfig,
  onOrphaned: () => void,
): void {
  locks.request(pageLock(config.tab), { mode: 'shared' }, onOrphaned).catch(() => {});
}
