/**
 * The properties of a note's front matter, to be shown and changed in place: what is not changed keeps its
 * bytes. Pure; fetched with YAML's parser.
 */
import { isMap, isScalar, isSeq, type Scalar, type YAMLSeq } from 'yaml';
import { readFrontMatter } from './front-matter.ts';
import { type Entry, entriesOf } from './front-matter-loose.ts';
import { frontMatterRange } from './front-matter-range.ts';
import { parseYaml } from './parse-yaml.ts';

export type PropertyValue = string | boolean | readonly string[];

/** `other`: nested, or written in a way that is left alone; it is shown, not edited. */
export type PropertyKind = 'text' | 'list' | 'number' | 'date' | 'checkbox' | 'other';

export interface Property {
  /** As it is written. */
  name: string;
  kind: PropertyKind;
  /** Of `other`: its source. */
  value: PropertyValue;
  /** First line in the note, from 1. */
  line: number;
}

export interface Properties {
  properties: Property[];
  /** Lines that are no YAML, from 1; 0 for one that is not known. */
  oddLines: readonly number[];
}

const DATE = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?)?$/;
const NUMBER = /^-?(?:0|[1-9]\d{0,15})(?:\.\d+)?$/;
/** Properties that are shown. */
const MOST = 500;

/** All properties in their order. A name that comes again is shown, not edited. */
export function propertiesIn(text: string): Properties {
  const range = frontMatterRange(text);
  if (!range) return { properties: [], oddLines: [] };
  const { entries } = entriesOf(text.slice(range.yamlStart, range.yamlEnd));
  const seen = new Set<string>();
  const properties = entries.slice(0, MOST).map((entry): Property => {
    const name = entry.key;
    const isAgain = seen.has(name.toLowerCase());
    seen.add(name.toLowerCase());
    const place = isAgain ? null : placeOf(entry);
    const line = entry.line + 2;
    if (!place) return { name, kind: 'other', value: sourceOf(entry), line };
    return { name, ...readPlace(place), line };
  });
  return { properties, oddLines: readFrontMatter(text).oddLines ?? [] };
}

const sourceOf = ({ source }: Entry): string => source.slice(source.indexOf(':') + 1).trim();

/** A value in its entry; offsets are those of the entry's source. */
type Place =
  | { kind: 'empty'; at: number }
  | { kind: 'scalar'; node: Scalar; from: number; to: number; source: string }
  | { kind: 'list'; node: YAMLSeq; items: Scalar[]; source: string };

/** @returns null for what is not changed in place */
function placeOf({ source }: Entry): Place | null {
  let contents: unknown;
  try {
    const document = parseYaml(source);
    if (!document) return null;
    if (document.errors.length > 0) return null;
    contents = document.contents;
  } catch {
    return null;
  }
  const pair = isMap(contents) && contents.items.length === 1 ? contents.items[0] : undefined;
  const key = pair && isScalar(pair.key) ? pair.key : undefined;
  if (!pair || !key?.range) return null;
  const node = pair.value;
  const isBare = (one: unknown): one is Scalar =>
    isScalar(one) && !one.anchor && !one.tag && !!one.range && isOneLine(source, one);
  if (node === null || (isScalar(node) && node.value === null && (node.source ?? '') === '')) {
    const colon = source.indexOf(':', key.range[1]);
    const isAlone = /^:[ \t\r]*(?:#.*)?\n$/.test(source.slice(colon));
    return isAlone && !(node as Scalar | null)?.anchor && !(node as Scalar | null)?.tag
      ? { kind: 'empty', at: colon + 1 }
      : null;
  }
  if (isBare(node)) {
    const [from, to] = node.range!;
    return { kind: 'scalar', node, from, to, source };
  }
  if (!isSeq(node) || node.anchor || node.tag || !node.items.every(isBare)) return null;
  return { kind: 'list', node, items: node.items as Scalar[], source };
}

const isOneLine = (source: string, { range }: Scalar): boolean =>
  !source.slice(range![0], range![1]).includes('\n');

const written = (source: string, { range }: Scalar): string => source.slice(range![0], range![1]);

function readPlace(place: Place): { kind: PropertyKind; value: PropertyValue } {
  if (place.kind === 'empty') return { kind: 'text', value: '' };
  if (place.kind === 'list') {
    const shown = (item: Scalar): string =>
      typeof item.value === 'string' ? item.value : written(place.source, item);
    return { kind: 'list', value: place.items.map(shown) };
  }
  const { value } = place.node;
  if (typeof value === 'boolean') return { kind: 'checkbox', value };
  const text = typeof value === 'string' ? value : written(place.source, place.node);
  if (typeof value === 'number' && NUMBER.test(text)) return { kind: 'number', value: text };
  return { kind: DATE.test(text) ? 'date' : 'text', value: text };
}

/**
 * A text with another value of one property, which is added if it is not there; with `null` without it.
 * Everything else keeps its bytes.
 * @returns null where it cannot be changed in place: nothing may be done then
 */
export function withProperty(
  text: string,
  name: string,
  value: PropertyValue | null,
): string | null {
  const range = frontMatterRange(text);
  if (!range) return value === null ? text : withBlock(text, name, value);
  const { yamlStart, yamlEnd } = range;
  const { entries } = entriesOf(text.slice(yamlStart, yamlEnd));
  const entry = entries.find(({ key }) => key.toLowerCase() === name.toLowerCase());
  let next: string | null;
  if (!entry) {
    if (value === null) return text;
    const line = newLine(name, value);
    next = line && splice(text, yamlEnd, yamlEnd, line + lineEndOf(text));
  } else {
    const from = yamlStart + entry.from;
    if (value === null)
      next = splice(text, from, Math.min(yamlEnd, from + entry.source.length), '');
    else {
      const place = placeOf(entry);
      const source = place && changedSource(entry.source, place, value);
      next = source === null ? null : splice(text, from, from + entry.source.length, source);
    }
  }
  return next !== null && isOnlyChange(text, next, name, value) ? next : null;
}

const splice = (text: string, from: number, to: number, by: string): string =>
  text.slice(0, from) + by + text.slice(to);

const lineEndOf = (text: string): string => (/^[^\n]*\r\n/.test(text) ? '\r\n' : '\n');

function withBlock(text: string, name: string, value: PropertyValue): string | null {
  const line = newLine(name, value);
  const mark = text.startsWith('\ufeff') ? '\ufeff' : '';
  const end = lineEndOf(text);
  const next = line && `${mark}---${end}${line}${end}---${end}${text.slice(mark.length)}`;
  return next && isOnlyChange(text, next, name, value) ? next : null;
}

function newLine(name: string, value: PropertyValue): string | null {
  if (!/^[\p{L}_][\p{L}\p{N}\p{M} _/.-]{0,100}$/u.test(name) || name !== name.trim()) return null;
  const shown = typeof value === 'object' ? flow(value) : scalar(value);
  return shown === '' ? `${name}:` : `${name}: ${shown}`;
}

const flow = (values: readonly string[]): string =>
  `[${values.map((one) => item(one)).join(', ')}]`;
/** A comma or a bracket would end it. */
const item = (value: string): string =>
  /[,[\]{}]/.test(value) || value === '' ? JSON.stringify(value) : scalar(value);

/** As a plain word where YAML reads that so, else in quotes. @param like how the former was written */
function scalar(value: string | boolean, like?: string): string {
  if (typeof value === 'boolean') return String(value);
  if (value === '' && like === undefined) return '';
  const quote = like?.[0];
  if (quote === '"') return JSON.stringify(value);
  if (quote === "'" && !/[\n\r]/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  return isPlain(value) ? value : JSON.stringify(value);
}

function isPlain(value: string): boolean {
  if (
    value === '' ||
    value !== value.trim() ||
    /[\n\r\t]|:$|: | #|^[-?:,[\]{}#&*!|>'"%@`]/.test(value)
  ) {
    return false;
  }
  // A number, a date, yes and no stay what they are: as they are written they are read again.
  return true;
}

function changedSource(source: string, place: Place, value: PropertyValue): string | null {
  if (place.kind === 'empty') {
    const shown = typeof value === 'object' ? flow(value) : scalar(value);
    return shown === '' ? source : splice(source, place.at, place.at, ` ${shown}`);
  }
  if (place.kind === 'scalar') {
    if (typeof value === 'object') return null;
    const { from, to } = place;
    const shown = scalar(value, source.slice(from, to));
    // Without its space before it would be no value.
    return splice(source, from, to, shown);
  }
  return typeof value === 'object' ? changedList(place, value) : null;
}

function changedList(
  { node, items, source }: Extract<Place, { kind: 'list' }>,
  wanted: readonly string[],
): string | null {
  const now = items.map((one) =>
    typeof one.value === 'string' ? one.value : written(source, one),
  );
  let first = 0;
  while (first < now.length && first < wanted.length && now[first] === wanted[first]) first++;
  let same = 0;
  const most = Math.min(now.length, wanted.length) - first;
  while (same < most && now.at(-1 - same) === wanted.at(-1 - same)) same++;
  const gone = items.slice(first, items.length - same);
  const come = wanted.slice(first, wanted.length - same);
  let next = source;
  // From the end, so that what stands before keeps its place.
  const replaced = Math.min(gone.length, come.length);
  const at = (i: number): [number, number] => [items[i]!.range![0], items[i]!.range![1]];
  const rest = come.slice(replaced);
  if (rest.length > 0) next = inserted(next, node, items, first + replaced, rest);
  const [from, to] = [first + replaced, first + gone.length];
  if (to > from) next = removed(next, node, items, from, to);
  for (let i = replaced - 1; i >= 0; i--) {
    const [start, end] = at(first + i);
    const like = source.slice(start, end);
    const by = node.flow && !/^["']/.test(like) ? item(come[i]!) : scalar(come[i]!, like);
    next = splice(next, start, end, by);
  }
  return next;
}

const lineStart = (source: string, at: number): number => source.lastIndexOf('\n', at - 1) + 1;
const nextLine = (source: string, at: number): number =>
  source.indexOf('\n', at) + 1 || source.length;

function inserted(
  source: string,
  { flow: isFlow, range }: YAMLSeq,
  items: readonly Scalar[],
  index: number,
  values: readonly string[],
): string {
  const last = items.at(-1)?.range;
  const before = items[index]?.range;
  if (isFlow) {
    const shown = values.map(item).join(', ');
    if (before) return splice(source, before[0], before[0], `${shown}, `);
    const at = last ? last[1] : range![0] + 1;
    return splice(source, at, at, last ? `, ${shown}` : shown);
  }
  const like = items[0]!.range![0];
  const start = lineStart(source, like);
  const lead = source.slice(start, like);
  const end = source.slice(like, nextLine(source, like)).endsWith('\r\n') ? '\r\n' : '\n';
  const lines = values.map((value) => `${lead}${scalar(value) || '""'}${end}`).join('');
  const at = before ? lineStart(source, before[0]) : nextLine(source, last![0]);
  return splice(source, at, at, lines);
}

function removed(
  source: string,
  { flow: isFlow }: YAMLSeq,
  items: readonly Scalar[],
  first: number,
  end: number,
): string {
  const start = items[first]!.range![0];
  const last = items[end - 1]!.range!;
  if (!isFlow) return splice(source, lineStart(source, start), nextLine(source, last[0]), '');
  const after = items[end]?.range;
  if (after) return splice(source, start, after[0], '');
  const before = items[first - 1]?.range;
  return splice(source, before ? before[1] : start, last[1], '');
}

/** THE proof that a change is none but the one that was wanted: the front matter is read again. */
function isOnlyChange(
  before: string,
  after: string,
  name: string,
  value: PropertyValue | null,
): boolean {
  const [old, now] = [readFrontMatter(before), readFrontMatter(after)];
  const key = name.toLowerCase();
  for (const other of new Set([...old.keys(), ...now.keys()])) {
    if (other === key) continue;
    if (JSON.stringify(old.get(other)) !== JSON.stringify(now.get(other))) return false;
  }
  if ((old.oddLines?.length ?? 0) < (now.oddLines?.length ?? 0)) return false;
  const oldBody = before.slice(frontMatterRange(before)?.end ?? 0);
  const range = frontMatterRange(after);
  const body = after.slice(range?.end ?? 0);
  if (frontMatterRange(before) ? body !== oldBody : !body.endsWith(before.replace(/^\ufeff/, ''))) {
    return false;
  }
  const field = now.get(key);
  if (value === null) return true;
  if (typeof value === 'object') {
    const list: unknown[] = Array.isArray(field?.value) ? field.value : [];
    return (
      list.length === value.length &&
      value.every((one, i) => String(list[i]) === one || typeof list[i] !== 'string')
    );
  }
  if (typeof value === 'boolean') return field?.value === value;
  return (field?.written ?? String(field?.value ?? '')) === value;
}
