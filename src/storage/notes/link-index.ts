/** THE rule which note a link means: the same in reading, writing, backlinks and completion. Pure. */
import { withoutNoteExtension } from '../../note-files.ts';
import {
  decodedAddress,
  fileOfPath,
  folderOfPath,
  isElsewhere,
  joinPath,
  rootOfPath,
} from '../../paths.ts';
import type { NoteMeta } from '../schema.ts';
import {
  type Facts,
  factsOf,
  isLoose,
  loosely,
  nameKey,
  pageIdOf,
  strictly,
} from './link-names.ts';

/** A link as it stands in a text. */
export interface LinkTarget {
  /** `name`: what stands in `[[…]]`; `address`: what stands in the parentheses of `[…](…)`. */
  kind: 'name' | 'address';
  /** With heading or block, without what is shown for it. */
  written: string;
}

/** The note that a link stands in. */
export type LinkingNote = Pick<NoteMeta, 'id' | 'path' | 'importPath'>;

export interface Destination {
  /** Of the note. */
  id: string;
  /** A heading (`A`, `A#B` for B below A) or a block (`^id`) in it; '' for the whole note. */
  place: string;
}

interface Named {
  note: NoteMeta;
  facts: Facts;
  /** 0: title and file name, 1: alias, 2: former title. */
  rank: number;
}

/** A `#` may be part of a name: so many are tried as its end. */
const MOST_SIGNS = 8;
/** Folders around a note that are looked at. */
const DEEPEST = 64;

const known = new WeakMap<readonly NoteMeta[], LinkIndex>();

/** That of a list of notes: made once for each list. */
export function linkIndexOf(notes: readonly NoteMeta[]): LinkIndex {
  let index = known.get(notes);
  if (!index) {
    index = new LinkIndex(notes);
    known.set(notes, index);
  }
  return index;
}

/**
 * By names a note is found by its title or its file's name, else by an alias, else by a former title.
 * Of several of one name it is the one whose path from the picked folder is just that, then one in the
 * linking note's folder or below, then one in its picked folder, then any: of several the one with the
 * shortest path. Case, Unicode form, ending and outer spaces do not matter; quotes and the ids in
 * Notion's file names only where nothing matches otherwise.
 */
export class LinkIndex {
  readonly #notes: readonly NoteMeta[];
  #strict: Level | null = null;
  #loose: Level | null = null;

  constructor(notes: readonly NoteMeta[]) {
    this.#notes = notes;
  }

  /** @returns null where there is no such note */
  resolve({ kind, written }: LinkTarget, from: LinkingNote | null): Destination | null {
    if (kind === 'address') {
      const { target, place } = readAddress(written);
      if (target === '') return place && from ? { id: from.id, place } : null;
      const id = this.#find(target, from, true);
      return id === null ? null : { id, place };
    }
    for (const { target, place } of splits(written)) {
      if (target === '') return place && from ? { id: from.id, place } : null;
      const id = this.#find(target, from, false);
      if (id !== null) return { id, place };
    }
    return null;
  }

  #find(target: string, from: LinkingNote | null, isAddress: boolean): string | null {
    this.#strict ??= new Level(this.#notes, strictly);
    const id = pageIdOf(target);
    const found = this.#strict.find(target, id, from, isAddress);
    if (found) return found.id;
    const loose = loosely(withoutNoteExtension(target));
    const plain = loose === target ? null : this.#strict.find(loose, id, from, isAddress);
    // Others have the same keys at both levels.
    this.#loose ??= new Level(this.#notes.filter(isLoose), loosely);
    return (plain ?? this.#loose.find(target, id, from, isAddress))?.id ?? null;
  }
}

/** The ways to read a name with `#` in it, the longest name first: `C#` is one. */
function* splits(written: string): Generator<{ target: string; place: string }> {
  const signs: number[] = [];
  for (let at = written.indexOf('#'); at >= 0; at = written.indexOf('#', at + 1)) {
    if (signs.push(at) === MOST_SIGNS) break;
  }
  if (signs[0] !== 0) yield { target: written.trim(), place: '' };
  for (const at of signs[0] === 0 ? [0] : signs.reverse()) {
    yield { target: written.slice(0, at).trim(), place: written.slice(at + 1).trim() };
  }
}

/** What an address leads to; `target` is '' for what is no path of a file. */
export function readAddress(written: string): { target: string; place: string } {
  if (isElsewhere(written)) return { target: '', place: '' };
  const hash = written.indexOf('#');
  const target = hash < 0 ? written : written.slice(0, hash);
  const place = hash < 0 ? '' : written.slice(hash + 1);
  return { target: decodedAddress(target).trim(), place: decodedAddress(place).trim() };
}

/** All notes by their names and paths, at one way to compare them. */
class Level {
  readonly #loosen: (key: string) => string;
  /** Of the link that is looked up. */
  #id = '';
  readonly #byName = new Map<string, Named[]>();
  readonly #byPath = new Map<string, Named[]>();
  readonly #below = new WeakMap<readonly Named[], Map<string, Named>>();
  /** By name and folder: all that a folder's path may end in. */
  readonly #folders = new Map<string, Map<string, Named[]>>();

  constructor(notes: readonly NoteMeta[], loosen: (key: string) => string) {
    this.#loosen = loosen;
    for (const note of notes) {
      const facts = factsOf(note, loosen);
      facts.names.forEach((names, rank) => {
        for (const name of names) add(this.#byName, name, { note, facts, rank });
      });
      const { path, importPath } = facts;
      if (path) add(this.#byPath, path, { note, facts, rank: 0 });
      if (importPath && importPath !== path) {
        add(this.#byPath, importPath, { note, facts, rank: 1 });
      }
    }
  }

  /** @param id that Notion put behind the name; '' for none */
  find(written: string, id: string, from: LinkingNote | null, isAddress: boolean): NoteMeta | null {
    this.#id = id;
    const target = written.replaceAll('\\', '/');
    const key = this.#loosen(nameKey(withoutNoteExtension(target)));
    if (key === '') return null;
    const found =
      (isAddress || /^\.\.?\//.test(target) ? this.#relative(target, key, from) : null) ??
      (key.includes('/')
        ? this.#byWay(target, key.replace(/^(?:\.{0,2}\/)+/, ''), from)
        : this.#named(target, key, from));
    return found?.note ?? null;
  }

  /** From the linking note's place, and from that of its file when it was imported. */
  #relative(target: string, key: string, from: LinkingNote | null): Named | null {
    for (const place of placesOf(from)) {
      const path = joinPath(this.#loosen(nameKey(folderOfPath(place))), key);
      const found = path === null ? null : this.#at(path, target);
      if (found) return found;
    }
    return null;
  }

  #named(target: string, key: string, from: LinkingNote | null): Named | null {
    for (const place of placesOf(from)) {
      const root = this.#loosen(nameKey(rootOfPath(place)));
      const found = root && this.#at(`${root}/${key}`, target);
      // Where a file lay once is no reason to take its note before others.
      if (found && found.rank === 0) return found;
    }
    // Its ending may be part of a name after all.
    const whole = this.#loosen(nameKey(target));
    return (
      (whole === key ? null : this.#nearest(this.#byName.get(whole), target, from)) ??
      this.#nearest(this.#byName.get(key), target, from)
    );
  }

  /** A name with folders before it. */
  #byWay(target: string, key: string, from: LinkingNote | null): Named | null {
    for (const place of placesOf(from)) {
      const root = this.#loosen(nameKey(rootOfPath(place)));
      const found = root && this.#at(`${root}/${key}`, target);
      if (found) return found;
    }
    const whole = this.#at(key, target);
    if (whole) return whole;
    if (key === '') return null;
    const found =
      this.#nearest(this.#inFolder(fileOfPath(key), folderOfPath(key)), target, from) ??
      // A title may hold a slash: `AC/DC`.
      this.#nearest(this.#byName.get(this.#loosen(nameKey(target))), target, from);
    if (found) return found;
    // Less than what the path begins with was imported.
    for (let at = key.indexOf('/'); at >= 0; at = key.indexOf('/', at + 1)) {
      const rest = key.slice(at + 1);
      const placed = this.#at(rest, target);
      if (placed) return placed;
      if (rest.includes('/')) continue;
      return this.#nearest(this.#inFolder(rest, ''), target, from);
    }
    return null;
  }

  /** The note of a path; where several differ in case or ending, the one that is written so. */
  #at(path: string, target: string): Named | null {
    const all = this.#byPath.get(path);
    return (all && this.#written(this.#meant(all), target)) ?? null;
  }

  #written(all: readonly Named[], target: string): Named | undefined {
    if (all.length < 2) return all[0];
    const file = fileOfPath(target).normalize('NFC').trim();
    const bare = withoutNoteExtension(file);
    const score = ({ note, rank }: Named): number => {
      const name = fileOfPath(note.path).normalize('NFC');
      return 3 * rank + (name === file ? 0 : withoutNoteExtension(name) === bare ? 1 : 2);
    };
    return all.reduce((best, one) => (score(one) < score(best) ? one : best));
  }

  /** Without those of another page: two pages of Notion that have one name differ in their ids. */
  #meant(all: readonly Named[]): readonly Named[] {
    const id = this.#id;
    if (id === '') return all;
    return all.filter(({ note }) => {
      const other = pageIdOf(note.importPath ?? note.path);
      return other === '' || other === id;
    });
  }

  /** Notes of that name in folders of that name, wherever those lie; '' for those in none. */
  #inFolder(name: string, folder: string): readonly Named[] | undefined {
    let found = this.#folders.get(name);
    if (!found) {
      found = byFolder((this.#byName.get(name) ?? []).filter(({ rank }) => rank === 0));
      this.#folders.set(name, found);
    }
    return found.get(folder);
  }

  #nearest(
    all: readonly Named[] | undefined,
    target: string,
    from: LinkingNote | null,
  ): Named | null {
    if (!all) return null;
    const meant = this.#meant(all);
    if (meant.length < 2) return meant[0] ?? null;
    let below = this.#below.get(meant);
    if (!below) {
      below = nearestBelow(meant);
      this.#below.set(meant, below);
    }
    const best = this.#bestOf(below, from);
    if (!best) return null;
    const { path } = best.facts;
    const name = target.normalize('NFC').trim();
    if (path === '') return below.get(`//${name}`) ?? best;
    // Files whose names differ in case only.
    const others = this.#byPath.get(path) ?? [];
    const isFile = fileOfPath(path) === this.#loosen(nameKey(withoutNoteExtension(name)));
    return (isFile && this.#written(others, name)) || best;
  }

  #bestOf(below: ReadonlyMap<string, Named>, from: LinkingNote | null): Named | undefined {
    const places = placesOf(from).map((place) => this.#loosen(nameKey(place)));
    for (const place of places) {
      const found = below.get(folderOfPath(place));
      if (found && folderOfPath(place) !== '') return found;
    }
    for (const place of places) {
      const found = below.get(rootOfPath(place));
      if (found && rootOfPath(place) !== '') return found;
    }
    return below.get('');
  }
}

function add(map: Map<string, Named[]>, key: string, one: Named): void {
  const all = map.get(key);
  if (!all) map.set(key, [one]);
  // Each note once, under its best rank: titles come first.
  else if (all.at(-1)!.note !== one.note) all.push(one);
}

/** By all that their folders' paths end in: `c` and `b/c` of `a/b/c/Note`. */
function byFolder(all: readonly Named[]): Map<string, Named[]> {
  const found = new Map<string, Named[]>();
  for (const one of all) {
    const { path, importPath } = one.facts;
    if (path === '') add(found, '', one);
    for (const folder of new Set([folderOfPath(path), folderOfPath(importPath)])) {
      const parts = folder.split('/').slice(-DEEPEST);
      for (let i = 0; i < parts.length && folder !== ''; i++) {
        add(found, parts.slice(i).join('/'), one);
      }
    }
  }
  return found;
}

/** Where a note lies, and where its file lay. */
function placesOf(from: LinkingNote | null): string[] {
  if (!from) return [''];
  const { path, importPath } = from;
  return importPath !== undefined && importPath !== path ? [path, importPath] : [path];
}

/**
 * The nearest of some notes of one name, by folder: for each folder that one lies in or below. Under
 * `//NAME` the one that is in no folder and is called so to the letter.
 */
function nearestBelow(all: readonly Named[]): Map<string, Named> {
  const least = all.reduce((rank, one) => Math.min(rank, one.rank), 9);
  const sorted = all
    .filter(({ rank }) => rank === least)
    .sort(
      ({ note: a }, { note: b }) =>
        a.path.length - b.path.length || a.created - b.created || (a.id < b.id ? -1 : 1),
    );
  const nearest = new Map<string, Named>();
  const put = (key: string, one: Named): void => {
    if (!nearest.has(key)) nearest.set(key, one);
  };
  for (const one of sorted) {
    const { path } = one.facts;
    put('', one);
    if (path === '') put(`//${one.note.title.normalize('NFC').trim()}`, one);
    for (let at = path.indexOf('/'); at >= 0; at = path.indexOf('/', at + 1)) {
      put(path.slice(0, at), one);
    }
  }
  return nearest;
}
