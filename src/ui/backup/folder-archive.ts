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

/**
 * Where a backup begins among some files: at their top or in one folder there. Null where there is
 * none; one that lies deeper is a file among others.
 */
function rootOf(paths: readonly { path: string }[]): string | null {
  for (const { path } of paths) {
    const root = /^(?:[^/]+\/)?(?=findling\/)/.exec(path)?.[0];
    const name = root === undefined ? '' : path.slice(root.length);
    if (root !== undefined && (name === MANIFEST || name === MANIFEST_COPY)) return root;
  }
  return null;
}

/** An archive whose files lie in one folder, packed again by another program, seen from there. */
export function withoutTopFolder(archive: Archive): Archive {
  const root = rootOf(archive.files) ?? '';
  if (root === '') return archive;
  const inner = new Map<ArchivedFile, ArchivedFile>();
  for (const file of archive.files) {
    const path = file.path.startsWith(root) ? file.path.slice(root.length) : file.path;
    inner.set({ ...file, path }, file);
  }
  return {
    ...archive,
    files: [...inner.keys()],
    read: (file, limit, options) => archive.read(inner.get(file)!, limit, options),
  };
}

/** Finds a backup that was unpacked: null where there is no manifest among the files. */
export function unpackedBackup(sources: readonly Source[]): UnpackedBackup | null {
  const root = rootOf(sources);
  if (root === null) return null;
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
