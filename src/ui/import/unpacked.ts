/** A backup that was unpacked and is picked as a folder: its notes are merged, not imported anew. */
import type { ImporterDeps, ImportResult } from './importer.ts';
import { SKIP } from './skip-words.ts';
import type { Source } from './source.ts';

/** Whether a backup may be among these files. */
export const mayBeBackup = (sources: readonly Source[]): boolean =>
  sources.some(({ path }) => /^(?:[^/]+\/)?findling\/manifest(?:-copy)?\.json$/.test(path));

export interface UnpackedDeps
  extends Pick<ImporterDeps, 'announce' | 'onProgress' | 'pause' | 'signal'> {
  notes: Parameters<typeof import('../backup/restore.ts').restoreBackup>[1]['notes'];
  /** Epoch ms. */
  now(): number;
  newId(): string;
}

/**
 * Merges what is of a backup.
 * @returns what was done, and the files that are none of it; null where there is no backup
 */
export async function importUnpacked(
  sources: readonly Source[],
  { notes, announce, now, newId, onProgress, pause, signal }: UnpackedDeps,
): Promise<{ result: ImportResult; others: Source[] } | null> {
  const [{ unpackedBackup }, { restoreBackup }] = await Promise.all([
    import('../backup/folder-archive.ts'),
    import('../backup/restore.ts'),
  ]);
  const unpacked = unpackedBackup(sources);
  if (!unpacked) return null;
  const result: ImportResult = {
    ...{
      imported: 0,
      skipped: [],
      remarks: [],
      images: 0,
      leftOut: [],
      cancelled: false,
      stopped: null,
    },
  };
  const pathOf = (path: string): string => unpacked.pathOf.get(path)?.path ?? path;
  const restored = await restoreBackup(unpacked.archive, {
    ...{ notes, announce, now, newId, pause },
    signal: signal ?? new AbortController().signal,
    onProgress: (done) =>
      onProgress?.({
        ...{ done, total: sources.length },
        ...{ imported: result.imported, skipped: result.skipped.length },
      }),
    onOutcome(path, outcome) {
      if (outcome === 'restored' || outcome === 'newer') result.imported++;
      else {
        const reason = outcome === 'same' ? SKIP.unchanged : SKIP['keep-app'];
        result.skipped.push({ path: pathOf(path), reason });
      }
    },
  });
  const named = <T extends { path: string }>(all: readonly T[]): T[] =>
    all.map((one) => ({ ...one, path: pathOf(one.path) }));
  // Files of another making among them.
  result.imported = restored.added + restored.updated;
  result.skipped.push(...named(restored.skipped));
  result.remarks.push(...named(restored.remarks));
  result.cancelled = restored.cancelled;
  result.stopped = restored.stopped;
  return { result, others: unpacked.others };
}
