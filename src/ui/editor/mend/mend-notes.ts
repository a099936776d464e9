/** Links in all notes, after some were renamed or moved. */
import { parse } from '../../../markdown/document.ts';
import type { NoteMeta, Rewriting, Rewritten } from '../../../storage/notes/index.ts';
import { LinkIndex } from '../../../storage/notes/link-index.ts';
import type { AppContext } from '../../core/context.ts';
import { keysOf } from '../../core/web-storage.ts';
import { yieldToPage } from '../../core/yield-to-page.ts';
import { freshNoteList } from '../../notes/note-list.ts';
import { openDraft } from '../drafts.ts';
import { readJournalKey } from '../journal/keys.ts';
import { withTitle } from '../title-line.ts';
import { mendLinks } from './mend-links.ts';

/** A note's text with links that lead on. */
export interface MendedNote {
  meta: NoteMeta;
  text: string;
}

export interface Mending {
  notes: MendedNote[];
  /** Notes with links that led there and will not, whatever is done. */
  broken: NoteMeta[];
}

/** UTF-16 units: of a longer text the links of its beginning are looked at. */
const LONGEST_READ = 1_000_000;
/** Texts are read in tasks of about this length, ms. */
const SLICE_MS = 12;
/** Another tab that saved so lately may go on typing, ms. */
const TYPING_MS = 5_000;

/**
 * What has to be written where, so that links lead to some notes as before. Nothing is written.
 *
 * @param former the notes as they were, renamed or moved since
 * @param titles former titles that one of them has to do without
 */
export async function findMending(
  ctx: AppContext,
  former: readonly NoteMeta[],
  titles?: Rewriting['formerTitles'],
): Promise<Mending> {
  const old = new Map(former.map((note) => [note.id, note]));
  // What is typed here is stored first.
  const candidates = new Set(old.keys());
  for (const note of former) {
    for (const { id } of await ctx.notes.mayLinkTo(note)) candidates.add(id);
  }
  for (const id of candidates) await openDraft(id)?.autosave.flush();
  const all = (await freshNoteList(ctx)).map((note) =>
    note.id === titles?.id ? { ...note, formerTitles: [...titles.titles] } : note,
  );
  const moved = new Map(all.flatMap((note) => (old.has(note.id) ? [[note.id, note]] : [])));
  const before = new LinkIndex(all.map((note) => old.get(note.id) ?? note));
  const after = new LinkIndex(all);
  const mending: Mending = { notes: [], broken: [] };
  let began = performance.now();
  for (const id of candidates) {
    const stored = await ctx.notes.get(id);
    if (!stored) continue;
    const { meta } = stored;
    const then = { index: before, from: old.get(id) ?? meta };
    // Its own links lead anywhere.
    const wanted = old.has(id) ? new Map(all.map((note) => [note.id, note])) : moved;
    const { text, mended, broken } = mendLinks(
      parse(stored.text, LONGEST_READ),
      then,
      { index: after, from: meta },
      wanted,
    );
    if (mended > 0) mending.notes.push({ meta, text });
    if (broken > 0) mending.broken.push(meta);
    if (performance.now() - began < SLICE_MS) continue;
    await yieldToPage();
    began = performance.now();
  }
  return mending;
}

export interface Done extends Rewritten {
  /** Notes that are being typed in elsewhere, or have another text by now. */
  leftNotes: NoteMeta[];
}

/** Writes it, in one transaction; a note that is being typed in in another tab is left. */
export async function writeMending(
  ctx: AppContext,
  { notes }: Mending,
  formerTitles?: Rewriting['formerTitles'],
): Promise<Done> {
  const free = notes.filter(({ meta }) => !isTypedElsewhere(ctx, meta));
  const done = await ctx.notes.rewrite({
    rewrites: free.map(({ meta, text }) => ({ id: meta.id, revision: meta.revision, text })),
    formerTitles,
  });
  const written = new Set(done.changed.map(({ after }) => after.id));
  announce(ctx, done, formerTitles?.id);
  const leftNotes = notes.map(({ meta }) => meta).filter(({ id }) => !written.has(id));
  return { ...done, leftNotes };
}

/**
 * Takes it back, where nothing was typed since.
 * @param title a note's former title that it gets back, should it have the other one still
 * @returns whether anything was taken back
 */
export async function takeBackMending(
  ctx: AppContext,
  { changed }: Pick<Rewritten, 'changed'>,
  title?: { id: string; now: string; former: string; titles: readonly string[] },
): Promise<boolean> {
  for (const { after } of changed) await openDraft(after.id)?.autosave.flush();
  const rewrites: Rewriting['rewrites'][number][] = changed.map(({ before, after }) => ({
    id: after.id,
    revision: after.revision,
    text: before.text,
    modified: before.meta.modified,
  }));
  let formerTitles: Rewriting['formerTitles'];
  if (title) {
    await openDraft(title.id)?.autosave.flush();
    const stored = await ctx.notes.get(title.id);
    if (stored?.meta.title === title.now) {
      const own = rewrites.find(({ id }) => id === title.id);
      const { id, former } = title;
      // With the line of the front matter that says it.
      if (own) Object.assign(own, { title: former, text: withTitle(own.text, former) });
      else {
        const { revision, modified } = stored.meta;
        const text = withTitle(stored.text, former);
        rewrites.push({ id, revision, text, title: former, modified });
      }
      formerTitles = { id: title.id, titles: title.titles };
    }
  }
  const done = await ctx.notes.rewrite({ rewrites, formerTitles });
  announce(ctx, done, formerTitles?.id);
  return done.changed.length > 0;
}

function announce(ctx: AppContext, { changed }: Rewritten, other?: string): void {
  const ids = new Set(changed.map(({ after }) => after.id));
  if (ids.size > 0) ctx.engine.noteSaved([...ids]);
  if (other !== undefined && !ids.has(other)) ctx.engine.announce([other]);
}

function isTypedElsewhere(
  { journal, workspace, now }: AppContext,
  { id, savedBy, revision, modified }: NoteMeta,
): boolean {
  if (savedBy && savedBy.tab !== journal.tab && savedBy.revision === revision) {
    if (Math.abs(now() - modified) < TYPING_MS) return true;
  }
  return keysOf('local').some((key) => {
    const place = readJournalKey(key);
    return place?.note === id && place.workspace === workspace.id && place.tab !== journal.tab;
  });
}
