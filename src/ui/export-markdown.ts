import type { NoteMeta } from '../storage/notes/index.ts';
import type { AppContext } from './context.ts';
import { dayName } from './daily.ts';
import { errorText } from './errors-text.ts';
import { download } from './export-vectors.ts';
import { fileName } from './list-choice.ts';
import { markdownFile } from './markdown-file.ts';
import { S } from './strings.ts';
import { toast } from './toasts.tsx';

interface File {
  path: string;
  content: string | ArrayBuffer;
}

/**
 * Hands one note over as a Markdown file, several as a .zip of them with their folders. Images that
 * were pasted lie in a folder of their own, and the notes point there.
 */
export async function exportMarkdown(ctx: AppContext, notes: readonly NoteMeta[]): Promise<void> {
  try {
    const paths = new Set<string>();
    const files: File[] = [];
    const images = new Map<string, File>();
    for (const { id } of notes) {
      // As it is now, should it have changed since the list was drawn.
      const note = await ctx.notes.get(id);
      if (!note) continue;
      const path = freePath(note.meta, paths);
      const text = await withImages(ctx, path, note.text, images);
      files.push({ path, content: markdownFile(note.meta, text) });
    }
    const [only] = files;
    if (!only) return;
    if (files.length === 1 && images.size === 0) {
      const name = only.path.slice(only.path.lastIndexOf('/') + 1);
      download(new Blob([only.content], { type: 'text/markdown' }), name);
    } else {
      const all = [...files, ...images.values()];
      download(await zipped(all), `findling-${dayName(ctx.now())}.zip`);
    }
    toast(S.exportedMany(files.length));
  } catch (thrown) {
    toast(errorText(thrown));
  }
}

/** Points a note's kept images to where they lie beside it; `images` learns of them. */
async function withImages(
  { notes }: AppContext,
  path: string,
  text: string,
  images: Map<string, File>,
): Promise<string> {
  const up = '../'.repeat(path.split('/').length - 1);
  let written = text;
  const ids = new Set(Array.from(text.matchAll(/attachment:([0-9a-f]{64})/g), ([, id]) => id!));
  for (const id of ids) {
    let image = images.get(id);
    if (!image) {
      const kept = await notes.attachment(id);
      if (!kept) continue;
      const ending = kept.type.replace('image/', '').replace('jpeg', 'jpg');
      image = { path: `attachments/${id}.${ending}`, content: kept.bytes };
      images.set(id, image);
    }
    written = written.replaceAll(`attachment:${id}`, `${up}${image.path}`);
  }
  return written;
}

function freePath({ path, title }: NoteMeta, taken: Set<string>): string {
  const whole = path || `${fileName(title)}.md`;
  const stem = whole.replace(/\.[^./]+$/, '');
  let free = `${stem}.md`;
  for (let i = 2; taken.has(free.toLowerCase()); i++) free = `${stem} ${i}.md`;
  taken.add(free.toLowerCase());
  return free;
}

async function zipped(files: readonly File[]): Promise<Blob> {
  const { strToU8, Zip, ZipDeflate } = await import('fflate');
  const pieces: BlobPart[] = [];
  await new Promise<void>((resolve, reject) => {
    const zip = new Zip((error, piece, last) => {
      if (error) return reject(error);
      // Its own buffer: the library's may be used again.
      pieces.push(piece.slice());
      if (last) resolve();
    });
    const run = async (): Promise<void> => {
      for (const [i, { path, content }] of files.entries()) {
        const file = new ZipDeflate(path, { level: 6 });
        zip.add(file);
        file.push(typeof content === 'string' ? strToU8(content) : new Uint8Array(content), true);
        if (i % 50 === 49) await new Promise((go) => setTimeout(go));
      }
      zip.end();
    };
    run().catch(reject);
  });
  return new Blob(pieces, { type: 'application/zip' });
}
