/** Which notes a note links to, and where: by the reader of Markdown and the rule of `link-index`. */
import type { NoteDocument } from '../../markdown/document.ts';
import { type Link, linksOf } from '../../markdown/links.ts';
import type { Destination, LinkIndex, LinkingNote } from './link-index.ts';
import { noteTarget } from './read-links.ts';

export interface LinkToNote {
  link: Link;
  to: Destination;
}

/** All links of a text that lead to a note, in order; a link to a place of the note itself, too. */
export function* linksToNotes(
  doc: NoteDocument,
  from: LinkingNote,
  index: LinkIndex,
): Generator<LinkToNote> {
  for (const link of linksOf(doc)) {
    const target = noteTarget(link);
    const to = target && index.resolve(target, from);
    if (to) yield { link, to };
  }
}
