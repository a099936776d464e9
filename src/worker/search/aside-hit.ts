/** What is shown of a note that has its words only where nobody reads them. Pure. */

import type { NoteDocument } from '../../markdown/document.ts';
import { type Aside, asides } from '../../markdown/plain-text.ts';
import type { PassageHit, PlaceOfWords } from '../../protocol.ts';
import { excerpt, termsAtMost, termsFound } from './snippet.ts';

const PLACES: Record<Aside['what'], PlaceOfWords> = {
  address: 'link',
  language: 'language',
  property: 'property',
  comment: 'comment',
};

/**
 * The address, language, property or, if comments are searched, the comment with most of the terms.
 *
 * @param wanted none: the first one will do
 * @returns null where there is none
 */
export function asideHit(
  doc: NoteDocument,
  wanted: ReadonlySet<string>,
  inComments: boolean,
): PassageHit | null {
  let best: { aside: Aside; found: number } | undefined;
  for (const aside of asides(doc)) {
    if ((aside.what === 'comment') !== inComments) continue;
    for (const part of aside.what === 'comment' ? [aside] : linesOf(aside)) {
      // A note may have a hundred thousand addresses.
      if (wanted.size > 0 && termsAtMost(part.text, wanted).size === 0) continue;
      const found = termsFound(part.text, wanted).size;
      if (found > (best?.found ?? (wanted.size > 0 ? 0 : -1))) best = { aside: part, found };
    }
  }
  if (!best) return null;
  const { text, what, from, to } = best.aside;
  const hit = excerpt(text, { start: from, end: to, headings: [] }, wanted);
  return { ...hit, place: PLACES[what] };
}

/** Of the front matter, a line is a property. */
function* linesOf(aside: Aside): Generator<Aside> {
  for (const { 0: text, index } of aside.text.matchAll(/[^\n]+/g)) {
    const from = aside.from + index;
    yield { what: aside.what, from, to: from + text.length, text };
  }
}
