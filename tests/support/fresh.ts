/** Workspaces for unit tests, which need no register. */
import { type Notes, openNotes } from '../../src/storage/notes/index.ts';

/** Opens a workspace's notes; its database is created where it is not there yet. */
export const createNotes = (
  workspace: string,
  deps: { now: () => number; newId: () => string },
): Promise<Notes> =>
  openNotes(workspace, deps, {}, { mayCreate: async () => true, async created() {} });
