import { execFileSync } from 'node:child_process';

/** All steps, kinds and seeds: `npm run test:long`. */
export const LONG = process.env.FINDLING_LONG === 'all';

let commit: number | null = null;

/** Where a short run begins among what it leaves out: another place for each commit, so that all is run in turn. */
export function offset(): number {
  if (process.env.FINDLING_OFFSET) return Number(process.env.FINDLING_OFFSET);
  if (commit === null) {
    try {
      const head = execFileSync('git', ['rev-parse', 'HEAD'], { encoding: 'utf8' });
      commit = Number.parseInt(head.slice(0, 7), 16);
    } catch {
      // Not a clone.
      commit = 0;
    }
  }
  return commit;
}
