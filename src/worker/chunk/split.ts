import type { BlockKind } from './blocks';
import { splitsPair } from './token-counter';

/** A range of a block, UTF-16 code units relative to the block, end exclusive. */
export interface Piece {
  start: number;
  end: number;
}

/** How `splitBlock` measures text; both take masked text. */
export interface Measure {
  /** Estimated tokens; need not look further once it is above `limit`. */
  estimate(text: string, limit: number): number;
  /** Whether the text really fits; asked only of text whose estimate is within the budget. */
  fits(text: string): boolean;
}

interface Atom extends Piece {
  cost: number;
  /** How good a place the atom's start is for a cut; higher is better. */
  strength: number;
}

/** Yields the cuts strictly inside a piece, in order. */
type Level = (raw: string, masked: string, piece: Piece) => Iterable<number>;

/**
 * Splits a block that does not fit into pieces that do, at the best places near the middle:
 * list items, rows and blank lines before sentences, those before lines, words and hard cuts.
 *
 * Among equally good places the one with the least hash of what follows is taken, as in a treap.
 * So an edit moves the cuts around it and leaves those elsewhere alone, where filling pieces up
 * from the front would move all that follow.
 *
 * @param raw the block's source
 * @param masked its `mask`, of the same length
 * @param budget tokens a piece may have by `measure.estimate`
 * @returns pieces in order that together are the whole block
 */
export function splitBlock(
  kind: BlockKind,
  raw: string,
  masked: string,
  budget: number,
  measure: Measure,
): Piece[] {
  const atoms: Atom[] = [];
  collectAtoms(LEVELS[kind], raw, masked, { start: 0, end: raw.length }, budget, measure, atoms);
  return groupAtoms(atoms, masked, budget, measure);
}

function collectAtoms(
  levels: Level[],
  raw: string,
  masked: string,
  piece: Piece,
  budget: number,
  measure: Measure,
  out: Atom[],
): void {
  const [level, ...finer] = levels;
  const cuts = level ? level(raw, masked, piece) : halve(masked, piece);
  let start = piece.start;
  const add = (end: number) => {
    const cost = measure.estimate(masked.slice(start, end), budget);
    const first = out.length;
    if (cost <= budget || isOneCharacter(masked, start, end)) {
      out.push({ start, end, cost, strength: levels.length });
    } else {
      collectAtoms(finer, raw, masked, { start, end }, budget, measure, out);
    }
    const atom = out[first];
    if (atom) atom.strength = levels.length;
    start = end;
  };
  for (const cut of cuts) add(cut);
  add(piece.end);
}

function groupAtoms(atoms: Atom[], masked: string, budget: number, measure: Measure): Piece[] {
  const sums = new Float64Array(atoms.length + 1);
  const hashes = new Uint32Array(atoms.length);
  atoms.forEach((atom, i) => {
    sums[i + 1] = sums[i]! + atom.cost;
    hashes[i] = hash(masked, atom.start, atom.end);
  });

  const pieces: Piece[] = [];
  const group = (low: number, high: number): void => {
    const start = atoms[low]!.start;
    const end = atoms[high - 1]!.end;
    const cost = sums[high]! - sums[low]!;
    const fits = cost <= budget && measure.fits(masked.slice(start, end));
    if (fits || high - low < 2) {
      pieces.push({ start, end });
      return;
    }
    const cut = bestCut(atoms, sums, hashes, low, high);
    group(low, cut);
    group(cut, high);
  };
  if (atoms.length > 0) group(0, atoms.length);
  return pieces;
}

/** The atom before which to cut atoms `low` to `high` (exclusive), away from both ends. */
function bestCut(
  atoms: Atom[],
  sums: Float64Array,
  hashes: Uint32Array,
  low: number,
  high: number,
): number {
  const total = sums[high]! - sums[low]!;
  const middle = sums[low]! + total / 2;
  let best = -1;
  let nearest = low + 1;
  const distance = (i: number) => Math.abs(sums[i]! - middle);
  for (let i = low + 1; i < high; i++) {
    const away = distance(i);
    if (away < distance(nearest)) nearest = i;
    if (away > total / 4) continue;
    if (best < 0) {
      best = i;
      continue;
    }
    // Equal text hashes equal: the middle one then keeps the pieces from degenerating.
    const better =
      atoms[i]!.strength - atoms[best]!.strength ||
      hashes[best]! - hashes[i]! ||
      distance(best) - away;
    if (better > 0) best = i;
  }
  return best < 0 ? nearest : best;
}

/** FNV-1a of a slice, finished so that short texts spread too. */
function hash(text: string, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
  return (h ^ (h >>> 13)) >>> 0;
}

function* matchEnds(pattern: RegExp, text: string, piece: Piece): Iterable<number> {
  const part = text.slice(piece.start, piece.end);
  for (const match of part.matchAll(pattern)) {
    const cut = match.index + match[0].length;
    if (cut > 0 && cut < part.length) yield piece.start + cut;
  }
}

const gaps: Level = (raw, _masked, piece) => matchEnds(/\n[ \t\r]*\n/g, raw, piece);
const lines: Level = (raw, _masked, piece) => matchEnds(/\n/g, raw, piece);
const words: Level = (_raw, masked, piece) => matchEnds(/\s+/g, masked, piece);

const ABBREVIATION =
  /(?:^|[\s("“])(?:\p{L}|e\.g|i\.e|z\.B|Dr|Mr|Mrs|Ms|Prof|St|vs|cf|Fig|No|Nr)\.$/u;

const sentences: Level = function* (_raw, masked, piece) {
  const part = masked.slice(piece.start, piece.end);
  const ending =
    /[.!?…]{1,8}["'”’)\]»]{0,4}\0*["'”’)\]»]{0,4}\s+(?=[^\s\p{Ll}])|[。！？｡]+[」』”’）]*\s*/gu;
  for (const match of part.matchAll(ending)) {
    const cut = match.index + match[0].length;
    if (cut >= part.length) continue;
    const before = part.slice(Math.max(0, match.index - 8), match.index + 1);
    if (!ABBREVIATION.test(before)) yield piece.start + cut;
  }
};

/** List items; with `nested` those below the outermost level too. */
function items(nested: boolean): Level {
  return function* (raw, _masked, piece) {
    const part = raw.slice(piece.start, piece.end);
    let outermost = -1;
    for (const match of part.matchAll(/^([ \t>]*)(?:[-*+]|\d{1,9}[.)])[ \t]/gm)) {
      const indent = match[1]?.length ?? 0;
      if (outermost < 0) outermost = indent;
      if (match.index > 0 && (nested || indent < outermost + 2)) yield piece.start + match.index;
    }
  };
}

/**
 * Hard cuts, for text without spaces: where the four code units before it say so, every 16 or so,
 * hence at the same places however much is inserted before; never far apart.
 */
const slices: Level = function* (_raw, masked, piece) {
  let last = piece.start;
  for (let at = piece.start + 4; at < piece.end; at++) {
    const length = at - last;
    const cut = length >= 48 || (length >= 4 && (hash(masked, at - 4, at) & 15) === 0);
    // Beyond 80 even a pile of combining marks is cut.
    if (!cut || (length < 80 && joins(masked, at)) || splitsPair(masked, at)) continue;
    yield at;
    last = at;
  }
};

/** Whether a cut at `at` would, roughly, part a character as a person sees it. */
function joins(text: string, at: number): boolean {
  const next = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (/[\p{M}\p{Emoji_Modifier}\p{Regional_Indicator}\u200d]/u.test(next)) return true;
  return text.charCodeAt(at - 1) === 0x200d;
}

function* halve(text: string, piece: Piece): Iterable<number> {
  const middle = (piece.start + piece.end) >> 1;
  const cut = splitsPair(text, middle) ? middle + 1 : middle;
  if (cut > piece.start && cut < piece.end) yield cut;
}

function isOneCharacter(text: string, start: number, end: number): boolean {
  return end - start < 2 || (end - start === 2 && splitsPair(text, start + 1));
}

/** Finest last: the level's distance from the end is its strength. */
const TEXT_LEVELS = [sentences, lines, words, slices];
const LEVELS: Record<BlockKind, Level[]> = {
  paragraph: TEXT_LEVELS,
  heading: TEXT_LEVELS,
  list: [items(false), items(true), ...TEXT_LEVELS],
  table: [lines, ...TEXT_LEVELS],
  code: [gaps, lines, words, slices],
};
