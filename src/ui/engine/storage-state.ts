import type { StorageState } from '../core/engine-types.ts';

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
