import type { BackedUpNote } from '../../storage/notes/index.ts';
import { parseFrontMatter } from '../import/front-matter.ts';

/** In which form the images of a note lie in a backup, seen from the note. */
const IMAGE = /(?:\.\.\/)*attachments\/([0-9a-f]{64})\.(?:png|jpg|gif|webp|avif)/g;

/** A text that points to images as they lie in a backup points to those that are kept again. */
export const withKeptImages = (text: string): string => text.replace(IMAGE, 'attachment:$1');

/** The line that ends the front matter, and the blank one after it. */
const CLOSING = /^(?:---|\.\.\.)[ \t]*(?:\r?\n|$)(?:\r?\n)?/;

interface Front {
  fields: Map<string, string>;
  /** Something else than a key and its value on a line: the app did not write it so. */
  odd: boolean;
  bodyStart: number;
}

/** The front matter's lines by their keys, however long it is. */
function frontLines(text: string): Front | null {
  if (!/^---[ \t]*\r?\n/.test(text)) return null;
  const fields = new Map<string, string>();
  let odd = false;
  for (let at = text.indexOf('\n') + 1; at > 0; at = text.indexOf('\n', at) + 1) {
    const end = text.indexOf('\n', at);
    const line = text.slice(at, end < 0 ? undefined : end).replace(/\r$/, '');
    if (/^(?:---|\.\.\.)[ \t]*$/.test(line)) {
      const [closing = ''] = CLOSING.exec(text.slice(at, at + 1_000)) ?? [];
      return { fields, odd, bodyStart: at + closing.length };
    }
    const colon = line.indexOf(': ');
    if (colon > 0 && !/^[\s#-]/.test(line)) fields.set(line.slice(0, colon), line.slice(colon + 2));
    else odd = true;
  }
  return null;
}

function json(value: string | undefined): unknown {
  if (value === undefined) return undefined;
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

/** Exactly as it was written; undefined for a date in another form. */
function exactDate(value: string | undefined): number | undefined {
  const time = Date.parse(value ?? '');
  return !Number.isNaN(time) && new Date(time).toISOString() === value ? time : undefined;
}

const isText = (value: unknown): value is string => typeof value === 'string';

interface Mark {
  id: string;
  path: string;
  metaChanged?: number;
  importPath?: string;
  importHash?: string;
  unchanged?: boolean;
}

/** What the line `findling:` says; null where it is not of this app. Whatever is odd is left out. */
function readMark(value: string | undefined): { mark: Mark; halves: unknown } | null {
  const parsed = json(value);
  if (typeof parsed !== 'object' || parsed === null) return null;
  const { id, path, metaChanged, importPath, importHash, unchanged, halves } = parsed as Record<
    string,
    unknown
  >;
  if (!isText(id) || !/^[\w-]{1,100}$/.test(id) || !isText(path)) return null;
  const mark: Mark = { id, path };
  if (Number.isFinite(metaChanged)) mark.metaChanged = metaChanged as number;
  if (isText(importHash) && /^[0-9a-f]{64}$/.test(importHash)) {
    mark.importHash = importHash;
    if (isText(importPath)) mark.importPath = importPath;
    if (unchanged === true) mark.unchanged = true;
  }
  return { mark, halves };
}

/** Puts back what UTF-8 could not hold (`markdown-file.ts`). */
function withHalves(text: string, halves: unknown): string {
  if (!Array.isArray(halves)) return text;
  const units = text.split('');
  for (const half of halves) {
    const [at, unit] = Array.isArray(half) ? half : [];
    const fits = Number.isInteger(unit) && unit >= 0xd800 && unit <= 0xdfff;
    if (fits && units[at] === '\ufffd') units[at] = String.fromCharCode(unit);
  }
  return units.join('');
}

/**
 * A note of a backup, as `backupFile` wrote it; null when the text is a file of another making. Title
 * and tags are taken to the letter; in a form that the app does not write (somebody edited the
 * file), they are read as those of any Markdown file.
 * @param now for what the file does not say, epoch ms
 */
export function readBackedUpNote(text: string, now: number): BackedUpNote | null {
  const front = frontLines(text);
  const read = front && readMark(front.fields.get('findling'));
  if (!front || !read) return null;
  const { fields, odd, bodyStart } = front;
  const title = json(fields.get('title'));
  const tags = fields.has('tags') ? json(fields.get('tags')) : [];
  const [created, modified] = [fields.get('created'), fields.get('modified')].map(exactDate);
  const exact =
    !odd &&
    isText(title) &&
    Array.isArray(tags) &&
    tags.every(isText) &&
    /^(?:true|)$/.test(fields.get('pinned') ?? '') &&
    created !== undefined &&
    modified !== undefined;
  const loose = exact ? { tags: [] } : parseFrontMatter(text).data;
  const body = withHalves(text.slice(bodyStart), read.halves);
  const lastModified = modified ?? loose.modified;
  return {
    ...read.mark,
    title: isText(title) ? title : (loose.title ?? ''),
    text: withKeptImages(body),
    tags: exact ? tags : loose.tags,
    pinned: exact ? fields.has('pinned') : (loose.pinned ?? false),
    created: created ?? loose.created ?? lastModified ?? now,
    modified: lastModified ?? now,
  };
}
