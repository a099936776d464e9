/** Which notes name another without linking to it, and a link made of it. */
import { parse } from '../../../markdown/document.ts';
import { type Mention, mentionsOf } from '../../../markdown/mentions.ts';
import { type Excerpt, sentenceAround } from '../../../markdown/sentence-around.ts';
import type { NoteMeta } from '../../../storage/notes/index.ts';
import { type LinkIndex, linkIndexOf } from '../../../storage/notes/link-index.ts';
import { nameKey } from '../../../storage/notes/link-names.ts';
import { readForLinks } from '../../../storage/notes/read-links.ts';
import type { AppContext } from '../../core/context.ts';
import { shown } from '../../core/strings.ts';
import { toast } from '../../core/toasts.tsx';
import { offerUndo } from '../../core/undo-stack.ts';
import { yieldToPage } from '../../core/yield-to-page.ts';
import { freshNoteList } from '../../notes/note-list.ts';
import { openDraft } from '../drafts.ts';
import { isLinkable } from '../linkable.ts';
import { nameFor } from '../mend/mend-links.ts';
import { takeBackMending, writeMending } from '../mend/mend-notes.ts';
import { L } from '../mend/mend-words.ts';

export interface Mentioning {
  note: NoteMeta;
  mentions: (Mention & { excerpt: Excerpt })[];
}

/** Notes that are looked into for each name: the nearest of those that have its words. */
const LOOKED_INTO = 50;
/** Names of a note that are looked for. */
const MOST_NAMES = 10;
/** Mentions of one note. */
const MENTIONS = 3;
/** UTF-16 units of a sentence. */
const LONGEST_SENTENCE = 240;

/** Title and aliases. */
const namesOf = ({ title, aliases = [] }: NoteMeta): string[] =>
  [...new Set([title, ...aliases].map((name) => name.trim()))].filter(Boolean).slice(0, MOST_NAMES);

/** Notes whose text has a name of this one as words: those that the search finds for it. */
export async function* findMentions(
  ctx: AppContext,
  note: NoteMeta,
  signal: AbortSignal,
): AsyncGenerator<Mentioning> {
  const names = namesOf(note);
  const ids = new Set<string>();
  for (const name of names) {
    const query = `"${name.replaceAll('"', ' ')}"`;
    const { hits } = await ctx.engine.search(query, { limit: LOOKED_INTO, signal });
    for (const hit of hits) ids.add(hit.note);
  }
  ids.delete(note.id);
  for (const id of ids) {
    const stored = await ctx.notes.get(id);
    if (signal.aborted) return;
    if (!stored) continue;
    const doc = readForLinks(stored.text);
    const mentions = mentionsOf(doc, names, MENTIONS).map((mention) => ({
      ...mention,
      excerpt: sentenceAround(doc, mention, LONGEST_SENTENCE),
    }));
    if (mentions.length > 0) yield { note: stored.meta, mentions };
    await yieldToPage();
  }
}

/**
 * A text with a link in the place of a mention: `[[Name]]`, or `[[Name|as written]]` where that is another
 * name.
 *
 * @returns null where the text has no such mention there any more, or no link can lead there
 */
export function withLink(
  text: string,
  { from, to }: Pick<Mention, 'from' | 'to'>,
  note: NoteMeta,
  linking: NoteMeta,
  index: LinkIndex,
): string | null {
  const all = mentionsOf(parse(text), namesOf(note), Number.POSITIVE_INFINITY);
  const mention = all.find((one) => one.from === from && one.to === to);
  if (!mention) return null;
  const written = text.slice(from, to);
  const name = nameFor(note, { index, from: linking });
  if (name === null || !isLinkable(written)) return null;
  const bar = mention.inTable ? '\\|' : '|';
  const isName = nameKey(name) === nameKey(written);
  const link = isName ? `[[${written}]]` : `[[${name}${bar}${written}]]`;
  return text.slice(0, from) + link + text.slice(to);
}

/** Makes a link of a mention, and offers to undo it. @returns whether it did */
export async function linkMention(
  ctx: AppContext,
  note: NoteMeta,
  { note: { id, revision } }: Mentioning,
  mention: Mention,
): Promise<boolean> {
  await openDraft(id)?.autosave.flush();
  const index = linkIndexOf(await freshNoteList(ctx));
  const stored = await ctx.notes.get(id);
  const text =
    stored?.meta.revision === revision
      ? withLink(stored.text, mention, note, stored.meta, index)
      : null;
  if (!stored || text === null) {
    toast(L.changedMeanwhile);
    return false;
  }
  const done = await writeMending(ctx, { notes: [{ meta: stored.meta, text }], broken: [] });
  if (done.changed.length === 0) {
    toast(L.leftTyped(shown(stored.meta.title)));
    return false;
  }
  const said = L.linked(shown(stored.meta.title));
  offerUndo(ctx, said, (now) => takeBackMending(now, done), true);
  return true;
}
