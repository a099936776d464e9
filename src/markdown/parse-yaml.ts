/** THE way to YAML's parser. */
import { type Document, parseDocument } from 'yaml';

/** Levels of lists and maps within each other. No one writes so many; the parser goes down by recursion. */
const DEEPEST = 64;

/** Items that begin within each other on one line: `- - - x`. */
const ITEMS = /^[ \t]*(?:[-?][ \t]+)+/;

/** Whether a source goes so deep that it could end the stack: an engine may not survive that. Linear. */
export function isTooDeep(source: string): boolean {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const char = source[i];
    if (char === '[' || char === '{') depth++;
    else if ((char === ']' || char === '}') && depth > 0) depth--;
    if (depth > DEEPEST) return true;
  }
  return source
    .split('\n')
    .some((line) => (ITEMS.exec(line)?.[0].replace(/[^-?]/g, '').length ?? 0) > DEEPEST);
}

/**
 * Reads YAML. What is wrong with it stands in `errors`.
 *
 * @returns null for what goes too deep
 * @throws what the parser throws
 */
export function parseYaml(source: string): Document.Parsed | null {
  if (isTooDeep(source)) return null;
  return parseDocument(source, { logLevel: 'silent', uniqueKeys: false });
}
