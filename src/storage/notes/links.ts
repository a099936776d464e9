import { withoutExportIds, withoutNoteExtension } from '../../note-files.ts';

/** The names that notes are linked by. Pure. */

/** The name that a link or a note goes by: case, folders, ending and heading do not count. */
export function linkKey(target: string): string {
  const name = target.split(/[#|]/, 1)[0]!.replace(/^.*[/\\]/, '');
  return withoutNoteExtension(name).normalize('NFC').trim().toLowerCase();
}

/** The names that a note can be linked by: its title, and its file's name, with an export's id or without. */
export function keysOfNote({ title, path }: { title: string; path: string }): string[] {
  // A title may hold a slash or a `#`, and no link to it can: only the name as a whole counts.
  const named = title.normalize('NFC').trim().toLowerCase();
  return [
    ...new Set([named, linkKey(title), linkKey(path), linkKey(withoutExportIds(path))]),
  ].filter(Boolean);
}
