import type { AppContext } from '../core/context.ts';
import { go, noteHref } from '../core/router.ts';
import { toast } from '../core/toasts.tsx';
import { freshNoteList } from '../notes/note-list.ts';
import { newNote } from './new-note.ts';
import { linkName, noteNamed } from './note-names.ts';
import { W } from './words.ts';

/** Opens what a link in a note leads to; a note that is not there is offered to be written. */
export async function followLink(
  ctx: AppContext,
  target: string,
  kind: 'name' | 'address',
): Promise<void> {
  if (kind === 'address' && /^(?:https?:|mailto:)/i.test(target)) {
    window.open(target, '_blank', 'noopener,noreferrer');
    return;
  }
  const name = kind === 'name' ? target : fileTarget(target);
  if (!name) {
    toast(W.notALink);
    return;
  }
  const note = noteNamed(await freshNoteList(ctx), name);
  if (note) go(noteHref(note.id));
  else offerToWrite(ctx, linkName(name));
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
