/** Links that no longer lead where they led, leading there again. Pure. */
import type { NoteDocument } from '../../../markdown/document.ts';
import { type Link, linksOf } from '../../../markdown/links.ts';
import { isNoteFile, withoutNoteExtension } from '../../../note-files.ts';
import { folderOfPath, joinPath, relativePath, rootOfPath } from '../../../paths.ts';
import type { NoteMeta } from '../../../storage/notes/index.ts';
import {
  type Destination,
  type LinkIndex,
  type LinkingNote,
  type LinkTarget,
  readAddress,
} from '../../../storage/notes/link-index.ts';
import { nameKey, pathBelow } from '../../../storage/notes/link-names.ts';
import { noteTarget } from '../../../storage/notes/read-links.ts';
import { isLinkable } from '../linkable.ts';

/** All notes and the linking one, at one time. */
export interface Then {
  index: LinkIndex;
  from: LinkingNote;
}

export interface Mended {
  text: string;
  /** Links that lead there again. */
  mended: number;
  /** Links that led there and cannot. */
  broken: number;
}

/**
 * Writes anew the targets of the links that led to some notes before and do not now. What is shown for
 * them, their headings and blocks stay; code has no links.
 *
 * @param moved the notes as they are now, by id: links to others stay
 */
export function mendLinks(
  doc: NoteDocument,
  before: Then,
  after: Then,
  moved: ReadonlyMap<string, NoteMeta>,
): Mended {
  const isWayTo = (target: LinkTarget, from: LinkingNote, id: string): boolean => {
    const now = moved.get(id);
    return now !== undefined && target.kind === 'address' && isRelative(target, from, now);
  };
  const changes = new Map<number, { to: number; insert: string }>();
  let mended = 0;
  let broken = 0;
  for (const link of linksOf(doc)) {
    const target = noteTarget(link);
    const led = target && before.index.resolve(target, before.from);
    const note = led && moved.get(led.id);
    if (!target || !led || !note) continue;
    const leads = after.index.resolve(target, after.from)?.id === led.id;
    // Elsewhere a path is taken to the letter.
    const isWay = !isWayTo(target, before.from, led.id) || isWayTo(target, after.from, led.id);
    if (leads && isWay) continue;
    const insert = newTarget(doc.text, { link, target, led }, note, after);
    if (insert === null) {
      broken++;
      continue;
    }
    mended++;
    const { from, to } = link.targetRange;
    // Several links by one label have one address.
    changes.set(from, { to, insert });
  }
  let text = '';
  let at = 0;
  for (const [from, { to, insert }] of [...changes].sort(([a], [b]) => a - b)) {
    text += doc.text.slice(at, from) + insert;
    at = to;
  }
  return { text: text + doc.text.slice(at), mended, broken };
}

/** Whether a path leads to a note by its parts alone. */
function isRelative({ written }: LinkTarget, from: LinkingNote, { path }: NoteMeta): boolean {
  const key = (one: string): string => nameKey(withoutNoteExtension(one));
  const way = joinPath(folderOfPath(from.path), readAddress(written).target);
  return way !== null && path !== '' && key(way) === key(path);
}

interface Led {
  link: Link;
  target: LinkTarget;
  led: Destination;
}

/**
 * The name by which a link leads to a note, from where it stands: its title, else its path.
 * @returns null where none does
 */
export function nameFor(note: NoteMeta, { index, from }: Then): string | null {
  const leads = (written: string): boolean =>
    index.resolve({ kind: 'name', written }, from)?.id === note.id;
  return namesOf(note, from).find((name) => isLinkable(name) && leads(name)) ?? null;
}

/** What is to stand for a link's target; null where nothing would lead there. */
function newTarget(
  text: string,
  { link, target, led }: Led,
  note: NoteMeta,
  then: Then,
): string | null {
  const { index, from } = then;
  if (target.kind === 'name') {
    const place = led.place === '' ? '' : `#${led.place}`;
    const name = nameFor(note, then);
    return name === null ? null : name + place;
  }
  const raw = text.slice(link.targetRange.from, link.targetRange.to).replace(/^<|>$/g, '');
  const hash = raw.indexOf('#');
  const ending = isNoteFile(readAddress(target.written).target) ? '.md' : '';
  const path = note.path
    ? relativePath(folderOfPath(from.path), note.path)
    : note.title.trim() + ending;
  const address = asAddress(path);
  const leads = index.resolve({ kind: 'address', written: address }, from)?.id === note.id;
  return leads ? address + (hash < 0 ? '' : raw.slice(hash)) : null;
}

/** The shortest first. */
function namesOf({ title, path }: NoteMeta, from: LinkingNote): string[] {
  const root = rootOfPath(from.importPath ?? from.path);
  return [title.trim(), pathBelow(path, root), withoutNoteExtension(path)];
}

/** A path as it can stand in parentheses. */
const asAddress = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(
        /[()]/g,
        (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join('/');
