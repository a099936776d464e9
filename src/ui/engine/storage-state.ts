export interface StorageState {
  /** Bytes that the browser counts for this origin; 0 when it does not tell. */
  storageBytes: number;
  /** Bytes that it allows. */
  storageQuota: number;
  /** Whether it promised never to clear them by itself. */
  storageKept: boolean;
}

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
