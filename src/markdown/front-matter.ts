/** What a note's front matter says. Fetched apart from the reader: YAML takes a large parser. */
import { isMap, isScalar, parseDocument } from 'yaml';
import { frontMatterRange } from './front-matter-range.ts';

export interface Field {
  value: unknown;
  /** A single value that is no text for YAML (a number, `true`), as it stands in the note. */
  written?: string;
}

/** Fields by their names in lower case; of several of one name the first, in writing, counts. */
export type FrontMatterFields = ReadonlyMap<string, Field>;

/** Front matter that is no YAML. `line`: the one at fault, from 1, in the note; where it is known. */
export interface FrontMatterFault {
  line: number | undefined;
}

/**
 * Reads the YAML at the top of a note. Never throws.
 *
 * @param text without a byte order mark, or with one
 * @returns no fields where there is no front matter, or it is a list
 */
export function readFrontMatter(text: string): FrontMatterFields | FrontMatterFault {
  const range = frontMatterRange(text);
  if (!range) return new Map();
  try {
    const source = text.slice(range.yamlStart, range.yamlEnd);
    const document = parseDocument(source, { logLevel: 'silent', uniqueKeys: false });
    const error = document.errors[0];
    // One line above the YAML is the opening `---`.
    if (error) return { line: error.linePos && error.linePos[0].line + 1 };
    return fieldsOf(document.toJS({ maxAliasCount: 100 }), document.contents);
  } catch {
    // toJS throws on aliases that would blow up, and on unresolved ones.
    return { line: undefined };
  }
}

/** Whether there may be a title in the front matter: asked of many notes, without reading YAML. */
export function mayGiveTitle(text: string): boolean {
  const range = frontMatterRange(text);
  return range !== null && /title/i.test(text.slice(range.yamlStart, range.yamlEnd));
}

/** Whether the front matter could not be read. */
export const isFault = (read: FrontMatterFields | FrontMatterFault): read is FrontMatterFault =>
  !('get' in read);

function fieldsOf(value: unknown, node: unknown): FrontMatterFields {
  const fields = new Map<string, Field>();
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
