import type { StorageState } from '../core/engine-types.ts';

/** What the browser says of this origin, bytes; 0 where it does not say. */
export async function storageState({ storage }: Navigator): Promise<StorageState> {
  const [estimate, kept] = await Promise.all([
    storage?.estimate?.().catch(() => undefined),
    storage?.persisted?.().catch(() => false),
  ]);
  return {
    storageBytes: estimate?.usage ?? 0,
    storageQuota: estimate?.quota ?? 0,
    storageKept: kept ?? false,
  };
}
