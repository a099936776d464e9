export interface Property {
  key: string;
  value: string;
}

const KEY = /^("[^"\n]{1,200}"|'[^'\n]{1,200}'|[^\s:#'"-][^:\n]{0,200}):(?:[ \t]+|$)/;
const ITEM = /^-[ \t]+/;

/**
 * The keys and values of front matter as text: lists in one line, quotes off. What is nested is shown
 * as it is written; it need not be right.
 *
 * @returns null if it has anything before its first key
 */
export function propertiesOf(yaml: string): Property[] | null {
  const found: { key: string; lines: string[] }[] = [];
  for (const line of yaml.split('\n')) {
    const written = line.trimEnd();
    if (written === '' || written.startsWith('#')) continue;
    const key = KEY.exec(written);
    if (key) {
      found.push({ key: bare(key[1]!.trim()), lines: [written.slice(key[0].length)] });
      continue;
    }
    const last = found.at(-1);
    if (!last) return null;
    last.lines.push(written);
  }
  return found.map(({ key, lines }) => ({ key, value: readValue(lines) }));
}

function readValue([first = '', ...rest]: string[]): string {
  const own = first.trim();
  const lines = rest.map((line) => line.trim());
  // Signs that say that a text of several lines follows.
  if (/^[|>][+-]?$/.test(own)) return lines.join('\n');
  if (lines.length === 0) {
    const list = /^\[([^[\]{}"']*)\]$/.exec(own);
    return list ? list[1]!.trim() : bare(own);
  }
  if (own === '' && lines.every((line) => ITEM.test(line))) {
    return lines.map((line) => bare(line.replace(ITEM, ''))).join(', ');
  }
  return [own, ...rest].join('\n').trim();
}

/** Without the quotes around it; with any sign of an escape it stays as it is. */
function bare(written: string): string {
  const quoted = /^(["'])([^"'\\]*)\1$/.exec(written);
  return quoted ? quoted[2]! : written;
}
