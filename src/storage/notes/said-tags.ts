/** Reads the tags and properties that the texts of notes say which an earlier version stored. */
import type { Connection } from '../connection.ts';
import type { WorkspaceDb } from '../db.ts';
import { kvIn } from '../kv.ts';
import type { WorkspaceSchema } from '../schema.ts';
import { fetchLinkReader, withTags } from './link-reader.ts';

/** Notes looked at in one transaction. */
const AT_ONCE = 100;

/**
 * Looks at the next hundred notes. Their dates stay, for nobody has changed them. Several tabs may do it
 * at once: each step begins where the last one ended.
 *
 * @returns the notes that it changed; null once there is nothing more to do
 */
export async function saidTagsStep(
  run: Connection<WorkspaceSchema>['run'],
): Promise<string[] | null> {
  await fetchLinkReader();
  return run(step);
}

async function step(db: WorkspaceDb): Promise<string[] | null> {
  const tx = db.transaction(['notes', 'bodies', 'kv'], 'readwrite', { durability: 'relaxed' });
  const kv = kvIn(tx);
  const now = (await kv.get('said-tags')) ?? {};
  if (now.done) return null;
  const range = now.after === undefined ? undefined : IDBKeyRange.lowerBound(now.after, true);
  const metas = await tx.objectStore('notes').getAll(range, AT_ONCE);
  const changed: string[] = [];
  for (const meta of metas) {
    const text = (await tx.objectStore('bodies').get(meta.id))?.text ?? '';
    const told = withTags(meta, text);
    if (told === meta) continue;
    await tx.objectStore('notes').put(told);
    changed.push(meta.id);
  }
  const last = metas.at(-1)?.id;
  await kv.put(
    metas.length < AT_ONCE || last === undefined ? { done: true } : { after: last },
    'said-tags',
  );
  await tx.done;
  return changed;
}
