/** Notes that say nearly the same in the same words. Pure. */

export interface NoteTerms {
  id: string;
  /** Numbers of its terms, each once. */
  terms: Uint32Array;
  /** Words of title and text. */
  words: number;
}

/** Shared terms of all terms, from which on two notes count as the same. */
const NEARLY = 0.9;
/** Notes with fewer terms must have the very same: one of ten is too much to differ by. */
const FEW_TERMS = 10;
/** Minwise hashing (Broder, 1997): bands of rows; a pair of 0.9 is missed once in ten thousand. */
const BANDS = 16;
const ROWS = 6;
/** A band's bucket of more notes than this is compared with its first only: a template's notes. */
const MOST_COMPARED = 50;

/**
 * Groups of ids, each a note and what is nearly the same, in the order given. About 30 µs a
 * note of 300 terms.
 * @param pause called now and then, to yield
 */
export async function nearlySame(
  notes: readonly NoteTerms[],
  pause: () => Promise<void> = async () => {},
): Promise<string[][]> {
  const parents = notes.map((_, i) => i);
  const rootOf = (i: number): number => {
    let root = i;
    while (parents[root] !== root) root = parents[root]!;
    parents[i] = root;
    return root;
  };
  const signature = new Uint32Array(BANDS * ROWS);
  /** By band and hash of its rows. */
  const buckets = new Map<number, number[]>();
  for (const [i, note] of notes.entries()) {
    if (i % 64 === 63) await pause();
    if (note.terms.length === 0) continue;
    sign(note.terms, signature);
    for (let band = 0; band < BANDS; band++) {
      let key = 0;
      for (let row = 0; row < ROWS; row++) {
        key = Math.imul(key ^ signature[band * ROWS + row]!, 0x01000193) >>> 0;
      }
      key += band * 2 ** 32;
      const bucket = buckets.get(key);
      if (bucket) bucket.push(i);
      else buckets.set(key, [i]);
    }
  }
  let looked = 0;
  for (const bucket of buckets.values()) {
    if (++looked % 1024 === 0) await pause();
    for (let a = 0; a < Math.min(bucket.length, MOST_COMPARED); a++) {
      const others = bucket.length > MOST_COMPARED && a > 0 ? 0 : bucket.length;
      for (let b = a + 1; b < others; b++) {
        const [one, other] = [bucket[a]!, bucket[b]!];
        if (rootOf(one) === rootOf(other)) continue;
        if (areNearlySame(notes[one]!, notes[other]!)) {
          parents[Math.max(rootOf(one), rootOf(other))] = Math.min(rootOf(one), rootOf(other));
        }
      }
    }
  }
  const groups = new Map<number, string[]>();
  for (const [i, { id }] of notes.entries()) {
    const group = groups.get(rootOf(i));
    if (group) group.push(id);
    else groups.set(rootOf(i), [id]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function areNearlySame(a: NoteTerms, b: NoteTerms): boolean {
  const [few, many] = [a.terms, b.terms].sort((x, y) => x.length - y.length) as [
    Uint32Array,
    Uint32Array,
  ];
  if (few.length < NEARLY * many.length) return false;
  if (Math.min(a.words, b.words) < NEARLY * Math.max(a.words, b.words)) return false;
  const known = new Set(few);
  let shared = 0;
  for (const term of many) if (known.has(term)) shared++;
  if (few.length < FEW_TERMS) return shared === many.length && a.words === b.words;
  return shared / (few.length + many.length - shared) >= NEARLY;
}

/** The least of each of many hashes of the terms: equal in as great a share as terms are shared. */
function sign(terms: Uint32Array, into: Uint32Array): void {
  into.fill(0xffffffff);
  for (const term of terms) {
    let state = Math.imul(term + 1, 0x9e3779b1) >>> 0;
    for (let i = 0; i < into.length; i++) {
      // xorshift: each step is another hash.
      state ^= state << 13;
      state ^= state >>> 17;
      state ^= state << 5;
      const hash = state >>> 0;
      if (hash < into[i]!) into[i] = hash;
    }
  }
}
