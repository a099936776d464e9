/** Front matter that is no YAML, name by name: what a person meant. Pure, and linear. */

/** A name at the start of a line, with the lines that belong to it. */
export interface Entry {
  key: string;
  /** All of it. */
  source: string;
  /** Where it begins in the YAML, UTF-16 units. */
  from: number;
  /** Its first line, from 0, in the YAML. */
  line: number;
  /** How many they are. */
  lines: number;
}

const KEY = /^("[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s:#"'-][^:\n]{0,200}?)[ \t]*:(?=[ \t\r]|$)/;

/** Cuts YAML into its names. `lost`: lines before the first of them, from 0. */
export function entriesOf(yaml: string): { entries: Entry[]; lost: number[] } {
  const entries: Entry[] = [];
  const lost: number[] = [];
  const found: { key: string; lines: string[]; line: number; from: number }[] = [];
  let from = 0;
  for (const [line, text] of yaml.split('\n').entries()) {
    const key = KEY.exec(text);
    if (key) found.push({ key: unquoted(key[1]!), lines: [text], line, from });
    else if (found.length > 0) found.at(-1)!.lines.push(text);
    else if (text.trim() !== '' && !text.startsWith('#')) lost.push(line);
    from += text.length + 1;
  }
  for (const { key, lines, line, from: at } of found) {
    // The last line of all has nothing behind its end.
    while (lines.length > 1 && lines.at(-1)!.trim() === '') lines.pop();
    entries.push({ key, source: `${lines.join('\n')}\n`, from: at, line, lines: lines.length });
  }
  return { entries, lost };
}

/** Signs that begin something other than a text, which is not closed then. */
const NO_TEXT = /^[[{"'&*!|>]/;

/** What an entry that is no YAML rather says: a text, or a list; null where that cannot be told. */
export function readLoosely({ source }: Entry): string | string[] | null {
  const [first = '', ...rest] = source.split('\n').map((line) => line.trimEnd());
  const own = first.slice(KEY.exec(first)?.[0].length ?? first.length).trim();
  const lines = rest.map((line) => line.trim()).filter((line) => line !== '');
  if (lines.length === 0) {
    const list = /^\[(.*)\]$/.exec(own);
    return list
      ? list[1]!.split(',').map(unquoted).filter(Boolean)
      : NO_TEXT.test(own)
        ? null
        : own || null;
  }
  const items = lines.filter((line) => /^-(?:[ \t]|$)/.test(line));
  if (own !== '' || items.length === 0) return null;
  return items.map((item) => unquoted(item.slice(1))).filter(Boolean);
}

const unquoted = (written: string): string => {
  const text = written.trim();
  return /^"[^"\\]*"$|^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
};
