/** What a text says of its note: its tags and its properties. Fetched with YAML's parser. */
import type { NoteDocument } from './document.ts';
import { type FrontMatterFields, readFrontMatter, tagsOfFields, textOf } from './front-matter.ts';
import { inlinePropertiesOf } from './inline-properties.ts';
import { tagsOf } from './tags.ts';

/** A property's name as it is found, in lower case, and its values; none of one that is empty. */
export type SaidProperty = [name: string, ...values: string[]];

export interface Said {
  /** Of the front matter. */
  front: string[];
  /** Of the text below it: `#tag`, and `tags:: a, b`. */
  text: string[];
  properties: SaidProperty[];
}

/** Tags and properties kept of a note, and values of one property, at most. */
const MOST = 500;
const MOST_VALUES = 50;
/** UTF-16 units of a tag or a value: a longer one is a text. */
const LONGEST = 200;
/** What is known of a note by other ways. */
const KNOWN = new Set(['title', 'tags', 'tag', 'keywords', 'aliases', 'alias']);

/** Reads what a note says of itself. Any text is accepted. */
export function saidBy(doc: NoteDocument): Said {
  const fields: FrontMatterFields = readFrontMatter(doc.text);
  const inline = inlinePropertiesOf(doc);
  const listed = inline
    .filter(({ key }) => /^tags?$/i.test(key))
    .flatMap(({ value }) => value.split(value.includes(',') ? ',' : /\s+(?=#)/))
    .map((tag) => tag.replace(/^[\s#]+/, '').trim());
  const text = [...listed, ...tagsOf(doc).map(({ name }) => name)];
  const properties = new Map<string, string[]>();
  const add = (key: string, values: readonly string[]): void => {
    const name = key.trim().toLowerCase();
    if (KNOWN.has(name) || name.length > LONGEST) return;
    const known = properties.get(name);
    if (!known && properties.size >= MOST) return;
    properties.set(name, [...(known ?? []), ...values.map(short)].slice(0, MOST_VALUES));
  };
  for (const [name, { value, written }] of fields) {
    add(name, written === undefined ? valuesIn(value) : [written]);
  }
  for (const { key, value } of inline) add(key, value === '' ? [] : [value]);
  return {
    front: kept(tagsOfFields(fields)),
    text: kept(text),
    properties: Array.from(properties, ([name, values]): SaidProperty => [name, ...values]),
  };
}

const short = (value: string): string => value.slice(0, LONGEST);

const kept = (tags: readonly string[]): string[] =>
  [...new Set(tags.filter((tag) => tag !== '' && tag.length <= LONGEST))].slice(0, MOST);

/** What is nested has no value that could be asked for. */
function valuesIn(value: unknown): string[] {
  const all: unknown[] = Array.isArray(value) ? value.slice(0, MOST_VALUES) : [value];
  return all.map((one) => textOf({ value: one }) ?? '').filter((one) => one !== '');
}
