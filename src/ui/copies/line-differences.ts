/** What differs between two texts, line by line. Pure. */

export interface Line {
  kind: 'same' | 'here' | 'there';
  text: string;
  /** The part that another line has otherwise, UTF-16 units. */
  part?: [number, number];
}

/** Most pairs of lines compared; beyond that, all between the common ends counts as different. */
const MOST_PAIRS = 2_000_000;

/** The lines of both, in order: what only the first has stands before what only the second has. */
export function lineDifferences(here: string, there: string): Line[] {
  const [a, b] = [here.split('\n'), there.split('\n')];
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  let tail = 0;
  const rest = Math.min(a.length, b.length) - head;
  while (tail < rest && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
  const lines: Line[] = a.slice(0, head).map((text) => ({ kind: 'same', text }));
  lines.push(...between(a.slice(head, a.length - tail), b.slice(head, b.length - tail)));
  for (const text of a.slice(a.length - tail)) lines.push({ kind: 'same', text });
  return withParts(lines);
}

/** By the longest common run of lines. */
function between(a: readonly string[], b: readonly string[]): Line[] {
  const width = b.length + 1;
  const isTooMuch = (a.length + 1) * width > MOST_PAIRS;
  const lengths = isTooMuch ? null : new Uint16Array((a.length + 1) * width);
  if (lengths) {
    for (let i = a.length - 1; i >= 0; i--) {
      for (let j = b.length - 1; j >= 0; j--) {
        const at = i * width + j;
        lengths[at] =
          a[i] === b[j]
            ? lengths[at + width + 1]! + 1
            : Math.max(lengths[at + width]!, lengths[at + 1]!);
      }
    }
  }
  const lines: Line[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const at = i * width + j;
    if (lengths && i < a.length && j < b.length && a[i] === b[j]) {
      lines.push({ kind: 'same', text: a[i]! });
      i++;
      j++;
    } else if (
      i < a.length &&
      (j >= b.length || !lengths || lengths[at + width]! >= lengths[at + 1]!)
    ) {
      lines.push({ kind: 'here', text: a[i++]! });
    } else lines.push({ kind: 'there', text: b[j++]! });
  }
  return lines;
}

/** Marks, where as many lines take the place of others, what of each is another. */
function withParts(lines: Line[]): Line[] {
  for (let at = 0; at < lines.length; ) {
    const heres = runOf(lines, at, 'here');
    const theres = runOf(lines, at + heres, 'there');
    if (heres > 0 && heres === theres) {
      for (let i = 0; i < heres; i++) markPair(lines[at + i]!, lines[at + heres + i]!);
    }
    at += Math.max(1, heres + theres);
  }
  return lines;
}

function runOf(lines: readonly Line[], from: number, kind: Line['kind']): number {
  let at = from;
  while (lines[at]?.kind === kind) at++;
  return at - from;
}

const isSpace = (sign: string | undefined): boolean => sign === undefined || /\s/.test(sign);

/** Whole words: half of one is no difference that a person sees. */
function markPair(a: Line, b: Line): void {
  const [one, other] = [a.text, b.text];
  const least = Math.min(one.length, other.length);
  let head = 0;
  while (head < least && one[head] === other[head]) head++;
  while (head > 0 && !isSpace(one[head - 1])) head--;
  let tail = 0;
  while (tail < least - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  while (tail > 0 && !isSpace(one[one.length - tail])) tail--;
  if (head + tail === 0) return;
  a.part = [head, one.length - tail];
  b.part = [head, other.length - tail];
}
