import type { WorkspaceDb } from '../db.ts';
import type { Attachment } from '../schema.ts';

/** Keeps a file under the hash of its bytes: the same image pasted twice is stored once. */
export async function addAttachment(db: WorkspaceDb, file: Attachment): Promise<void> {
  const tx = db.transaction('attachments', 'readwrite', { durability: 'strict' });
  if (!(await tx.store.getKey(file.id))) await tx.store.put(file);
  await tx.done;
}
