/** Takes tags out of the texts that they stand in: fetched when a person asks for it. */
import { withoutTag } from '../../../markdown/without-tag.ts';
import type { NoteMeta } from '../../../storage/notes/index.ts';
import type { AppContext } from '../../core/context.ts';
import { shown } from '../../core/strings.ts';
import { toast } from '../../core/toasts.tsx';
import { openDraft } from '../drafts.ts';
import { type MendedNote, takeBackMending, writeMending } from './mend-notes.ts';
import { L } from './mend-words.ts';
import type { Beside } from './moved.ts';

/** @returns null where nothing had to be written */
export async function takeTagsOut(
  ctx: AppContext,
  notes: readonly NoteMeta[],
  tags: readonly string[],
): Promise<Beside | null> {
  const written: MendedNote[] = [];
  const left: string[] = [];
  for (const { id } of notes) {
    // What is typed here is stored first.
    await openDraft(id)?.autosave.flush();
    const stored = await ctx.notes.get(id);
    if (!stored) continue;
    const text = tags.reduce(withoutTag, stored.text);
    if (text !== stored.text) written.push({ meta: stored.meta, text });
    else left.push(shown(stored.meta.title));
  }
  const done = await writeMending(ctx, { notes: written, broken: [] });
  left.push(...done.leftNotes.map(({ title }) => shown(title)));
  if (left.length > 0) toast(L.tagsLeft(left));
  const total = done.changed.length;
  if (total === 0) return null;
  return {
    said: (change) => L.tagsTakenOut(change, total),
    takeBack: (now) => takeBackMending(now, done),
  };
}
