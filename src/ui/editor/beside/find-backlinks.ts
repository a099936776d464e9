/** Which notes link to one, with what they say of it. */
import { type Excerpt, sentenceAround } from '../../../markdown/sentence-around.ts';
import type { LinkNames, NoteMeta } from '../../../storage/notes/index.ts';
import { linkIndexOf } from '../../../storage/notes/link-index.ts';
import { linksToNotes } from '../../../storage/notes/note-links.ts';
import { readForLinks } from '../../../storage/notes/read-links.ts';
import type { AppContext } from '../../core/context.ts';
import { yieldToPage } from '../../core/yield-to-page.ts';
import { freshNoteList } from '../../notes/note-list.ts';

export interface Backlink {
  note: NoteMeta;
  /** The sentences round its links, the first ones. */
  says: Excerpt[];
}

/** Sentences of one note. */
const SENTENCES = 3;
/** UTF-16 units of a sentence. */
const LONGEST_SENTENCE = 240;
/** UTF-16 units: of a longer text the links of its beginning are looked at. */
const LONGEST_READ = 1_000_000;
/** Texts are read in tasks of about this length, ms. */
const SLICE_MS = 12;

/**
 * The notes whose links lead to this one, newest first: the store knows which may, and their texts say
 * which do.
 */
export async function* findBacklinks(
  ctx: AppContext,
  note: LinkNames,
  signal: AbortSignal,
): AsyncGenerator<Backlink> {
  const [some, all] = await Promise.all([ctx.notes.mayLinkTo(note), freshNoteList(ctx)]);
  let began = performance.now();
  for (const { id } of some) {
    const stored = await ctx.notes.get(id);
    if (signal.aborted) return;
    if (stored) {
      const says = saysOf(stored, note.id, all);
      if (says.length > 0) yield { note: stored.meta, says };
    }
    if (performance.now() - began < SLICE_MS) continue;
    await yieldToPage();
    began = performance.now();
  }
}

/** What a note says of another where it links to it, the first sentences; none where it does not. */
export function saysOf(
  { meta, text }: { meta: NoteMeta; text: string },
  to: string,
  all: readonly NoteMeta[],
): Excerpt[] {
  const doc = readForLinks(text, LONGEST_READ);
  const says: Excerpt[] = [];
  for (const { link, to: found } of linksToNotes(doc, meta, linkIndexOf(all))) {
    if (found.id !== to) continue;
    const excerpt = sentenceAround(doc, link, LONGEST_SENTENCE);
    if (!says.some(({ text: said }) => said === excerpt.text)) says.push(excerpt);
    if (says.length === SENTENCES) break;
  }
  return says;
}
