/** What the search dialog offers to open. Pure. */

import { withoutExportIds } from '../../note-files.ts';
import type { CalledBy, PassageHit, SearchHit, Why } from '../../protocol.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { noteHref } from '../core/router.ts';
import { S } from '../core/strings.ts';

/** UTF-16 units, ordered and disjoint. */
type Marks = [number, number][];

export interface Choice {
  id: string;
  title: string;
  /** Ranges within the title to mark. */
  titleMarks: Marks;
  /** The terms by which it was found. */
  terms: readonly string[];
  /** Another name, by which it was found. */
  called: CalledBy | null;
  /** Heading path in the note, or its place among the folders; with what of it to mark. */
  place: string;
  placeMarks: Marks;
  why: Why[];
  passage: PassageHit | null;
}

/** Results of a search, best first, as options. */
export const choicesOfHits = (hits: readonly SearchHit[]): Choice[] =>
  hits.map(({ note, path, passage, score: _, ...hit }) => ({
    id: note,
    ...hit,
    ...placeOf(hit.title, path, passage),
    passage,
  }));

/** Notes without a search, as options. */
export const choicesOfNotes = (
  notes: readonly Pick<NoteMeta, 'id' | 'title' | 'path'>[],
): Choice[] =>
  notes.map(({ id, title, path }) => ({
    id,
    title,
    titleMarks: [],
    terms: [],
    called: null,
    place: withoutExportIds(path) || S.writtenHere,
    placeMarks: [],
    why: [],
    passage: null,
  }));

/** Address of an option: the note, at its passage. */
export const hrefOf = ({ id, passage }: Choice): string => noteHref(id, { at: passage });

/** Between two headings of a path. */
const STEP = ' › ';

/** The heading path without the title once more; where that is all of it, the file's place. */
function placeOf(
  title: string,
  path: string,
  passage: PassageHit | null,
): Pick<Choice, 'place' | 'placeMarks'> {
  const headings = passage?.headings ?? [];
  const first = headings[0] === title ? 1 : 0;
  const below = headings.slice(first);
  if (below.length === 0) {
    return { place: withoutExportIds(path) || S.writtenHere, placeMarks: [] };
  }
  const placeMarks: Marks = [];
  let at = 0;
  for (const [i, heading] of below.entries()) {
    for (const [start, end] of passage?.headingMarks?.[first + i] ?? []) {
      placeMarks.push([at + start, at + end]);
    }
    at += heading.length + STEP.length;
  }
  return { place: below.join(STEP), placeMarks };
}
