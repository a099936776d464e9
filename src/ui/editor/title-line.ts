/** The line `title:` of a note's front matter, as far as the Title box edits it. Pure. */
import { frontMatterRange } from '../../markdown/front-matter-range.ts';

type Quote = '' | '"' | "'";

interface TitleLine {
  /** As it is meant. */
  value: string;
  /** Range of the value as it is written, UTF-16 units; quotes belong to it. */
  from: number;
  to: number;
  quote: Quote;
}

const KEY = /^(?:title|"title"|'title')[ \t]*:(?=[ \t\r\n]|$)[ \t]*/im;
/** Its value in quotes, which end in the same line. */
const DOUBLE = /^"(?:[^"\\]|\\.)*"/;
const SINGLE = /^'(?:[^']|'')*'/;
/** What may stand behind it: nothing, or a remark. */
const REST = /^(?:[ \t]+#.*|[ \t]*)$/;
/** What begins no plain text, or a template's placeholder. */
const NOT_PLAIN = /^(?:[&*!|>{}[\]%@`"'#,]|[-?:](?:\s|$)|<%)/;

/**
 * @returns null where there is none, or it is written in a way that is left alone: over several lines,
 *   as a list, with an anchor, as a template's placeholder
 */
function titleLine(text: string): TitleLine | null {
  const range = frontMatterRange(text);
  const yaml = range ? text.slice(range.yamlStart, range.yamlEnd) : '';
  const key = KEY.exec(yaml);
  if (!range || !key) return null;
  const start = key.index + key[0].length;
  const end = yaml.indexOf('\n', start);
  // What is indented below goes on with it.
  if (end >= 0 && /^[ \t]+\S/.test(yaml.slice(end + 1, end + 400))) return null;
  const line = yaml.slice(start, end < 0 ? undefined : end).replace(/\r$/, '');
  const from = range.yamlStart + start;
  const found = (written: string, value: string, quote: Quote): TitleLine => ({
    value,
    from,
    to: from + written.length,
    quote,
  });
  const [quoted] = DOUBLE.exec(line) ?? SINGLE.exec(line) ?? [];
  if (quoted !== undefined) {
    if (!REST.test(line.slice(quoted.length))) return null;
    return quoted.startsWith('"')
      ? found(quoted, unescaped(quoted), '"')
      : found(quoted, quoted.slice(1, -1).replaceAll("''", "'"), "'");
  }
  const remark = line.startsWith('#') ? 0 : line.search(/[ \t]#/);
  const plain = (remark < 0 ? line : line.slice(0, remark)).trimEnd();
  return NOT_PLAIN.test(plain) ? null : found(plain, plain, '');
}

function unescaped(written: string): string {
  try {
    return String(JSON.parse(written));
  } catch {
    // An escape that JSON has not.
    return written.slice(1, -1);
  }
}

/** A title as both sides have it. */
const tidy = (title: string): string => title.replace(/\s+/g, ' ').trim();

/** The text with a title in its front matter's line; the same text where there is no such line. */
export function withTitle(text: string, title: string): string {
  const line = titleLine(text);
  const wanted = tidy(title);
  if (!line || tidy(line.value) === wanted) return text;
  const space = text[line.from - 1] === ':' ? ' ' : '';
  const remark = text[line.to] === '#' ? ' ' : '';
  const value = space + written(wanted, line.quote) + remark;
  return text.slice(0, line.from) + value + text.slice(line.to);
}

/**
 * The title once a text was changed: it follows its line in the front matter, if it was the same before.
 */
export function titleAfter(before: string, after: string, title: string): string {
  const [was, is] = [titleLine(before), titleLine(after)];
  if (!was || !is || tidy(was.value) !== tidy(title)) return title;
  return tidy(is.value) === tidy(title) ? title : tidy(is.value);
}

/** What YAML takes for something else than a text, and what would end one. */
const NEEDS_QUOTES =
  /^$|^[-?:,[\]{}#&*!|>'"%@`]|: |:$| #|^(?:true|false|yes|no|on|off|null|~|[-+.]?\d[\d_,.:eExXoObBa-fA-F+-]*|[-+]?\.(?:inf|nan)|\d{4}-\d\d.*|=|<<)$|\p{Cc}/iu;

function written(title: string, quote: Quote): string {
  if (quote === "'" && !/\p{Cc}/u.test(title)) return `'${title.replaceAll("'", "''")}'`;
  return quote !== '' || NEEDS_QUOTES.test(title) ? JSON.stringify(title) : title;
}
