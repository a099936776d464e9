import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import type { Attachment, KeptFile } from '../schema.ts';

/** Key in `kv` of the attachments that nothing shows. */
export const UNUSED_SINCE = 'attachments-unused';

/**
 * Keeps a file under the hash of its bytes: the same image pasted twice is stored once. One that
 * was there and unused is no longer counted as unused, though no text shows it yet.
 * @param place of one that was imported: from now on its path names these bytes
 */
export async function addAttachment(
  db: WorkspaceDb,
  file: Attachment,
  place?: Pick<KeptFile, 'path' | 'time'>,
): Promise<void> {
  const tx = db.transaction(['attachments', 'files', 'kv'], 'readwrite', { durability: 'strict' });
  if (!(await tx.objectStore('attachments').getKey(file.id))) {
    await tx.objectStore('attachments').put(file);
  }
  if (place) {
    const { path, time } = place;
    const old = await tx.objectStore('files').get(path);
    const { id: attachment, type, bytes } = file;
    const row = { ...old, path, attachment, type, size: bytes.byteLength };
    await tx.objectStore('files').put(time === undefined ? row : { ...row, time });
  }
  const kv = kvIn(tx);
  const { [file.id]: known, ...others } = (await kv.get(UNUSED_SINCE)) ?? {};
  if (known !== undefined) await kv.put(others, UNUSED_SINCE);
  await tx.done;
}
