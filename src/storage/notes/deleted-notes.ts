import type { Connection } from '../connection.ts';
import type { TrashedNote, WorkspaceSchema } from '../schema.ts';
import { dueForPurge, purgeNotes } from './purge.ts';
import type { TrashedAt } from './purge-plan.ts';
import { type SweepDeps, sweepAttachments } from './sweep-attachments.ts';
import { type Freeable, freeable, listTrash, type TrashEntry } from './trash.ts';

/** The trash of one workspace, and what goes for good. */
export interface DeletedNotes {
  /** Last deleted first. */
  list(): Promise<TrashEntry[]>;
  get(id: string): Promise<TrashedNote | undefined>;
  freeable(): Promise<Freeable>;
  /** Notes a start of the app. @returns the deleted notes whose time is over */
  due(): Promise<TrashedAt[]>;
  /**
   * Deletes notes in the trash for good, in one transaction; none that was restored meanwhile.
   * @returns ids of those that are gone
   */
  purge(notes: readonly TrashedAt[]): Promise<string[]>;
  /**
   * Deletes attachments that nothing shows, and that nothing showed a day ago.
   * @returns their ids
   */
  sweepAttachments(deps: Omit<SweepDeps, 'now'>): Promise<string[]>;
}

/** The trash of a workspace, each call in a transaction of its own. @param deps.now epoch ms */
export const deletedNotes = (
  run: Connection<WorkspaceSchema>['run'],
  deps: { now: () => number },
): DeletedNotes => ({
  list: () => run((db) => listTrash(db, deps.now())),
  get: (id) => run((db) => db.get('trash', id)),
  freeable: () => run(freeable),
  due: () => run((db) => dueForPurge(db, deps.now())),
  purge: (notes) => run((db) => purgeNotes(db, notes, deps)),
  sweepAttachments: (sweep) => run((db) => sweepAttachments(db, { ...sweep, now: deps.now })),
});
