import type { ComponentChildren } from 'preact';
import {
  type LinkingNote,
  type LinkTarget,
  linkIndexOf,
} from '../../../storage/notes/link-index.ts';
import { useApp } from '../../core/context.ts';
import { noteHref } from '../../core/router.ts';
import { useNoteList } from '../../notes/note-list.ts';
import { followLink, noteToWrite } from '../links.ts';
import { W } from '../words.ts';

interface Props {
  link: LinkTarget;
  /** The note that it stands in. */
  from: LinkingNote;
  children: ComponentChildren;
}

/** A link to a note; one to a note that is not there yet offers to write it. */
export function NoteLink({ link, from, children }: Props) {
  const ctx = useApp();
  const { notes } = useNoteList();
  const found = notes && linkIndexOf(notes).resolve(link, from);
  const known = !notes || found;
  return (
    <a
      class={known ? undefined : 'missing'}
      href={found ? noteHref(found.id, { to: found.place }) : '#/notes'}
      title={known ? undefined : noteToWrite(link) ? W.createNote : W.notALink}
      onClick={(event) => {
        if (found && (found.id !== from.id || !found.place)) return;
        event.preventDefault();
        void followLink(ctx, link, from);
      }}
    >
      {children}
    </a>
  );
}
