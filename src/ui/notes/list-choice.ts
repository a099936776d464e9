/** What of all notes the list shows, and in which order. Pure. */

import { fileOfPath, folderOfPath } from '../../paths.ts';
import { tagKey } from '../../storage/notes/given-tags.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { fileName } from '../core/file-name.ts';
import type { ListChoice, Sort } from '../core/router.ts';

const collator = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' });

/** How notes are compared; null: as they come, last changed first. */
const ORDERS: Record<Sort, ((a: NoteMeta, b: NoteMeta) => number) | null> = {
  // As they come.
  modified: null,
  created: (a, b) => b.created - a.created,
  title: (a, b) => collator.compare(a.title, b.title),
};

/**
 * A folder holds what lies in its folders too, a tag what is tagged with its parts (`work/plans`).
 */
const within = (whole: string, part: string): boolean =>
  part === whole || part.startsWith(`${whole}/`);

/** @param notes newest first; pinned ones lead whatever the order */
export function chooseNotes(notes: readonly NoteMeta[], choice: ListChoice): NoteMeta[] {
  const { folder, tag, sort = 'modified' } = choice;
  const wanted = tag === undefined ? undefined : tagKey(tag).replace(/\/+$/, '');
  const pinned: NoteMeta[] = [];
  const others: NoteMeta[] = [];
  for (const note of notes) {
    if (folder !== undefined && !inFolder(note, folder)) continue;
    if (wanted !== undefined && !note.tags.some((one) => within(wanted, tagKey(one)))) continue;
    (note.pinned ? pinned : others).push(note);
  }
  const order = ORDERS[sort];
  if (order) {
    pinned.sort(order);
    others.sort(order);
  }
  return pinned.length > 0 ? pinned.concat(others) : others;
}

const inFolder = ({ path }: NoteMeta, folder: string): boolean =>
  folder === '' ? folderOfPath(path) === '' : within(folder, folderOfPath(path));

export interface Named {
  name: string;
  count: number;
}

/** All folders with the notes in and below them, by name; '' for none comes first. */
export function foldersOf(notes: readonly NoteMeta[]): Named[] {
  return counted(notes, ({ path }) => {
    const folder = folderOfPath(path);
    if (folder === '') return [''];
    const names: string[] = [];
    for (let at = folder.indexOf('/'); at >= 0; at = folder.indexOf('/', at + 1)) {
      names.push(folder.slice(0, at));
    }
    return [...names, folder];
  });
}

/** Every tag, and what it is part of, with the number of notes, by name; case makes no other tag. */
export function tagsOf(notes: readonly NoteMeta[]): Named[] {
  const spelled = new Map<string, string>();
  return counted(notes, ({ tags }) => {
    const own = new Set<string>();
    for (const tag of tags) {
      for (let end = tag.indexOf('/'); end !== 0; end = tag.indexOf('/', end + 1)) {
        const name = end < 0 ? tag : tag.slice(0, end);
        const key = tagKey(name);
        if (!spelled.has(key)) spelled.set(key, name);
        own.add(spelled.get(key)!);
        if (end < 0) break;
      }
    }
    return [...own];
  });
}

function counted(notes: readonly NoteMeta[], of: (note: NoteMeta) => readonly string[]): Named[] {
  const counts = new Map<string, number>();
  for (const note of notes) {
    for (const name of of(note)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, count]) => ({ name, count }))
    .sort((a, b) => collator.compare(a.name, b.name));
}

/** What stands between commas, without `#` and without doubles. */
export function readTags(text: string): string[] {
  const tags = text.split(',').map((tag) => tag.trim().replace(/^#+/, '').replace(/\s+/g, ' '));
  return [...new Set(tags.filter(Boolean))];
}

/** A folder as typed: without slashes at its ends, or what a path cannot hold. */
export const readFolder = (text: string): string =>
  text
    .split(/[/\\]/)
    .map((part) => part.trim())
    .filter((part) => part && part !== '.' && part !== '..')
    .join('/');

/** The path of a note in another folder; no two notes share one. `taken` learns it. */
export function movedPath(note: NoteMeta, folder: string, taken: Set<string>): string {
  const file = fileOfPath(note.path) || `${fileName(note.title)}.md`;
  // Written here, and in no folder: it never had a path.
  if (folder === '' && folderOfPath(note.path) === '') return note.path;
  const wanted = folder ? `${folder}/${file}` : file;
  const path = wanted === note.path ? wanted : freePath(wanted, taken);
  taken.add(path);
  return path;
}

/**
 * This path, or with a number the next that is not taken; '' stays, as any number of notes have it.
 */
export function freePath(wanted: string, taken: ReadonlySet<string>): string {
  const slash = wanted.lastIndexOf('/');
  const dot = wanted.lastIndexOf('.');
  const end = dot > slash + 1 ? dot : wanted.length;
  let path = wanted;
  for (let i = 2; path && taken.has(path); i++) {
    path = `${wanted.slice(0, end)} ${i}${wanted.slice(end)}`;
  }
  return path;
}
