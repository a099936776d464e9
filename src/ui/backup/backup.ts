import { FindlingError } from '../../errors.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { type ZipFile, zipped } from '../archive/zip.ts';
import type { AppContext } from '../core/context.ts';
import { fileName } from '../core/file-name.ts';
import { backupFile } from './markdown-file.ts';

export interface Progress {
  done: number;
  total: number;
}

/**
 * Every note of this workspace as a Markdown file in its folder, and the images that they show, as
 * one .zip. `restoreBackup` reads it back; so does any program that reads Markdown.
 * @throws FindlingError `cancelled`
 */
export async function exportBackup(
  ctx: AppContext,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<{ archive: Blob; notes: number }> {
  let notes = 0;
  async function* files(): AsyncGenerator<ZipFile> {
    const all = await ctx.notes.list();
    if (all.length === 0) throw new FindlingError('nothing-to-back-up');
    const paths = new Set<string>();
    const images = new Map<string, string | null>();
    for (const [done, { id }] of all.entries()) {
      onProgress({ done, total: all.length });
      // As it is now, should it have changed since the list was read.
      const note = await ctx.notes.get(id);
      if (!note) continue;
      const path = freePath(note.meta, paths);
      const text = await pointToImages(ctx, path, note.text, images);
      yield { path, content: backupFile(note.meta, text) };
      notes++;
    }
    yield* imageFiles(ctx, images);
  }
  return { archive: await zipped(files(), signal), notes };
}

/**
 * Points a note's kept images to where they lie in the archive.
 * @param images paths by id, null for one that is not here; learns of those met
 */
export async function pointToImages(
  { notes }: AppContext,
  path: string,
  text: string,
  images: Map<string, string | null>,
): Promise<string> {
  const up = '../'.repeat(path.split('/').length - 1);
  const ids = new Set(Array.from(text.matchAll(/attachment:([0-9a-f]{64})/g), ([, id]) => id!));
  let written = text;
  for (const id of ids) {
    let image = images.get(id);
    if (image === undefined) {
      const kept = await notes.attachment(id);
      const ending = kept?.type.replace('image/', '').replace('jpeg', 'jpg');
      image = ending ? `attachments/${id}.${ending}` : null;
      images.set(id, image);
    }
    if (image) written = written.replaceAll(`attachment:${id}`, `${up}${image}`);
  }
  return written;
}

/**
 * Attachments as files of an archive, one at a time.
 * @param images path in the archive by id; null: it is not there
 */
export async function* imageFiles(
  { notes }: AppContext,
  images: ReadonlyMap<string, string | null>,
): AsyncGenerator<ZipFile> {
  for (const [id, path] of images) {
    const kept = path && (await notes.attachment(id));
    if (kept) yield { path, content: new Uint8Array(kept.bytes) };
  }
}

/** A path of its own for each note; `taken` learns it. */
export function freePath({ path, title }: NoteMeta, taken: Set<string>): string {
  const whole = path || `${fileName(title)}.md`;
  // No program may be led out of the folder that it unpacks into.
  const inside = whole.split(/[\\/]/).filter((part) => !/^(?:\.{0,2}|[a-z]:)$/i.test(part));
  const stem = inside.join('/').replace(/\.[^./]+$/, '') || fileName(title);
  let free = `${stem}.md`;
  for (let i = 2; taken.has(free.toLowerCase()); i++) free = `${stem} ${i}.md`;
  taken.add(free.toLowerCase());
  return free;
}
