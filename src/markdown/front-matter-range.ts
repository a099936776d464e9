import { LONGEST_FRONT_MATTER } from './limits.ts';

/** Where a note's front matter lies, UTF-16 units: YAML up to `yamlEnd`, the body from there. */
export interface FrontMatterRange {
  yamlStart: number;
  yamlEnd: number;
  /** Behind the closing `---`. */
  end: number;
  /** Start of the body: behind the closing line and the blank lines after it. */
  bodyStart: number;
}

/** A line that begins with a key. A note may begin with a rule and prose. */
const KEY_LINE = /^[^\s:#>*-][^:\n]{0,200}:(?:\s|$)/;
const CLOSING = /^(?:---|\.\.\.)[ \t]*\r?$/;

/**
 * Finds a block fenced by `---` (or closed by `...`) at the very start of a text; a byte order mark
 * may stand before it. It need not be valid YAML.
 *
 * @returns null if there is none, it is not closed soon enough, or its first line that is neither
 *   blank nor a remark begins with no key, so that it rather is a note with two rules
 */
export function frontMatterRange(text: string): FrontMatterRange | null {
  const start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!text.startsWith('---', start)) return null;
  let line = lineEnd(text, start);
  if (text.slice(start + 3, line).trim() !== '') return null;
  const yamlStart = line + 1;
  const last = Math.min(text.length, yamlStart + LONGEST_FRONT_MATTER);
  let keySeen = false;
  let remarkSeen = false;
  for (let at = yamlStart; at <= last; at = line + 1) {
    line = lineEnd(text, at);
    const content = text.slice(at, Math.min(line, at + 300));
    if (line - at < 300 && CLOSING.test(content)) {
      if (remarkSeen && !keySeen) return null;
      return { yamlStart, yamlEnd: at, end: line, bodyStart: firstTextLine(text, line) };
    }
    if (keySeen) continue;
    const isBlank = content.trim() === '';
    // A remark stands above a key; a heading has a blank line below it.
    if (isBlank && remarkSeen) return null;
    if (content.startsWith('#')) remarkSeen = true;
    if (isBlank || content.startsWith('#')) continue;
    if (!KEY_LINE.test(content)) return null;
    keySeen = true;
  }
  return null;
}

const lineEnd = (text: string, at: number): number => {
  const end = text.indexOf('\n', at);
  return end < 0 ? text.length : end;
};

/** Where the first line begins that is not blank, from the end of a line. */
function firstTextLine(text: string, end: number): number {
  let start = Math.min(text.length, end + 1);
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) start = at + 1;
    else if (code !== 32 && code !== 9 && code !== 13) return start;
  }
  return text.length;
}
