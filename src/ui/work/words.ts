import { n } from '../core/strings.ts';

/** What is said of an import or a restore under way: fetched with the first screen. */
export const W = {
  workNames: { import: 'Importing', restore: 'Restoring the backup' },
  pausedAt: (done: number, total: number) => `Paused at ${n(done)} of ${n(total)}`,
  ofTotal: (done: number, total: number) => `${n(done)} of ${n(total)}`,
  unfinished: {
    import: (done: number, total: number) => `Import stopped at ${n(done)} of ${n(total)}.`,
    restore: (done: number, total: number) => `Restore stopped at ${n(done)} of ${n(total)}.`,
  },
  goOn: 'Go on',
  chooseAgain: {
    import: (name: string) =>
      `To go on, choose “${name}” again. What is here already is not imported twice.`,
    restore: (name: string) => `To go on, choose “${name}” again.`,
  },
} as const;
