import {
  type FrontMatterFields,
  givenTitle,
  readFrontMatter,
  tagsOfFields,
} from '../../markdown/front-matter.ts';
import { dateContext, dateOf } from '../../query-dates.ts';
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

/** As apps that people move from write them; a space, `_` or `-` within a name is the same. */
const CREATED_KEYS = [
  'created',
  'created at',
  'createdat',
  'date created',
  'creation date',
  'date',
];
const MODIFIED_KEYS = [
  'modified',
  'modified at',
  'updated',
  'updated at',
  'updatedat',
  'lastmod',
  'date modified',
  'date updated',
  'last modified',
];
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
  const data = readFields(read);
  return read.oddLines ? { data, problem: GUESSED.frontMatter(read.oddLines) } : { data };
}

function readFields(fields: FrontMatterFields): FrontMatter {
  const byName = new Map<string, unknown>();
  for (const [name, field] of fields) {
    const plain = name.replace(/[\s_-]+/g, ' ').trim();
    // As it is written: `20150305` is a date, too.
    if (!byName.has(plain)) byName.set(plain, field.value);
  }
  const first = <T>(keys: string[], read: (field: unknown) => T | undefined): T | undefined => {
    for (const key of keys) {
      const found = read(byName.get(key));
      if (found !== undefined) return found;
    }
    return undefined;
  };

  const data: FrontMatter = { tags: tagsOfFields(fields) };
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
    const day = compactDay(String(field));
    if (day !== undefined) return day;
    if (field >= 1e11 && field < 1e14) return Math.trunc(field);
    return field >= 1e8 && field < 1e11 ? Math.trunc(field * 1000) : undefined;
  }
  if (typeof field !== 'string') return undefined;
  // Not Date.parse: what browsers make of anything but full ISO dates differs.
  const match = DATE.exec(field.trim());
  if (!match) return compactDay(field.trim()) ?? inWords(field);
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

/** `20150305`. */
function compactDay(text: string): number | undefined {
  const match = /^((?:19|20)\d\d)(\d\d)(\d\d)$/.exec(text);
  return match ? readTime(match.slice(1).join('-')) : undefined;
}

/** Weekdays, and a time of day, beside a date that is written for people. */
const BESIDE_DATE = /^\p{L}+,\s*(?=\p{L})|,?\s+(?:at\s+)?\d{1,2}:\d\d.*$/gu;

/** `March 5, 2016`, `Tuesday, January 2nd 2018, 10:00 am`, `05/03/2017` as the reader's language has it. */
function inWords(text: string): number | undefined {
  const date = text.slice(0, 100).trim().replace(BESIDE_DATE, '').trim();
  if (!/(?:^|\D)\d{4}$/.test(date) && !/^\d{4}\D/.test(date)) return undefined;
  return dateOf(date, dateContext(Date.now())) ?? undefined;
}

/** Milliseconds east of UTC. */
function zoneOffset(zone: string): number {
  if (zone.toUpperCase() === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '').padEnd(4, '0');
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}
