import {
  type FrontMatterFields,
  givenTitle,
  isFault,
  readFrontMatter,
} from '../../markdown/front-matter.ts';
import { GUESSED } from './skip-words.ts';

/** What the app understands of a front matter block; everything else in it is ignored. */
export interface FrontMatter {
  title?: string;
  /** Without `#`, each once, in the order given; [] if there are none. */
  tags: string[];
  /** Milliseconds since the epoch. */
  created?: number;
  /** Milliseconds since the epoch. */
  modified?: number;
  pinned?: boolean;
}

export interface ParsedFrontMatter {
  data: FrontMatter;
  /** A sentence for a person, where there is front matter that could not be read. */
  problem?: string;
}

const TAG_KEYS = ['tags', 'tag', 'keywords'];
const CREATED_KEYS = ['created', 'created_at', 'createdat', 'date'];
const MODIFIED_KEYS = ['modified', 'modified_at', 'updated', 'updated_at', 'updatedat', 'lastmod'];
const PINNED_KEYS = ['pinned', 'pin'];

/**
 * Reads the YAML front matter of an imported note. Never throws. Values of an unexpected kind are
 * left out; keys are matched without regard to case.
 *
 * Two rules with prose between them are no front matter: the text keeps them, without a problem.
 *
 * @param text the file's text, without a byte order mark
 */
export function parseFrontMatter(text: string): ParsedFrontMatter {
  const read = readFrontMatter(text);
  if (isFault(read)) return { data: { tags: [] }, problem: GUESSED.frontMatter(read.line) };
  return { data: readFields(read) };
}

function readFields(fields: FrontMatterFields): FrontMatter {
  const first = <T>(keys: string[], read: (field: unknown) => T | undefined): T | undefined => {
    for (const key of keys) {
      const found = read(fields.get(key)?.value);
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const data: FrontMatter = { tags: first(TAG_KEYS, readTags) ?? [] };
  const title = givenTitle(fields);
  const created = first(CREATED_KEYS, readTime);
  const modified = first(MODIFIED_KEYS, readTime);
  const pinned = first(PINNED_KEYS, readFlag);
  if (title !== undefined) data.title = title;
  if (created !== undefined) data.created = created;
  if (modified !== undefined) data.modified = modified;
  if (pinned !== undefined) data.pinned = pinned;
  return data;
}

function readText(field: unknown): string | undefined {
  if (typeof field !== 'string' && typeof field !== 'number') return undefined;
  return String(field).trim() || undefined;
}

function readTags(field: unknown): string[] | undefined {
  const listed = Array.isArray(field) ? field : readText(field)?.split(listSeparator(field));
  if (!listed) return undefined;
  const tags = listed.map((tag) => readText(tag)?.replace(/^#+/, '').trim() ?? '');
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

/** `#one #two` separates by spaces, `two words, three` by commas. */
function listSeparator(field: unknown): RegExp {
  return /^\s*#\S+(\s+#\S+)+\s*$/.test(String(field)) ? /\s+/ : /,/;
}

function readFlag(field: unknown): boolean | undefined {
  if (typeof field === 'boolean') return field;
  const word = typeof field === 'string' ? field.trim().toLowerCase() : '';
  if (word === 'true' || word === 'yes') return true;
  return word === 'false' || word === 'no' ? false : undefined;
}

const DATE =
  /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ]+(\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(?:\s*([Zz]|[+-]\d\d(?::?\d\d)?))?$/;

/** An ISO-like date, local time unless it names a zone, or a Unix time in (milli)seconds. */
function readTime(field: unknown): number | undefined {
  if (typeof field === 'number') {
    if (field >= 1e11 && field < 1e14) return Math.trunc(field);
    return field >= 1e8 && field < 1e11 ? Math.trunc(field * 1000) : undefined;
  }
  if (typeof field !== 'string') return undefined;
  // Not Date.parse: what browsers make of anything but full ISO dates differs.
  const match = DATE.exec(field.trim());
  if (!match) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  const milli = Math.trunc(Number(`0.${match[7] ?? 0}`) * 1000);
  if (month < 1 || month > 12 || day < 1 || day > new Date(year, month, 0).getDate()) {
    return undefined;
  }
  if (hour > 23 || minute > 59 || second > 60) return undefined;
  const zone = match[8];
  if (zone === undefined) {
    return new Date(year, month - 1, day, hour, minute, second, milli).getTime();
  }
  return Date.UTC(year, month - 1, day, hour, minute, second, milli) - zoneOffset(zone);
}

/** Milliseconds east of UTC. */
function zoneOffset(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
