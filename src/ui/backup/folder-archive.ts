import type { Archive, ArchivedFile } from '../archive/unzip.ts';
import type { Source } from '../import/source.ts';
import { MANIFEST, MANIFEST_COPY } from './manifest.ts';

/** A backup that was unpacked, among files that were picked. */
export interface UnpackedBackup {
  archive: Archive;
  /** By its file in the archive: where it was picked from. */
  pathOf: ReadonlyMap<string, Source>;
  /** Files that are none of it. */
  others: Source[];
}

/** Finds a backup that was unpacked: null where there is no manifest among the files. */
export function unpackedBackup(sources: readonly Source[]): UnpackedBackup | null {
  const manifest = sources.find(
    ({ path }) => isAt(path, MANIFEST) || isAt(path, MANIFEST_COPY),
  )?.path;
  if (manifest === undefined) return null;
  const root = manifest.slice(0, manifest.lastIndexOf('findling/'));
  const pathOf = new Map<string, Source>();
  const others: Source[] = [];
  for (const source of sources) {
    const isInside = source.path.startsWith(root);
    if (isInside) pathOf.set(source.path.slice(root.length), source);
    else others.push(source);
  }
  const files = Array.from(
    pathOf,
    ([path, { file }]): ArchivedFile => ({
      path,
      bytes: file.size,
      time: file.lastModified,
      renamed: () => false,
    }),
  );
  const archive: Archive = {
    files,
    whole: true,
    async read({ path, bytes }, limit) {
      if (bytes > limit) return 'large';
      try {
        return new Uint8Array(await pathOf.get(path)!.file.arrayBuffer());
      } catch {
        return 'damaged';
      }
    },
  };
  return { archive, pathOf, others };
}

const isAt = (path: string, place: string): boolean => path === place || path.endsWith(`/${place}`);
