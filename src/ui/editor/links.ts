import { folderOfPath, joinPath, rootOfPath } from '../../paths.ts';
import {
  type LinkingNote,
  type LinkTarget,
  linkIndexOf,
  readAddress,
} from '../../storage/notes/link-index.ts';
import { mayBeNote } from '../../storage/notes/link-names.ts';
import type { AppContext } from '../core/context.ts';
import { fileName } from '../core/file-name.ts';
import { go, noteHref, replaceAddress, route } from '../core/router.ts';
import { toast } from '../core/toasts.tsx';
import { offerUndo } from '../core/undo-stack.ts';
import { freePath, readFolder } from '../notes/list-choice.ts';
import { freshNoteList } from '../notes/note-list.ts';
import { drop, openDraft } from './drafts.ts';
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
  if (title) await writeNote(ctx, title, link, from);
  else toast(W.notALink);
}

/** The title of the note that is written where a link leads to none; '' for what is no note's name. */
export function noteToWrite(link: LinkTarget): string {
  const target = nameIn(link);
  return mayBeNote(target, link.kind === 'address') ? linkName(target) : '';
}

/** What a link names a note by, without heading or block. */
const nameIn = ({ kind, written }: LinkTarget): string =>
  kind === 'address' ? readAddress(written).target : written.split('#', 1)[0]!;

/** Makes the note that a link leads to, in the folder that it names; nobody need have meant it. */
async function writeNote(
  ctx: AppContext,
  title: string,
  link: LinkTarget,
  from: LinkingNote,
): Promise<void> {
  const folder = folderToWrite(link, from);
  const taken = new Set((await freshNoteList(ctx)).map(({ path }) => path));
  const path = folder ? freePath(`${folder}/${fileName(title)}.md`, taken) : '';
  const id = newNote(ctx, title, path);
  offerUndo(ctx, W.noteMade(title), async ({ notes, engine }) => {
    const draft = openDraft(id);
    if (draft) await draft.autosave.flush();
    const stored = await notes.get(id);
    if (stored?.text.trim() !== '' || stored.meta.title !== title) return false;
    if (draft) drop(draft);
    await notes.remove(id);
    engine.announce([id]);
    const now = route.peek();
    if (now.page === 'note' && now.id === id) go(noteHref(from.id));
    return true;
  });
}

/** The folder that a link names, in the one that was picked; '' where it names none. */
export function folderToWrite(link: LinkTarget, from: LinkingNote): string {
  const named = nameIn(link).replaceAll('\\', '/').trim();
  if (!named.includes('/')) return '';
  const isRelative = link.kind === 'address' ? !named.startsWith('/') : /^\.\.?\//.test(named);
  const home = from.importPath ?? from.path;
  const start = isRelative ? folderOfPath(home) : rootOfPath(home);
  return readFolder(joinPath(start, folderOfPath(named)) ?? '');
}
