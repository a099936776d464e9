/** Notes that are conflict copies of others. Pure. */
import { type CopyName, copyNameOf } from '../../copy-names.ts';
import { mayBeCopy } from '../../may-be-copy.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';

/** A note and the one that it is a copy of. */
export interface Copy {
  note: NoteMeta;
  base: NoteMeta;
  kind: CopyName['kind'];
}

const fileOf = ({ importPath, path }: Pick<NoteMeta, 'importPath' | 'path'>): string =>
  importPath ?? path;
/** Disks differ in the form of Unicode and in case. */
const keyOf = (path: string): string => path.normalize('NFC').toLowerCase();

/** All whose name says so and whose base note is there: without it a copy is a note like any other. */
export function copiesAmong(notes: readonly NoteMeta[]): Copy[] {
  const named = notes.flatMap((note) => {
    const name = mayBeCopy(note) ? copyNameOf(fileOf(note)) : null;
    return name ? [{ note, name }] : [];
  });
  if (named.length === 0) return [];
  const byFile = new Map(notes.map((note) => [keyOf(fileOf(note)), note]));
  const copies = named.flatMap(({ note, name }): Copy[] => {
    const base = byFile.get(keyOf(name.base));
    return base && base.id !== note.id ? [{ note, base, kind: name.kind }] : [];
  });
  // A copy of a copy belongs to the note that both are of.
  const baseOf = new Map(copies.map(({ note, base }) => [note.id, base]));
  for (const one of copies) {
    for (let up = baseOf.get(one.base.id), steps = 0; up && steps < 10; steps++) {
      if (up.id === one.note.id) break;
      one.base = up;
      up = baseOf.get(up.id);
    }
  }
  return copies;
}

/** Share of words that two texts must have in common to be near. */
const NEAR = 0.6;

/** Whether two texts are near: most of their words, in any order, are the same. */
export function isNear(a: string, b: string): boolean {
  if (a === b) return true;
  const [some, others] = [wordsOf(a), wordsOf(b)];
  const total = some.length + others.length;
  if (total === 0) return true;
  const counts = new Map<string, number>();
  for (const word of some) counts.set(word, (counts.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of others) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    common++;
  }
  return (2 * common) / total >= NEAR;
}

const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean);
