import { withoutNoteExtension } from '../../note-files.ts';

/** The name in a link, as it was written: of a note still to be written this is the title. */
export const linkName = (target: string): string =>
  withoutNoteExtension(target.split(/[#|]/, 1)[0]!.replace(/^.*[/\\]/, '')).trim();
