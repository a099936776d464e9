import { FindlingError } from '../../errors.ts';
import { BIRTH, type Connection } from '../connection.ts';
import type { CreationPermit } from '../db.ts';
import { registerKvIn } from '../kv.ts';
import type { AppSchema, WorkspaceRecord } from '../schema.ts';

/**
 * What the register says of one workspace, each time its database is opened. Where the browser
 * cleared the register since the first time (another `birth`), the record is written again, so that
 * what is open in the editor has a place to be saved.
 */
export function creationPermit(
  run: Connection<AppSchema>['run'],
  workspace: WorkspaceRecord,
): CreationPermit {
  const { id } = workspace;
  let knownBirth: string | undefined;
  return {
    mayCreate: () =>
      run(async (db) => {
        const tx = db.transaction(['workspaces', 'kv']);
        const [found, birth] = await Promise.all([
          tx.objectStore('workspaces').get(id),
          registerKvIn(tx).get(BIRTH),
        ]);
        const cleared = knownBirth !== undefined && knownBirth !== birth;
        knownBirth = birth;
        if (!found && cleared) {
          const again = db.transaction('workspaces', 'readwrite');
          // Another tab may have been first.
          const other = await again.store.get(id);
          const { name, created } = workspace;
          if (!other) await again.store.put({ id, name, created, state: 'creating' });
          await again.done;
          return !other || other.state === 'creating';
        }
        if (!found || found.state === 'deleting') throw new FindlingError('workspace-gone');
        return found.state === 'creating';
      }),
    created: () =>
      run(async (db) => {
        const tx = db.transaction('workspaces', 'readwrite');
        const found = await tx.store.get(id);
        if (!found || found.state === 'deleting') throw new FindlingError('workspace-gone');
        if (found.state === 'creating') {
          const { state: _, ...made } = found;
          await tx.store.put(made);
        }
        await tx.done;
      }),
  };
}
