import {
  type LinkingNote,
  type LinkTarget,
  linkIndexOf,
  readAddress,
} from '../../storage/notes/link-index.ts';
import { mayBeNote } from '../../storage/notes/link-names.ts';
import type { AppContext } from '../core/context.ts';
import { go, noteHref, replaceAddress, route } from '../core/router.ts';
import { toast } from '../core/toasts.tsx';
import { freshNoteList } from '../notes/note-list.ts';
import { newNote } from './new-note.ts';
import { linkName } from './note-names.ts';
import { W } from './words.ts';

/** Opens what a link in a note leads to; a note that is not there is offered to be written. */
export async function followLink(
  ctx: AppContext,
  link: LinkTarget,
  from: LinkingNote,
): Promise<void> {
  const { kind, written } = link;
  if (kind === 'address' && /^(?:https?:|mailto:)/i.test(written)) {
    window.open(written, '_blank', 'noopener,noreferrer');
    return;
  }
  const found = linkIndexOf(await freshNoteList(ctx)).resolve(link, from);
  if (found) {
    const { id, place } = found;
    const now = route.peek();
    // The note stays open: there is nothing to come back to.
    if (now.page === 'note' && now.id === id && place) {
      replaceAddress(noteHref(id, { to: place, read: now.read }));
    } else go(noteHref(id, { to: place }));
    return;
  }
  const title = noteToWrite(link);
  if (title) offerToWrite(ctx, title);
  else toast(W.notALink);
}

/** The title of the note that is written where a link leads to none; '' for what is no note's name. */
export function noteToWrite({ kind, written }: LinkTarget): string {
  const isAddress = kind === 'address';
  const target = isAddress ? readAddress(written).target : written.split('#', 1)[0]!;
  return mayBeNote(target, isAddress) ? linkName(target) : '';
}

function offerToWrite(ctx: AppContext, title: string): void {
  toast(W.linkGone(title), {
    label: W.createNote,
    run: () => newNote(ctx, title),
  });
}

/** The path that a relative link names; '' for what is no note. */
export function fileTarget(address: string): string {
  if (/^[a-z][a-z0-9+.-]*:|^#|^\/\//i.test(address)) return '';
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}
