import type { ComponentChildren } from 'preact';
import { useApp } from '../../core/context.ts';
import { noteHref } from '../../core/router.ts';
import { useNoteList } from '../../notes/note-list.ts';
import { followLink } from '../links.ts';
import { noteNamed } from '../note-names.ts';
import { W } from '../words.ts';

interface Props {
  target: string;
  children: ComponentChildren;
}

/** A link to a note by its name; to one that is not there yet it offers to write it. */
export function NoteLink({ target, children }: Props) {
  const ctx = useApp();
  const { notes } = useNoteList();
  const found = notes && noteNamed(notes, target);
  const known = !notes || found;
  return (
    <a
      class={known ? undefined : 'missing'}
      href={found ? noteHref(found.id) : '#/notes'}
      title={known ? undefined : W.createNote}
      onClick={(event) => {
        if (found) return;
        event.preventDefault();
        void followLink(ctx, target, 'name');
      }}
    >
      {children}
    </a>
  );
}
