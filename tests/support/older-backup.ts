/** Notes as backups from before there were manifests hold them. */
import type { NoteMeta } from '../../src/storage/notes/index.ts';

const date = (time: number): string | null => {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/**
 * A note as a Markdown file that an import reads back: what the app knows of it stands in front, one
 * line each. JSON is YAML too.
 */
export const markdownFile = (note: NoteMeta, text: string): string => withFront(note, text, null);

/**
 * The same as a backup keeps it: a line more says which note it is, when its tags, folder or pin were
 * changed, and which file it was imported from, so that a restore and a later import know it again.
 */
export function backupFile(note: NoteMeta, text: string): string {
  const { id, path, metaChanged, importHash, importPath, importedRevision, revision } = note;
  const mark = {
    id,
    path,
    metaChanged,
    ...(importHash !== undefined && {
      importPath: importPath ?? path,
      importHash,
      ...(importedRevision === revision && { unchanged: true }),
    }),
    ...(!text.isWellFormed() && { halves: halvesOf(text) }),
  };
  return withFront(note, text, mark);
}

function withFront(note: NoteMeta, text: string, mark: object | null): string {
  const { title, tags, pinned } = note;
  const [created, modified] = [date(note.created), date(note.modified)];
  const lines = [
    `title: ${JSON.stringify(title)}`,
    tags.length > 0 && `tags: ${JSON.stringify(tags)}`,
    pinned && 'pinned: true',
    created && `created: ${created}`,
    modified && `modified: ${modified}`,
    mark && `findling: ${JSON.stringify(mark)}`,
  ];
  return `---\n${lines.filter(Boolean).join('\n')}\n---\n\n${text}`;
}

/** Halves of surrogate pairs, which UTF-8 cannot hold: where they stand, and what they are. */
function halvesOf(text: string): [at: number, unit: number][] {
  const found: [number, number][] = [];
  const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
  for (const { index } of text.matchAll(lone)) found.push([index, text.charCodeAt(index)]);
  return found;
}
