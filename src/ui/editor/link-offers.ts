/** What `[[` offers: fetched when it is first asked for. */
import { headingsOf } from '../../markdown/headings.ts';
import { blocksOf, blockWords } from '../../markdown/places.ts';
import { withoutNoteExtension } from '../../note-files.ts';
import { fileOfPath, folderOfPath, rootOfPath } from '../../paths.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { type LinkingNote, linkIndexOf } from '../../storage/notes/link-index.ts';
import { nameKey, pathBelow } from '../../storage/notes/link-names.ts';
import type { AppContext } from '../core/context.ts';
import { freshNoteList } from '../notes/note-list.ts';
import type { LinkOffer } from './fields/field.ts';
import { isLinkable, linkableText } from './linkable.ts';
import { readNote } from './read-note.ts';

/** Places offered of one note. */
const MOST_PLACES = 500;
/** UTF-16 units of a block's words. */
const LONGEST_WORDS = 60;

/** Of a list of notes, by the picked folder of the note that is written in. */
const known = new WeakMap<readonly NoteMeta[], Map<string, LinkOffer[]>>();

/** The notes there are, by title, file's name and alias. */
export async function nameOffers(ctx: AppContext, from: LinkingNote): Promise<LinkOffer[]> {
  const notes = await freshNoteList(ctx);
  const root = rootOfPath(from.importPath ?? from.path);
  let byRoot = known.get(notes);
  if (!byRoot) {
    byRoot = new Map();
    known.set(notes, byRoot);
  }
  let offers = byRoot.get(root);
  if (!offers) {
    offers = offersOf(notes, root);
    byRoot.set(root, offers);
  }
  return offers;
}

/**
 * Each name of each note, with what is inserted for it: a name that several notes have with its path.
 *
 * @param root the picked folder that paths may begin below
 */
export function offersOf(notes: readonly NoteMeta[], root: string): LinkOffer[] {
  const times = new Map<string, number>();
  const names = notes.map((note) => {
    const { title, path } = note;
    const file = withoutNoteExtension(fileOfPath(path));
    const own = [...new Set([title, file].map((name) => name.trim()))].filter(isLinkable);
    for (const key of new Set(own.map(nameKey))) times.set(key, (times.get(key) ?? 0) + 1);
    return { note, title: title.trim(), file, own };
  });
  const isTaken = (name: string): boolean => (times.get(nameKey(name)) ?? 0) > 1;
  const offers: LinkOffer[] = [];
  for (const { note, title, file, own } of names) {
    const path = pathBelow(note.path, root);
    const short = own.find((name) => !isTaken(name));
    /** What leads to the note for sure, or as nearly as can be. */
    const target = short ?? (path.includes('/') && isLinkable(path) ? path : own[0]);
    if (target === undefined) continue;
    const folder = folderOfPath(path);
    for (const name of own) {
      const taken = isTaken(name);
      const insert = !taken
        ? name
        : name === file || target === name
          ? target
          : `${target}|${name}`;
      const others = name === title ? '' : title;
      offers.push({ label: name, insert, detail: taken ? folder : others });
    }
    for (const alias of note.aliases ?? []) {
      if (!isLinkable(alias) || own.includes(alias)) continue;
      offers.push({ label: alias, insert: `${target}|${alias}`, leadsTo: title || file });
    }
  }
  return offers;
}

/**
 * Headings or blocks of the note that a link begins to name.
 *
 * @param target what stands before `#`; '' for the note itself
 * @param own the text as it is being written
 */
export async function placeOffers(
  ctx: AppContext,
  from: LinkingNote,
  target: string,
  kind: 'headings' | 'blocks',
  own: string,
): Promise<LinkOffer[]> {
  const text = await textOf(ctx, from, target, own);
  if (text === null) return [];
  const doc = readNote(text);
  if (kind === 'headings') {
    return headingsOf(doc, MOST_PLACES).flatMap(({ text: words }) => {
      const insert = linkableText(words);
      return insert === '' ? [] : [{ label: words, insert }];
    });
  }
  return blocksOf(doc)
    .slice(0, MOST_PLACES)
    .map((block) => ({
      label: block.id,
      insert: block.id,
      detail: blockWords(doc, block, LONGEST_WORDS),
    }));
}

async function textOf(
  ctx: AppContext,
  from: LinkingNote,
  target: string,
  own: string,
): Promise<string | null> {
  if (target.trim() === '') return own;
  const notes = await freshNoteList(ctx);
  const found = linkIndexOf(notes).resolve({ kind: 'name', written: target }, from);
  if (!found) return null;
  if (found.id === from.id) return own;
  return (await ctx.notes.get(found.id))?.text ?? null;
}
