/** Which links in a text that is written lead to a note: fetched when a note is opened. */
import { effect } from '@preact/signals';
import {
  type LinkingNote,
  type LinkTarget,
  linkIndexOf,
  readAddress,
} from '../../storage/notes/link-index.ts';
import type { AppContext } from '../core/context.ts';
import { freshNoteList } from '../notes/note-list.ts';

/** After notes have changed, ms: an import changes many, one after the other. */
const AFTER_MS = 300;

/** Whether a link leads to a note, or to what is none. */
export type Leads = (link: LinkTarget) => boolean;

/**
 * Tells it now, and anew when other notes have changed.
 * @param from the note that the links stand in
 * @returns ends it
 */
export function watchLinks(
  ctx: AppContext,
  from: () => LinkingNote,
  tell: (leads: Leads) => void,
): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let here = true;
  let isFirst = true;
  const look = async (): Promise<void> => {
    const index = linkIndexOf(await freshNoteList(ctx));
    if (!here) return;
    tell((link) => {
      const isElsewhere = link.kind === 'address' && readAddress(link.written).target === '';
      return isElsewhere || index.resolve(link, from()) !== null;
    });
  };
  const stop = effect(() => {
    ctx.engine.notesVersion.value;
    const ids = ctx.engine.lastChanged.peek();
    // What is typed here makes no note.
    if (!isFirst && ids.length === 1 && ids[0] === from().id) return;
    clearTimeout(timer);
    // Shown as they were: the editor says itself when the notes cannot be read.
    timer = setTimeout(() => void look().catch(() => {}), isFirst ? 0 : AFTER_MS);
    isFirst = false;
  });
  return () => {
    here = false;
    clearTimeout(timer);
    stop();
  };
}
