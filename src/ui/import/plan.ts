import type { Decision, Known } from '../../storage/notes/index.ts';

/**
 * Decides what importing a file does to the note of the same path. In doubt both texts are kept. It
 * goes by what was imported last; that a note has the very text of its file is seen where both are
 * at hand (`importNotes`).
 *
 * @param known undefined if no note was imported from that path
 * @param fileHash hash of the file's text now
 */
export function decide(known: Known | undefined, fileHash: string): Decision {
  if (!known) return 'create';
  const fileChanged = known.importHash !== fileHash;
  const noteChanged = known.importedRevision !== known.revision;
  if (fileChanged) return noteChanged ? 'conflict' : 'update';
  return noteChanged ? 'keep-app' : 'unchanged';
}
