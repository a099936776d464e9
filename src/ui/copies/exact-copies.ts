/** Copies that say nothing of their own: they become versions by themselves. */
import type { Accepting, NoteMeta, Notes } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { copiesAmong } from './find-copies.ts';
import { keepCopies } from './keep-copies.ts';
import { C } from './words.ts';

export interface ExactCopy extends Accepting {
  /** Files' paths, for the report. */
  path: string;
  basePath: string;
}

const fileOf = ({ importPath, path }: NoteMeta): string => importPath ?? path;

/**
 * Of what an import brought: exact duplicates whose name says "conflicted copy" or "sync-conflict",
 * that are not empty, that nobody touched, and that no link leads to. Never one that was here before:
 * a person may have taken it back.
 * @param made ids of the notes that the import made or changed
 */
export async function exactCopies(
  notes: Pick<Notes, 'list' | 'get' | 'mayLinkTo'>,
  made: ReadonlySet<string>,
): Promise<ExactCopy[]> {
  const exact: ExactCopy[] = [];
  for (const { note, base, kind } of copiesAmong(await notes.list())) {
    const isNew = made.has(note.id) && note.revision === 1 && note.importedRevision === 1;
    if (kind !== 'sure' || !isNew || note.size !== base.size) continue;
    const [copy, other] = await Promise.all([notes.get(note.id), notes.get(base.id)]);
    if (!copy || !other || copy.text !== other.text || copy.text.trim() === '') continue;
    // In doubt a link may lead here.
    if ((await notes.mayLinkTo(note)).some(({ id }) => id !== note.id)) continue;
    const { id, revision } = note;
    exact.push({
      ...{ note: id, revision, base: base.id },
      ...{ path: fileOf(note), basePath: fileOf(base) },
    });
  }
  return exact;
}

/** Makes versions of them and offers the way back. @returns those that were made */
export async function keepExactCopies(
  ctx: AppContext,
  copies: readonly ExactCopy[],
): Promise<ExactCopy[]> {
  if (copies.length === 0) return [];
  const kept = await keepCopies(ctx, copies, C.exactKept);
  return copies.filter(({ note }) => kept.some((one) => one.note === note));
}
