import { plural } from '../core/strings.ts';

/** Words for an export of some notes: fetched with its code. */
export const L = {
  exportedMany: (total: number) => `Exported ${plural(total, 'note', 'notes')}`,
} as const;
