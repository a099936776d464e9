/** THE place that says which files are notes. public/manifest.webmanifest says the same (tested). */

/** Extensions of a note's file, in lower case, the one of a new file first. */
export const NOTE_EXTENSIONS = ['.md', '.markdown', '.txt'] as const;
const NOTE_TYPES = ['text/markdown', 'text/plain'];

const EXTENSION = new RegExp(`(?:${NOTE_EXTENSIONS.join('|').replaceAll('.', '\\.')})$`, 'i');

/** Whether a file of this name or path is a note. */
export const isNoteFile = (path: string): boolean => EXTENSION.test(path);

/** A name or path without a note's extension; any other stays. */
export const withoutNoteExtension = (path: string): string => path.replace(EXTENSION, '');

/** For a file picker: extensions and types. */
export const NOTE_ACCEPT = [...NOTE_EXTENSIONS, ...NOTE_TYPES].join(',');

/** Notion ends the names of the files and folders that it exports with an id of 32 hex digits. */
const EXPORT_ID = / +[\da-f]{32}(?=$|\/|\.[^./\s]{1,16}$)/g;

/**
 * A name or path as a person knows it, without the ids that an export added. THE way to show a path;
 * what is stored keeps them.
 */
export const withoutExportIds = (path: string): string => path.replace(EXPORT_ID, '');
