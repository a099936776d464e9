import { FindlingError } from '../../errors.ts';
import { kvIn } from '../kv.ts';

/** A transaction to write in that `kv` is part of. */
interface Tx {
  readonly mode: 'readwrite';
  objectStore(name: 'kv'): unknown;
  abort(): void;
  readonly done: Promise<void>;
}

/**
 * Refuses what a leader whose lease was stolen still wants to write: another has raised the epoch
 * meanwhile.
 * @throws FindlingError `lease-lost`; the transaction is aborted then
 */
export async function checkLease(tx: Tx, epoch: number): Promise<void> {
  // The error below tells of it; the transaction's own would be an unhandled rejection.
  tx.done.catch(() => {});
  if ((await kvIn(tx).get('epoch')) === epoch) return;
  tx.abort();
  throw new FindlingError('lease-lost');
}
