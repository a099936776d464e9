/** Where a note's front matter lies, UTF-16 code units: YAML up to `end`, the body from there. */
export interface FrontMatterRange {
  yamlStart: number;
  yamlEnd: number;
  /** Start of the body: behind the closing line and the blank lines after it. */
  bodyStart: number;
}

/** Longest front matter, UTF-16 units: more is a note that happens to hold two rules. */
const MAX_LENGTH = 64 * 1024;
/** A line that makes it front matter: a key and a colon. */
const KEY_LINE = /^[^\s:#>*-][^:\n]{0,200}:(?:\s|$)/m;

/**
 * Finds a block fenced by `---` (or closed by `...`) at the very start of a text.
 *
 * @returns undefined if there is none, it is not closed within 64 Ki code units, or no line in it
 *   begins with a key, so that it rather is a note with two rules; it need not be valid YAML
 */
export function frontMatterRange(text: string): FrontMatterRange | undefined {
  const opening = /^---[ \t]*\r?\n/.exec(text)?.[0];
  if (opening === undefined) return undefined;
  const rest = text.slice(opening.length, opening.length + MAX_LENGTH);
  const closing = /^(?:---|\.\.\.)[ \t]*(?:\r?\n\s*?(?=\S|[ \t]+\S)|\s*$)/m.exec(rest);
  if (!closing) return undefined;
  const yaml = rest.slice(0, closing.index);
  if (yaml.trim() !== '' && !KEY_LINE.test(yaml)) return undefined;
  return {
    yamlStart: opening.length,
    yamlEnd: opening.length + closing.index,
    bodyStart: opening.length + closing.index + closing[0].length,
  };
}
