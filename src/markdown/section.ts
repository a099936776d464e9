import type { NoteDocument } from './document.ts';
import type { Range } from './grammar.ts';
import { headingsOf } from './headings.ts';
import { placeIn } from './places.ts';

/**
 * What a link with a place means of a note: a block, or a heading with all below it.
 *
 * @param place as links name it; absent or empty: the note behind its front matter
 * @returns null where there is no such place
 */
export function sectionOf(doc: NoteDocument, place: string | undefined): Range | null {
  if (!place) {
    const first = doc.tree.topNode.firstChild;
    return { from: first?.name === 'FrontMatter' ? first.to : 0, to: doc.text.length };
  }
  const found = placeIn(doc, place);
  if (!found || place.trim().startsWith('^')) return found;
  const headings = headingsOf(doc);
  const at = headings.findIndex(({ from }) => from === found.from);
  const level = headings[at]?.level ?? 6;
  const next = headings.slice(at + 1).find((heading) => heading.level <= level);
  return { from: found.from, to: next?.from ?? doc.text.length };
}
