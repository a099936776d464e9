import { n } from '../../core/strings.ts';

/** What is said of what came from other apps: fetched with the code that takes it. */
export const L = {
  sharedKept: (total: number) =>
    total === 1
      ? 'What was shared is a note now.'
      : `${n(total)} notes were made of what was shared.`,
  openedKept: (total: number) =>
    total === 1 ? 'The file is a note now.' : `${n(total)} notes were made of the files.`,
  notTaken: (name: string, reason: string) => `“${name}” is no note: ${reason}.`,
  sharedUnreadable: 'Something that was shared could not be read.',
} as const;
