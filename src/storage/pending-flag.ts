import type { PendingNote } from './schema.ts';

/** A fresh flag: whoever changes a note writes it in the same transaction. `since`: epoch ms. */
export const pendingFlag = (
  note: string,
  revision: number,
  since: number,
  urgent: boolean,
): PendingNote => ({ note, revision, since, urgent, attempts: 0 });
