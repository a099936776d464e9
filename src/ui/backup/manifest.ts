/** What a backup says of its notes beside their files. Pure. */
import { isEncoding } from '../../encodings.ts';
import type { FileFacts, KeptFile, NoteMeta } from '../../storage/notes/index.ts';
import { draftHash } from '../../text-hash.ts';
import { type Edit, readEdits } from './edits.ts';

/** First and last entry of a backup: if one is damaged, there is the other. */
export const MANIFEST = 'findling/manifest.json';
export const MANIFEST_COPY = 'findling/manifest-copy.json';

/** Raised when rows say something that an earlier version must know. */
const VERSION = 1;

type Kept = Pick<
  NoteMeta,
  | 'id'
  | 'path'
  | 'title'
  | 'tags'
  | 'givenTags'
  | 'aliases'
  | 'formerTitles'
  | 'pinned'
  | 'created'
  | 'modified'
  | 'metaChanged'
  | 'importHash'
  | 'hashKind'
  | 'importPath'
>;

/** A note. Times are epoch milliseconds. */
export interface NoteRow extends Kept {
  /** Path in the backup. */
  at: string;
  /** SHA-256 (hex) of the file there. */
  hash: string;
  /** `markOf` the note's text. */
  mark: string;
  /** True: title and text are as they were imported. */
  unchanged?: boolean;
  /** Of the file that it came from. */
  file?: FileFacts;
  /** How it is written in the backup, where that is otherwise. */
  written?: FileFacts;
  /** A conflict copy that is a version of the note with this id. */
  copyOf?: string;
  /** What the text has there that the note has not; the last is taken back first. */
  steps?: Edit[][];
}

/** An image. */
export interface FileRow {
  /** Path in the backup. */
  at: string;
  /** SHA-256 (hex) of its bytes. */
  attachment: string;
  /** MIME type. */
  type: string;
  /** By which notes name it; absent for one that was pasted. */
  path?: string;
  time?: number;
}

type Row = { note: NoteRow } | { image: FileRow };

/** Tells a text from another, quickly. */
export const markOf = (text: string): string => checksum(text);

/** UTF-16 units hashed at once: of longer texts `draftHash` looks at some only. */
const HASHED_UNITS = 50_000;

function checksum(text: string): string {
  let sum = '';
  for (let at = 0; at === 0 || at < text.length; at += HASHED_UNITS) {
    sum = draftHash(sum, text.slice(at, at + HASHED_UNITS));
  }
  return sum;
}

/** The manifest's text: a row a line, each behind its checksum. */
export function writeManifest(notes: readonly NoteRow[], images: readonly FileRow[]): string {
  const rows: Row[] = [...notes.map((note) => ({ note })), ...images.map((image) => ({ image }))];
  const lines = rows.map((row) => {
    const json = JSON.stringify(row);
    return `["${checksum(json)}",${json}]`;
  });
  return `{"format":"findling","version":${VERSION},"count":${rows.length},"rows":[\n${lines.join(',\n')}\n]}\n`;
}

export interface Manifest {
  notes: NoteRow[];
  images: FileRow[];
  /** Rows that are damaged in every copy. */
  lost: number;
  /** It is of a later version, which may say more. */
  isNewer: boolean;
}

const ROW = /^\["([0-9a-f]{16})",(\{.*\})\],?\r?$/;
/** The whole rows of one copy, and how many there are. */
interface Copy {
  rows: unknown[];
  total: number;
}

function readCopy(text: string): Copy {
  const lines = text.split('\n').filter((line) => line.startsWith('['));
  const rows = lines.map((line) => {
    const [, sum, json] = ROW.exec(line) ?? [];
    return json !== undefined && checksum(json) === sum ? parsed(json) : null;
  });
  return rows.length > 0 ? { rows, total: rows.length } : readRewritten(text);
}

/** Of a manifest that a program has written again, with other spaces and lines. */
function readRewritten(text: string): Copy {
  const whole = parsed(text);
  const all = isObject(whole) && Array.isArray(whole.rows) ? whole.rows : [];
  const rows = all.map((row) => {
    const [sum, content] = Array.isArray(row) ? row : [];
    return checksum(JSON.stringify(content) ?? '') === sum ? content : null;
  });
  return { rows, total: rows.length };
}

/** Reads what is whole in any of the copies; what is not known is left out. */
export function readManifest(copies: readonly string[]): Manifest {
  const all = copies.map(readCopy);
  const manifest: Manifest = { notes: [], images: [], lost: 0, isNewer: false };
  const seen = new Set<string>();
  for (const row of all.flatMap(({ rows }) => rows)) {
    const key = JSON.stringify(row);
    if (!isObject(row) || seen.has(key)) continue;
    seen.add(key);
    const note = readNoteRow(row.note);
    const image = readFileRow(row.image);
    if (note) manifest.notes.push(note);
    else if (image) manifest.images.push(image);
  }
  const said = (name: string): number[] =>
    copies
      .map((text) => Number(new RegExp(`"${name}":\\s*(\\d+)`).exec(text.slice(0, 200))?.[1]))
      .filter((number) => !Number.isNaN(number));
  // Where no copy says how many there are, some may be missing.
  const counts = [...said('count'), ...all.map(({ total }) => total)];
  const most = Math.max(said('count').length > 0 ? 0 : seen.size + 1, ...counts);
  manifest.lost = most - seen.size;
  manifest.isNewer = said('version').some((version) => version > VERSION);
  return manifest;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isHash = (value: unknown): value is string => isText(value) && /^[0-9a-f]{64}$/.test(value);
const isTime = (value: unknown): value is number => Number.isFinite(value);
const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

function readNoteRow(value: unknown): NoteRow | null {
  if (!isObject(value)) return null;
  const { at, hash, mark, id, path, title, tags, pinned, created, modified, metaChanged } = value;
  const isWhole =
    isText(at) &&
    isHash(hash) &&
    isText(mark) &&
    isText(id) &&
    /^[\w-]{1,100}$/.test(id) &&
    isText(path) &&
    isText(title) &&
    isTime(created) &&
    isTime(modified) &&
    isTime(metaChanged);
  if (!isWhole) return null;
  const row: NoteRow = {
    ...{ at, hash, mark, id, path, title, created, modified, metaChanged },
    tags: isTexts(tags) ? tags : [],
    pinned: pinned === true,
  };
  for (const key of ['givenTags', 'aliases', 'formerTitles'] as const) {
    if (isTexts(value[key])) row[key] = value[key];
  }
  if (isText(value.importHash)) {
    row.importHash = value.importHash;
    if (value.hashKind === 'bytes') row.hashKind = 'bytes';
    if (isText(value.importPath)) row.importPath = value.importPath;
    if (value.unchanged === true) row.unchanged = true;
  }
  const [file, written] = [readFacts(value.file), readFacts(value.written)];
  if (file) row.file = file;
  if (written) row.written = written;
  if (isText(value.copyOf)) row.copyOf = value.copyOf;
  const steps = Array.isArray(value.steps) ? value.steps.map(readEdits) : [];
  if (steps.length > 0) row.steps = steps.filter((edits) => edits !== null);
  return row;
}

function readFacts(value: unknown): FileFacts | null {
  if (!isObject(value)) return null;
  const { encoding, mark, lineEnds, kept, size, time } = value;
  const facts: FileFacts = {};
  if (isEncoding(encoding)) facts.encoding = encoding;
  if (mark === true) facts.mark = true;
  if (lineEnds === 'crlf' || lineEnds === 'cr') facts.lineEnds = lineEnds;
  if (kept === true) facts.kept = true;
  if (isTime(size)) facts.size = size;
  if (isTime(time)) facts.time = time;
  return facts;
}

function readFileRow(value: unknown): FileRow | null {
  if (!isObject(value)) return null;
  const { at, attachment, type, path, time } = value;
  if (!isText(at) || !isHash(attachment) || !isText(type)) return null;
  const row: FileRow = { at, attachment, type };
  if (isText(path)) row.path = path;
  if (isTime(time)) row.time = time;
  return row;
}

/** Where a row's image is named from, as storage keeps it. */
export const placeOf = ({ path, time }: FileRow): Pick<KeptFile, 'path' | 'time'> | undefined =>
  path === undefined ? undefined : { path, ...(time !== undefined && { time }) };
