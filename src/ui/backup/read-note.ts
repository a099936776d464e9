import type { BackedUpNote } from '../../storage/notes/index.ts';
import { parseFrontMatter } from '../import/front-matter.ts';
import { frontMatterRange } from '../import/front-matter-range.ts';

/** In which form the images of a note lie in a backup, seen from the note. */
const IMAGE = /(?:\.\.\/)*attachments\/([0-9a-f]{64})\.(?:png|jpg|gif|webp|avif)/g;

/** The line that ends the front matter, and the blank one after it. */
const CLOSING = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)(?:\r?\n)?/;

/**
 * A note of a backup, as `markdownFile` wrote it; null when the text is a file of another making.
 * @param now for what the file does not say, epoch ms
 */
export function readBackedUpNote(text: string, now: number): BackedUpNote | null {
  const range = frontMatterRange(text);
  if (!range) return null;
  const line = /^findling: (\{.*\})\r?$/m.exec(text.slice(range.yamlStart, range.yamlEnd));
  if (!line) return null;
  let mark: unknown;
  try {
    mark = JSON.parse(line[1]!);
  } catch {
    return null;
  }
  const { id, path } = mark as { id?: unknown; path?: unknown };
  if (typeof id !== 'string' || !/^[\w-]{1,100}$/.test(id) || typeof path !== 'string') return null;
  const { title, tags, pinned, created, modified } = parseFrontMatter(text).data;
  return {
    id,
    path,
    title: title ?? '',
    // Exactly as written: blank lines at its start are the note's own.
    text: text.slice(range.yamlEnd).replace(CLOSING, '').replace(IMAGE, 'attachment:$1'),
    tags,
    pinned: pinned ?? false,
    created: created ?? modified ?? now,
    modified: modified ?? now,
  };
}
