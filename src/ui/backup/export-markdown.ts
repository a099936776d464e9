import { fileFinder } from '../../file-paths.ts';
import { parse } from '../../markdown/document.ts';
import { addressOfFile, linksOf } from '../../markdown/links.ts';
import { fileOfPath } from '../../paths.ts';
import type { KeptFile, NoteMeta } from '../../storage/notes/index.ts';
import { type ZipFile, zipped } from '../archive/zip.ts';
import type { AppContext } from '../core/context.ts';
import { download } from '../core/download.ts';
import { errorText } from '../core/errors-text.ts';
import { dayName } from '../core/format.ts';
import { toast } from '../core/toasts.tsx';
import { copiesOf, freePath, ImagePlaces, readParts } from './backup.ts';
import { L } from './export-words.ts';
import type { FileRow } from './manifest.ts';
import type { NoteParts } from './note-file.ts';

/**
 * Hands one note over as its file, several as a .zip of them with their folders. Images that they show
 * come along: imported ones under their own paths, pasted ones in a folder of their own, where the
 * notes point to.
 */
export async function exportMarkdown(ctx: AppContext, notes: readonly NoteMeta[]): Promise<void> {
  try {
    const { files, images, others } = await notesAsFiles(ctx, notes);
    const [only] = files;
    if (!only) return;
    if (files.length === 1 && images.length === 0) {
      const name = fileOfPath(only.path);
      const type = name.endsWith('.txt') ? 'text/plain' : 'text/markdown';
      download(new Blob([only.content], { type }), name);
    } else {
      const places = new ImagePlaces(ctx);
      async function* all(): AsyncGenerator<ZipFile> {
        yield* files.map((file) => ({ ...file, isPacked: true }));
        yield* places.entries(images);
      }
      download(await zipped(all()), `findling-${dayName(ctx.now())}.zip`);
    }
    toast([L.exportedMany(files.length), L.otherEncoding(others)].filter(Boolean).join(' '));
  } catch (thrown) {
    toast(errorText(thrown));
  }
}

export interface ExportedNotes {
  files: { path: string; content: Uint8Array<ArrayBuffer> }[];
  images: FileRow[];
  /** Names of files that are written in another encoding than they had. */
  others: string[];
}

/** Notes as their files, as they are now, and the images that they show. */
export async function notesAsFiles(
  ctx: AppContext,
  notes: readonly Pick<NoteMeta, 'id'>[],
): Promise<ExportedNotes> {
  const taken = new Set<string>();
  const places = new ImagePlaces(ctx);
  const { find } = fileFinder(await ctx.notes.files());
  const shown = new Set<KeptFile>();
  const exported: ExportedNotes = { files: [], images: [], others: [] };
  for (const { id } of notes) {
    const parts = await readParts(ctx, id);
    if (!parts) continue;
    for (const one of [parts, ...(await copiesOf(ctx, parts.meta))]) {
      const path = freePath(one.meta, taken);
      const { bytes, other } = await places.write(one, path);
      exported.files.push({ path, content: bytes });
      if (other) exported.others.push(path);
      for (const address of addressesIn(one)) {
        const file = find(address, [one.meta.path, one.meta.importPath]);
        if (file) shown.add(file);
      }
    }
  }
  exported.images = places.rows(taken, [...shown]);
  return exported;
}

const addressesIn = ({ text }: NoteParts): string[] =>
  /!\[|<img/i.test(text) ? linksOf(parse(text)).map(addressOfFile) : [];
