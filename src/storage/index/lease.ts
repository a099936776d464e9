import { FindlingError } from '../../errors.ts';

/** A transaction to write in that `kv` is part of. */
interface Tx {
  objectStore(name: 'kv'): { get(key: string): Promise<unknown> };
  abort(): void;
  readonly done: Promise<void>;
}

/**
 * Refuses what a robbed leader still wants to write: another has raised the epoch meanwhile.
 * @throws FindlingError `lease-lost`; the transaction is aborted then
 */
export async function checkLease(tx: Tx, epoch: number): Promise<void> {
  // A refused transaction is told by the error below; its own would go unheard.
  tx.done.catch(() => {});
  if ((await tx.objectStore('kv').get('epoch')) === epoch) return;
  tx.abort();
  throw new FindlingError('lease-lost');
}
