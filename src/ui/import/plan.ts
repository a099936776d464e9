/** What is known of a note that was imported from the same path before. */
export interface Known {
  /** Hash of the file's text at its last import. */
  importHash?: string;
  /** The note's revision right after its last import. */
  importedRevision?: number;
  /** The note's revision now. */
  revision: number;
  /** Hash of the note's text now, comparable with a file's hash. */
  currentHash?: string;
}

/**
 * - `create`: there is no such note yet.
 * - `unchanged`: nothing to do.
 * - `update`: only the file changed, it replaces the note's text.
 * - `keep-app`: only the note changed, it stays.
 * - `conflict`: both changed; the file's text is kept as a second version.
 */
export type Decision = 'create' | 'unchanged' | 'update' | 'keep-app' | 'conflict';

/**
 * Decides what importing a file does to the note of the same path. In doubt both texts are kept.
 *
 * @param known undefined if no note was imported from that path
 * @param fileHash hash of the file's text now
 */
export function decide(known: Known | undefined, fileHash: string): Decision {
  if (!known) return 'create';
  if (known.currentHash !== undefined && known.currentHash === fileHash) return 'unchanged';
  const fileChanged = known.importHash !== fileHash;
  const noteChanged = known.importedRevision !== known.revision;
  if (fileChanged) return noteChanged ? 'conflict' : 'update';
  return noteChanged ? 'keep-app' : 'unchanged';
}
