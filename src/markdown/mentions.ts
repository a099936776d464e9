/** Where a text names a note without linking to it. */
import type { NoteDocument } from './document.ts';
import type { Range } from './grammar.ts';
import { maskedText } from './masked-text.ts';

export interface Mention extends Range {
  /** In a table a bar has to be escaped. */
  inTable: boolean;
}

/** What is left alone: links, code and what a program reads. */
const NOT_TEXT =
  /^(?:Link|Image|WikiLink|Embed|URL|Autolink|Hashtag|InlineCode|FencedCode|CodeBlock|Math|MathBlock|Template|TemplateBlock|FrontMatter|LinkReference|Comment|CommentBlock|RemarkBlock|HTMLTag|HTMLBlock|BlockId|FootnoteReference|FootnoteLabel)$/;

/** UTF-16 units: a shorter name would be found everywhere. */
const SHORTEST = 2;

/**
 * Places where one of some names stands as whole words, in order. Case, white space and the kind of
 * quotes do not matter.
 *
 * @param most so many are looked for
 */
export function mentionsOf(doc: NoteDocument, names: readonly string[], most: number): Mention[] {
  const wanted = pattern(names);
  if (!wanted) return [];
  const { text, tree } = doc;
  const masked = maskedText(doc, 0, text.length);
  const found: Mention[] = [];
  for (const match of masked.matchAll(wanted)) {
    const from = match.index;
    const to = from + match[0].length;
    let isText = true;
    let inTable = false;
    for (const side of [1, -1] as const) {
      const at = side === 1 ? from : to;
      for (let node = tree.resolveInner(at, side); node.parent; node = node.parent) {
        if (NOT_TEXT.test(node.name)) isText = false;
        if (node.name === 'Table') inTable = true;
      }
    }
    // Signs between its words would be torn apart.
    if (!isText || text.slice(from, to) !== match[0]) continue;
    found.push({ from, to, inTable });
    if (found.length === most) break;
  }
  return found;
}

function pattern(names: readonly string[]): RegExp | null {
  const forms = names
    .map((name) => name.trim())
    .filter((name) => name.length >= SHORTEST)
    .flatMap((name) => [name.normalize('NFC'), name.normalize('NFD')]);
  if (forms.length === 0) return null;
  // The longest first: of `Basil care` and `Basil` the whole is meant.
  const parts = [...new Set(forms)].sort((a, b) => b.length - a.length).map(escaped);
  return new RegExp(
    `(?<![\\p{L}\\p{N}\\p{M}_])(?:${parts.join('|')})(?![\\p{L}\\p{N}\\p{M}_])`,
    'giu',
  );
}

const escaped = (name: string): string =>
  name
    .replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
    .replace(/\s+/g, '[ \\t\\u00a0]+')
    .replace(/['‘’ʼ]/g, "['‘’ʼ]")
    .replace(/["“”]/g, '["“”]');
