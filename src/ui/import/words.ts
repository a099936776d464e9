import { NOTE_EXTENSIONS } from '../../note-files.ts';
import { n, plural } from '../core/strings.ts';
import type { LeftOut } from './left-out.ts';

/** Folders named of those that were left out. */
const NAMED = 8;

/** Words of the import: fetched with it. */
export const W = {
  importFiles: 'Import files',
  importFolder: 'Import folder',
  importTypes: `Markdown and text files (${NOTE_EXTENSIONS.join(', ')}), up to 10 MB each. Images in a folder come along with the notes that show them.`,
  importAgain:
    'Import the same folder again at any time: what changed is brought up to date, and what you changed here is kept. A backup that was unpacked may be chosen, too.',
  importCheckAll: 'Check all',
  importCheckAllHint:
    'Reads every file. Otherwise files whose size and date are as they were at the last import are not read again.',
  importDrop: 'You can also drop files and folders anywhere in this window.',
  importResult: 'Import result',
  importLooking: 'Looking through what you chose…',
  importing: (done: number, total: number) => `${n(done)} of ${n(total)} files`,
  importCounts: (imported: number, skipped: number) =>
    `${n(imported)} imported, ${n(skipped)} skipped`,
  // Contract: exactly this.
  imported: (imported: number, skipped: number) => `Imported ${imported} notes, skipped ${skipped}`,
  importCancelled: 'Cancelled. What had been imported by then stays.',
  importNothing: 'There was nothing to import in what you chose.',
  importStopped: (why: string, left: number) =>
    `${why} ${left === 1 ? 'One file was' : `${n(left)} files were`} not imported; import again and only those are read.`,
  fileCount: (total: number) => plural(total, 'file', 'files'),
  pauseImport: 'Pause import',
  resumeImport: 'Resume import',
  importPaused: (done: number, total: number) => `Paused at ${n(done)} of ${n(total)} files`,
  importImages: (total: number) =>
    `${plural(total, 'image was', 'images were')} taken in with the notes that show them.`,
  importLeftOut: (all: LeftOut) => {
    const some = all.slice(0, NAMED).map(({ name, files }) => `${name} (${n(files)})`);
    const rest = all.slice(NAMED).reduce((sum, { files }) => sum + files, 0);
    const others = rest > 0 ? `, and ${plural(rest, 'more file', 'more files')}` : '';
    return `Left out, since apps keep it for themselves: ${some.join(', ')}${others}.`;
  },
  importRemarks: 'Imported, with a remark',
  importSkipped: 'Skipped',
  importFile: 'File',
  importWhy: 'Why',
  importOutcome: 'Outcome',
  importReason: 'Reason',
  allReasons: 'All reasons',
  downloadList: 'Download list',
} as const;
