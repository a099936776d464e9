import type { NoteMeta } from '../../storage/notes/index.ts';
import { type ZipFile, zipped } from '../archive/zip.ts';
import type { AppContext } from '../core/context.ts';
import { download } from '../core/download.ts';
import { errorText } from '../core/errors-text.ts';
import { dayName } from '../core/format.ts';
import { toast } from '../core/toasts.tsx';
import { freePath, imageFiles, pointToImages } from './backup.ts';
import { L } from './export-words.ts';
import { markdownFile } from './markdown-file.ts';

/**
 * Hands one note over as a Markdown file, several as a .zip of them with their folders. Images that
 * were pasted lie in a folder of their own, and the notes point there.
 */
export async function exportMarkdown(ctx: AppContext, notes: readonly NoteMeta[]): Promise<void> {
  try {
    const paths = new Set<string>();
    const files: (ZipFile & { content: string })[] = [];
    const images = new Map<string, string | null>();
    for (const { id } of notes) {
      // As it is now, should it have changed since the list was drawn.
      const note = await ctx.notes.get(id);
      if (!note) continue;
      const path = freePath(note.meta, paths);
      const text = await pointToImages(ctx, path, note.text, images);
      files.push({ path, content: markdownFile(note.meta, text) });
    }
    const [only] = files;
    if (!only) return;
    if (files.length === 1 && images.size === 0) {
      const name = only.path.slice(only.path.lastIndexOf('/') + 1);
      download(new Blob([only.content], { type: 'text/markdown' }), name);
    } else {
      async function* all(): AsyncGenerator<ZipFile> {
        yield* files;
        yield* imageFiles(ctx, images);
      }
      download(await zipped(all()), `findling-${dayName(ctx.now())}.zip`);
    }
    toast(L.exportedMany(files.length));
  } catch (thrown) {
    toast(errorText(thrown));
  }
}
