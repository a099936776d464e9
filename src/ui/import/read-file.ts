import { titleOf } from '../../note-title.ts';
import { sha256 } from '../../sha256.ts';
import type { ImportedFile } from '../../storage/notes/index.ts';
import { decodeFile } from './decode.ts';
import type { PickedImages } from './images.ts';
import { SKIP } from './skip-words.ts';

export type ReadFile =
  | { ok: true; file: ImportedFile; remark?: string }
  | { ok: false; reason: string };

/** Reads a file that may be a note; the images that it shows are taken in. Never throws for its sake. */
export async function readNoteFile(
  path: string,
  file: File,
  images: PickedImages | null,
): Promise<ReadFile> {
  let content: Uint8Array<ArrayBuffer>;
  try {
    content = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ok: false, reason: SKIP.unreadable };
  }
  const made = await noteOf(path, content, file.lastModified);
  if (!made.ok || !images) return made;
  const shown = await images.takeIn(made.file.text, path);
  if (shown.length > 0) made.file.images = shown;
  return made;
}

/**
 * The note that a file makes.
 * @param time when the file was last changed, epoch ms
 */
export async function noteOf(
  path: string,
  content: Uint8Array<ArrayBuffer>,
  time: number,
): Promise<ReadFile> {
  const decoded = await decodeFile(content);
  if (!decoded.ok) return decoded;
  const { text, facts } = decoded;
  // The YAML parser is fetched only for a file that may need it.
  const front = text.startsWith('---')
    ? (await import('./front-matter.ts')).parseFrontMatter(text)
    : undefined;
  const { title, tags = [], pinned, created, modified } = front?.data ?? {};
  const hash = await sha256(content);
  const isPlain = Object.keys(facts).length === 0;
  return {
    ok: true,
    remark: [decoded.note, front?.problem].filter(Boolean).join('. ') || undefined,
    file: {
      path,
      title: titleOf(title, text, path),
      text,
      hash,
      textHash: isPlain ? hash : await sha256(text),
      tags,
      pinned,
      created,
      modified: modified ?? time,
      file: { ...facts, size: content.length, time },
      ...(facts.kept && { original: content.buffer }),
    },
  };
}
