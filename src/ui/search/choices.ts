/** What the search dialog offers to open. Pure. */

import { withoutExportIds } from '../../note-files.ts';
import type { CalledBy, PassageHit, SearchHit, Why } from '../../protocol.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { noteHref } from '../core/router.ts';
import { S } from '../core/strings.ts';

export interface Choice {
  id: string;
  title: string;
  /** Another name, by which it was found. */
  called: CalledBy | null;
  /** Heading path in the note, or its place among the folders. */
  place: string;
  why: Why[];
  passage: PassageHit | null;
}

/** Results of a search, best first, as options. */
export const choicesOfHits = (hits: readonly SearchHit[]): Choice[] =>
  hits.map(({ note, title, called, path, why, passage }) => ({
    id: note,
    title,
    called,
    place: placeOf(title, path, passage),
    why,
    passage,
  }));

/** Notes without a search, as options. */
export const choicesOfNotes = (
  notes: readonly Pick<NoteMeta, 'id' | 'title' | 'path'>[],
): Choice[] =>
  notes.map(({ id, title, path }) => ({
    id,
    title,
    called: null,
    place: withoutExportIds(path) || S.writtenHere,
    why: [],
    passage: null,
  }));

/** Address of an option: the note, at its passage. */
export const hrefOf = ({ id, passage }: Choice): string => noteHref(id, { at: passage });

/** The heading path without the title once more; where that is all of it, the file's place. */
function placeOf(title: string, path: string, passage: PassageHit | null): string {
  const headings = passage?.headings ?? [];
  const below = headings[0] === title ? headings.slice(1) : headings;
  return below.length > 0 ? below.join(' › ') : withoutExportIds(path) || S.writtenHere;
}
