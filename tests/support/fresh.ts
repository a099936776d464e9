/** Workspaces for unit tests, which need no register. */
import { type Notes, openNotes } from '../../src/storage/notes/index.ts';
import { fetchLinkReader } from '../../src/storage/notes/link-reader.ts';

/** Opens a workspace's notes; its database is created where it is not there yet. */
export async function createNotes(
  workspace: string,
  deps: Parameters<typeof openNotes>[1],
): Promise<Notes> {
  // So that a save has its links with it.
  await fetchLinkReader();
  return openNotes(workspace, deps, {}, { mayCreate: async () => true, async created() {} });
}
