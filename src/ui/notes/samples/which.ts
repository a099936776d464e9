import type { NoteMeta } from '../../../storage/notes/index.ts';

/** Their folder tells them apart: one that was moved elsewhere has become somebody's own. */
export const SAMPLE_FOLDER = 'Sample notes';

const isSample = ({ path }: NoteMeta): boolean => path.startsWith(`${SAMPLE_FOLDER}/`);

/** Whether its text is still the one that came with the app; else it is somebody's own, too. */
const isUnchanged = ({ importedRevision, revision }: NoteMeta): boolean =>
  importedRevision === revision;

/** Whether it goes when the samples are removed. */
export const isRemovable = (note: NoteMeta): boolean => isSample(note) && isUnchanged(note);

/** Samples that somebody has written in: these stay. */
export const changedSamples = (all: readonly NoteMeta[]): number =>
  all.filter((note) => isSample(note) && !isUnchanged(note)).length;
