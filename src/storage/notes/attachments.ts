import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import type { Attachment } from '../schema.ts';

/** Key in `kv` of the attachments that nothing shows. */
export const UNUSED_SINCE = 'attachments-unused';

/**
 * Keeps a file under the hash of its bytes: the same image pasted twice is stored once. One that
 * was there and unused is no longer counted as unused, though no text shows it yet.
 */
export async function addAttachment(db: WorkspaceDb, file: Attachment): Promise<void> {
  const tx = db.transaction(['attachments', 'kv'], 'readwrite', { durability: 'strict' });
  if (!(await tx.objectStore('attachments').getKey(file.id))) {
    await tx.objectStore('attachments').put(file);
  }
  const kv = kvIn(tx);
  const { [file.id]: known, ...others } = (await kv.get(UNUSED_SINCE)) ?? {};
  if (known !== undefined) await kv.put(others, UNUSED_SINCE);
  await tx.done;
}

/** How a text names an attachment. */
const ADDRESS = /attachment:([0-9a-f]{64})/g;

/** THE way to tell which attachments a text shows: their ids, each once. */
export const attachmentIdsIn = (text: string): Set<string> =>
  new Set(Array.from(text.matchAll(ADDRESS), ([, id]) => id!));

/** Hex digits in a row that count as a part of an id; two ids never share them by chance. */
const PART = 16;
/** Where such a part may stand. */
const DIGITS = new RegExp(`[0-9a-f]{${PART},}`, 'g');

/**
 * Tells which of some attachments a text shows, or may show again by an undo. An undo history is
 * JSON, and an address of which a letter was deleted lies in pieces, half in the text and half in
 * the history: a part of an id counts as much as the whole.
 */
export class ShownAmong {
  /** Ids by each of their parts. */
  readonly #parts = new Map<string, string>();

  constructor(ids: Iterable<string>) {
    for (const id of ids) {
      for (let at = 0; at + PART <= id.length; at++) this.#parts.set(id.slice(at, at + PART), id);
    }
  }

  /** Which of them a text shows. */
  in(text: string): Set<string> {
    const shown = new Set<string>();
    const look = (part: string): void => {
      const id = this.#parts.get(part);
      if (id !== undefined) shown.add(id);
    };
    for (const id of attachmentIdsIn(text)) look(id.slice(0, PART));
    for (const [digits] of text.matchAll(DIGITS)) {
      // Wherever a whole id begins in a long row, one of these parts lies within it.
      for (let at = 0; at + PART <= digits.length; at += PART) look(digits.slice(at, at + PART));
      look(digits.slice(-PART));
    }
    return shown;
  }
}
