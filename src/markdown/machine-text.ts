/**
 * Finds what machines wrote for machines: encoded pictures, keys, hashes, minified code. Nobody reads
 * or searches it, and a single picture would make hundreds of passages.
 */
import type { Range } from './grammar.ts';
import type { Piece } from './piece.ts';

/** Shortest run without a space that may be encoded bytes, characters: 30 bytes in base64. */
const LEAST_ENCODED = 40;
/** Shortest hash, digits of 4 bits: MD5's. */
const LEAST_HASH = 32;
/**
 * Share of neighbours of different kinds (capital, small letter, digit, sign) above which a run is
 * random: of base64 .64, of words in camel case .33 at most.
 */
const RANDOM = 0.45;
/** Shortest line that may be minified code, characters … */
const LEAST_MINIFIED = 500;
/** … with at most this share of spaces … */
const MINIFIED_SPACES = 0.08;
/** … and at least this share of signs. */
const MINIFIED_SIGNS = 0.1;
/** Shortest drawing (SVG) that is left out without a long path, characters. */
const LEAST_DRAWING = 2_000;
/** What a logbook may begin with. */
const LOGBOOK = ['CLOCK: [', 'id:: ', ':LOGBOOK:'];
/** An address that leads up to a run is looked for in so many characters before it. */
const LONGEST_ADDRESS = 300;
/** UUIDs, one a line, from which they are a list made by a machine. */
const LEAST_UUIDS = 4;

/** Kinds of characters that encoded bytes are written with; 0 for all others. */
const KIND = new Uint8Array(128);
const setKind = (kind: number, from: string, to = from): void => {
  KIND.fill(kind, from.charCodeAt(0), to.charCodeAt(0) + 1);
};
setKind(1, 'a', 'z');
setKind(2, 'A', 'Z');
setKind(3, '0', '9');
for (const sign of '+/=_-') setKind(4, sign);
const DIGIT = 3;

/** What a machine wrote: bytes as text, hashes and ids; keys; drawings; code; times and ids. */
export const MACHINE_KINDS = ['encoded', 'key', 'drawing', 'minified', 'logbook'] as const;
export type MachineKind = (typeof MACHINE_KINDS)[number];

export interface MachineRange extends Range {
  /** Of what begins first, where two overlap. */
  kind: MachineKind;
}

/** Ranges of a text that are a machine's, in order and apart. Linear. */
export function machineText(text: string): MachineRange[] {
  const found: MachineRange[] = [];
  const add = (kind: MachineKind, ranges: Range[]): void => {
    for (const { from, to } of ranges) found.push({ from, to, kind });
  };
  add('encoded', encoded(text));
  if (text.includes('-----BEGIN ')) add('key', armour(text));
  if (text.includes('<svg') || text.includes('<SVG')) add('drawing', drawings(text));
  if (text.length >= LEAST_MINIFIED) add('minified', minified(text));
  if (LOGBOOK.some((sign) => text.includes(sign))) add('logbook', logbook(text));
  return merged(found);
}

function merged(ranges: MachineRange[]): MachineRange[] {
  ranges.sort((a, b) => a.from - b.from || b.to - a.to);
  const apart: MachineRange[] = [];
  for (const range of ranges) {
    const last = apart.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else apart.push(range);
  }
  return apart;
}

/** Encoded bytes, hashes and lists of UUIDs: long runs without a space. */
function encoded(text: string): Range[] {
  const found: Range[] = [];
  let uuids: Range[] = [];
  const endList = (): void => {
    if (uuids.length >= LEAST_UUIDS) found.push(...uuids);
    uuids = [];
  };
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : 0;
    if (code < 128 && KIND[code] !== 0) continue;
    const from = start;
    const length = i - from;
    start = i + 1;
    // Nearly every word.
    if (length === 0 || (length < LEAST_HASH && found.length === 0)) continue;
    const run = { from, to: i };
    if (length === 36 && UUID.test(text.slice(run.from, run.to))) {
      if (!isNextLine(text, uuids.at(-1), run)) endList();
      uuids.push(run);
    } else if (length >= LEAST_HASH) {
      const isOne = isHash(text, run) || isRandom(text, run);
      if (isOne && !isInAddress(text, run.from)) found.push(run);
    } else if (isRest(text, run, found.at(-1))) {
      found.push(run);
    }
  }
  endList();
  return found;
}

const UUID_WITHIN = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Whether a run stands in the line after another, both but for quotes and a list's sign alone. */
const isNextLine = (text: string, last: Range | undefined, { from }: Range): boolean =>
  last !== undefined &&
  from - last.to < 40 &&
  /^[\])}"',; \t]*\r?\n[ \t]*(?:[-*+] )?["'{(]?$/.test(text.slice(last.to, from));

/** The last line of bytes that were broken into lines: the line above is of the same. */
function isRest(text: string, { from, to }: Range, last: Range | undefined): boolean {
  if (!last || from - last.to > 40 || last.to - last.from < LEAST_ENCODED) return false;
  const between = text.slice(last.to, from);
  return /^\r?\n[ \t>]*$/.test(between) && (to === text.length || /[\r\n]/.test(text[to]!));
}

/** An address is shown and found as it stands. */
function isInAddress(text: string, from: number): boolean {
  const least = Math.max(0, from - LONGEST_ADDRESS);
  for (let i = from - 1; i >= least && !/\s/.test(text[i]!); i--) {
    if (text.startsWith('://', i)) return true;
  }
  return false;
}

const isHash = (text: string, { from, to }: Range): boolean => {
  const run = text.slice(from, to);
  return /^(?:[0-9a-f]+|[0-9A-F]+)$/.test(run) && /\d/.test(run) && /[a-f]/i.test(run);
};

function isRandom(text: string, { from, to }: Range): boolean {
  if (to - from < LEAST_ENCODED) return false;
  // A path or a name with a UUID in it.
  if (to - from < 36 + LEAST_ENCODED && UUID_WITHIN.test(text.slice(from, to))) return false;
  let changes = 0;
  let digits = 0;
  for (let i = from; i < to; i++) {
    const kind = KIND[text.charCodeAt(i)]!;
    if (kind === DIGIT) digits++;
    if (i > from && kind !== KIND[text.charCodeAt(i - 1)]) changes++;
  }
  return digits > 0 && changes > RANDOM * (to - from);
}

/** Keys and enciphered messages, from their first line to their last. */
function armour(text: string): Range[] {
  const found: Range[] = [];
  const begun = new Map<string, number>();
  const marks = /-----(BEGIN|END) ([A-Z0-9 ]{1,60})-----/g;
  for (const { 0: mark, 1: which, 2: what, index } of text.matchAll(marks)) {
    // What is signed is a person's.
    if (what === 'PGP SIGNED MESSAGE') continue;
    const from = begun.get(what!);
    if (which === 'BEGIN') begun.set(what!, index);
    else if (from !== undefined) found.push({ from, to: index + mark.length });
  }
  return found;
}

function drawings(text: string): Range[] {
  const found: Range[] = [];
  const end = /<\/svg\s*>/gi;
  for (const { index } of text.matchAll(/<svg\b/gi)) {
    if (index < (found.at(-1)?.to ?? 0)) continue;
    end.lastIndex = index;
    const close = end.exec(text);
    // Without an end there is none further on, either.
    if (!close) break;
    const to = close.index + close[0].length;
    if (isDrawn(text, index, to)) found.push({ from: index, to });
  }
  return found;
}

/** Whether a drawing was drawn, not typed: by a long path, or its length. */
const isDrawn = (text: string, from: number, to: number): boolean =>
  to - from >= LEAST_DRAWING || /\sd="[^"]{100}/.test(text.slice(from, to));

function minified(text: string): Range[] {
  const found: Range[] = [];
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from);
    const to = end < 0 ? text.length : end;
    if (to - from >= LEAST_MINIFIED && isMinified(text, from, to)) found.push({ from, to });
    from = to + 1;
  }
  return found;
}

function isMinified(text: string, from: number, to: number): boolean {
  let spaces = 0;
  let signs = 0;
  for (let i = from; i < to; i++) {
    const char = text[i]!;
    if (char === ' ' || char === '\t') spaces++;
    else if ('{}();,:=[]"!&|?'.includes(char)) signs++;
  }
  const length = to - from;
  return spaces <= MINIFIED_SPACES * length && signs >= MINIFIED_SIGNS * length;
}

/** What Logseq and Org keep beside a block: its times and its id. */
function logbook(text: string): Range[] {
  const line = /^[ \t]*(?:CLOCK: \[[^\n]*|(?:[-*+] )?id:: [0-9a-f-]{36}[ \t]*|:LOGBOOK:|:END:)$/gim;
  return Array.from(text.matchAll(line), ({ 0: all, index }) => ({
    from: index,
    to: index + all.length,
  }));
}

const MACHINE = { kind: 'hidden', what: 'machine' } as const;

/** Pieces of a note with a machine's text hidden in them. */
export function hideMachineText(text: string, pieces: readonly Piece[]): readonly Piece[] {
  const ranges = machineText(text);
  if (ranges.length === 0) return pieces;
  const written: Piece[] = [];
  let next = 0;
  for (const piece of pieces) {
    let at = piece.from;
    while (ranges[next] && ranges[next]!.to <= at) next++;
    if (piece.kind !== 'text') {
      const isInside = ranges[next] && ranges[next]!.from <= at && piece.to <= ranges[next]!.to;
      // What is between two lines stays between them.
      const isRead = piece.kind === 'replaced' && piece.by.trim() !== '';
      written.push(isInside && isRead ? { from: at, to: piece.to, ...MACHINE } : piece);
      continue;
    }
    for (let i = next; i < ranges.length && ranges[i]!.from < piece.to; i++) {
      const from = Math.max(at, ranges[i]!.from);
      const to = Math.min(piece.to, ranges[i]!.to);
      if (from > at) written.push({ from: at, to: from, kind: 'text' });
      written.push({ from, to, ...MACHINE });
      at = to;
    }
    if (at < piece.to) written.push({ from: at, to: piece.to, kind: 'text' });
  }
  return written;
}
