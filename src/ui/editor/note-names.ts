import { withoutNoteExtension } from '../../note-files.ts';
import { keysOfNote, linkKey, type NoteMeta } from '../../storage/notes/index.ts';

const known = new WeakMap<readonly NoteMeta[], Map<string, NoteMeta>>();

/**
 * The note that a link means: one of that title, else one whose file has that name. Of several the
 * one changed last; `notes` are newest first.
 */
export function noteNamed(notes: readonly NoteMeta[], target: string): NoteMeta | undefined {
  let byKey = known.get(notes);
  if (!byKey) {
    byKey = new Map();
    // A later key gives way to an earlier note's, and a file's name to any title.
    const keys = notes.map((note) => ({ note, keys: keysOfNote(note) }));
    const most = Math.max(0, ...keys.map((one) => one.keys.length));
    for (let rank = 0; rank < most; rank++) {
      for (const { note, keys: names } of keys) {
        const key = names[rank];
        if (key !== undefined && !byKey.has(key)) byKey.set(key, note);
      }
    }
    known.set(notes, byKey);
  }
  const whole = target.split('|', 1)[0]!.normalize('NFC').trim().toLowerCase();
  return byKey.get(whole) ?? byKey.get(linkKey(target));
}

/** The name in a link, as it was written: of a note still to be written this is the title. */
export const linkName = (target: string): string =>
  withoutNoteExtension(target.split(/[#|]/, 1)[0]!.replace(/^.*[/\\]/, '')).trim();
