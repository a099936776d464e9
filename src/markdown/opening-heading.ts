import { parse } from './document.ts';
import { frontMatterRange } from './front-matter-range.ts';
import { plainText } from './plain-text.ts';

/** An opening heading is short: so many UTF-16 units behind the front matter are looked at. */
const LOOKED_AT = 4_000;

/** What stands above a heading without being read. */
const UNREAD = new Set(['FrontMatter', 'CommentBlock', 'RemarkBlock']);

/**
 * The first-level heading that a note begins with, as it is read; undefined where it begins with
 * anything else. Front matter and remarks may stand above.
 */
export function openingHeading(text: string): string | undefined {
  const body = frontMatterRange(text)?.bodyStart ?? 0;
  if (!mayOpen(text.slice(body, body + LOOKED_AT))) return undefined;
  const doc = parse(text, body + LOOKED_AT);
  let first = doc.tree.topNode.firstChild;
  while (first && UNREAD.has(first.name)) first = first.nextSibling;
  if (first?.name !== 'ATXHeading1' && first?.name !== 'SetextHeading1') return undefined;
  const { from, to } = first;
  // Several lines above a rule are more likely meant as text than as a heading that long.
  if (text.slice(from, to).split('\n').length > 2) return undefined;
  return plainText(doc, from, to).text.replace(/\s+/g, ' ').trim() || undefined;
}

/** Whether it is worth reading: most notes begin otherwise, and an import asks of each. */
function mayOpen(body: string): boolean {
  const start = body.replace(/^[\s\uFEFF]+/, '');
  return /^(?:#|<!--|%%)/.test(start) || /^[^\n]*\n {0,3}=+[ \t\r]*(?:\n|$)/.test(start);
}
