/** A note of an earlier import under the name of its file, and back. Pure. */
import { givenTitle, mayGiveTitle, readFrontMatter } from '../../markdown/front-matter.ts';
import { titleOf } from '../../note-title.ts';
import type { NoteMeta } from '../schema.ts';
import { isImported } from './is-imported.ts';
import { wasTitleBefore } from './titles-before.ts';

/** Former titles of a note that are kept. */
const MOST_FORMER = 10;

/**
 * The note under the title that an import gives it today, if it was imported and nobody has touched
 * its title; null where there is nothing to change.
 *
 * @param text the oldest that is known of it
 */
export function titledByFile(meta: NoteMeta, text: string): NoteMeta | null {
  if (!isImported(meta)) return null;
  const path = meta.importPath ?? meta.path;
  const title = titleOf(titleGivenIn(text), text, path);
  if (title === meta.title || !wasTitleBefore(meta.title, text, path)) return null;
  const { keepsTitle: _, ...others } = meta;
  return renamed(others, title, formerly(meta, title));
}

/** The same note under its former title, which it keeps from now on. */
export function titledBack(meta: NoteMeta, title: string): NoteMeta {
  const former = (meta.formerTitles ?? []).filter((one) => one !== title);
  const { formerTitles: _, ...others } = meta;
  const back = { ...others, keepsTitle: true };
  return renamed(back, title, former);
}

/** The titles that a note had before, once it is called otherwise: newest first. */
function formerly({ title, formerTitles = [] }: NoteMeta, next: string): string[] {
  const all = [title, ...formerTitles].filter((one) => one !== '' && one !== next);
  return [...new Set(all)].slice(0, MOST_FORMER);
}

/**
 * `modified` stays, for nobody has changed the note. What was as its file stays so: else the file's
 * next change were a conflict.
 */
function renamed(meta: NoteMeta, title: string, formerTitles: string[]): NoteMeta {
  const revision = meta.revision + 1;
  const next: NoteMeta = { ...meta, title, revision };
  if (formerTitles.length > 0) next.formerTitles = formerTitles;
  if (meta.importedRevision === meta.revision) next.importedRevision = revision;
  return next;
}

function titleGivenIn(text: string): string | undefined {
  if (!mayGiveTitle(text)) return undefined;
  return givenTitle(readFrontMatter(text));
}
