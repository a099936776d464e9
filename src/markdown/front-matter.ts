/** What a note's front matter says. Fetched apart from the reader: YAML takes a large parser. */
import { isMap, isScalar } from 'yaml';
import { entriesOf, readLoosely } from './front-matter-loose.ts';
import { frontMatterRange } from './front-matter-range.ts';
import { parseYaml } from './parse-yaml.ts';

export interface Field {
  value: unknown;
  /** A single value that is no text for YAML (a number, `true`), as it stands in the note. */
  written?: string;
  /** The lines that it stands in: of a list with nothing in an item, which is a remark for YAML. */
  source?: string;
}

/** Fields by their names in lower case; of several of one name the first, in writing, counts. */
export type FrontMatterFields = ReadonlyMap<string, Field> & {
  /**
   * Lines that are no YAML, from 1, in the note; 0 stands for one that is not known. Absent for none.
   * What else the front matter says is read, and such a line as far as it can be.
   */
  readonly oddLines?: readonly number[];
};

/** Names in one front matter that are each read by the parser once the whole could not be. */
const MOST_APART = 300;

type Fields = Map<string, Field> & { oddLines?: number[] };

/**
 * Reads the YAML at the top of a note. Never throws; one odd line costs no other.
 *
 * @param text without a byte order mark, or with one
 * @returns no fields where there is no front matter, or it is a list
 */
export function readFrontMatter(text: string): FrontMatterFields {
  const range = frontMatterRange(text);
  if (!range) return new Map();
  const source = text.slice(range.yamlStart, range.yamlEnd);
  const whole = readYaml(source);
  if (whole.fields) return withSources(whole.fields, source);
  const { entries, lost } = entriesOf(source);
  const fields: Fields = new Map();
  // One line above the YAML is the opening `---`.
  const odd = new Set(lost.map((line) => line + 2));
  for (const [i, entry] of entries.entries()) {
    const apart = i < MOST_APART ? readYaml(entry.source) : {};
    const own = apart.fields?.size ? apart.fields : null;
    if (!own) odd.add(entry.line + 1 + Math.min(apart.line ?? 1, entry.lines));
    const read = own ?? [[entry.key.toLowerCase(), { value: readLoosely(entry) }] as const];
    for (const [name, field] of read) if (!fields.has(name)) fields.set(name, field);
  }
  // Its parts can be read, and yet not the whole: names that stand for too much.
  fields.oddLines = odd.size > 0 ? [...odd].sort((a, b) => a - b) : [0];
  return withSources(fields, source);
}

/** @returns no fields where it is no YAML; `line`: the one at fault, from 1, where it is known */
function readYaml(source: string): { fields?: Fields; line?: number } {
  try {
    const document = parseYaml(source);
    if (!document) return {};
    const error = document.errors[0];
    if (error) return error.linePos ? { line: error.linePos[0].line } : {};
    return { fields: fieldsOf(document.toJS({ maxAliasCount: 100 }), document.contents) };
  } catch {
    // toJS throws on aliases that would blow up, and on unresolved ones.
    return {};
  }
}

/** An item that begins with `#` is a remark for YAML, and a tag for whoever wrote it. */
function withSources(fields: Fields, source: string): Fields {
  if (!/^[ \t]*-[ \t]+#\S/m.test(source)) return fields;
  for (const { key, source: own } of entriesOf(source).entries) {
    const field = fields.get(key.toLowerCase());
    if (field && Array.isArray(field.value)) field.source = own;
  }
  return fields;
}

/** Whether there may be a title in the front matter: asked of many notes, without reading YAML. */
export function mayGiveTitle(text: string): boolean {
  const range = frontMatterRange(text);
  return range !== null && /title/i.test(text.slice(range.yamlStart, range.yamlEnd));
}

function fieldsOf(value: unknown, node: unknown): Fields {
  const fields: Fields = new Map();
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fields;
  for (const [key, own] of Object.entries(value)) {
    const name = key.toLowerCase();
    if (fields.has(name)) continue;
    const scalar = isMap(node) && typeof own !== 'string' ? node.get(key, true) : undefined;
    const written =
      isScalar(scalar) && scalar.value === own ? scalar.source?.trim() || undefined : undefined;
    fields.set(name, written === undefined ? { value: own } : { value: own, written });
  }
  return fields;
}

/** A field's text; a number, a date, `true` as it is written. Undefined for a list, and for nothing. */
export function textOf(field: Field | undefined): string | undefined {
  const { value, written } = field ?? {};
  if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') {
    return undefined;
  }
  return (written ?? String(value)).trim() || undefined;
}

/** What fills in a template, which was not filled in: `{{title}}`, `<% tp.file.title %>`. */
const PLACEHOLDER = /^(?:\{\{.*\}\}|<%.*%>)$/;

/** The title that a note's front matter gives it; undefined for none. */
export function givenTitle(fields: FrontMatterFields): string | undefined {
  const title = textOf(fields.get('title'));
  return title === undefined || PLACEHOLDER.test(title) ? undefined : title;
}

const TAG_KEYS = ['tags', 'tag', 'keywords'];

/** The tags that a note's front matter gives it: without `#`, each once, in their order. */
export function tagsOfFields(fields: FrontMatterFields): string[] {
  for (const key of TAG_KEYS) {
    const field = fields.get(key);
    const listed = field && (listedIn(field) ?? textOf(field)?.split(separator(key, field)));
    if (!listed) continue;
    const tags = listed.map((tag) => tag.replace(/^#+/, '').replace(/\s+/g, ' ').trim());
    return [...new Set(tags.filter(Boolean))];
  }
  return [];
}

function listedIn({ value, source }: Field): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const remarks = source?.matchAll(/^[ \t]*-[ \t]+(#\S+)[ \t\r]*$/gm) ?? [];
  return [
    ...value.map((one: unknown) => textOf({ value: one }) ?? ''),
    ...Array.from(remarks, (m) => m[1]!),
  ];
}

/** `#one #two` and `one two` are two, but for keywords; `two words, three` are separated by commas. */
function separator(key: string, field: Field): RegExp {
  const text = textOf(field) ?? '';
  if (/^\s*#\S+(\s+#\S+)+\s*$/.test(text)) return /\s+/;
  return key === 'keywords' || text.includes(',') ? /,/ : /\s+/;
}
