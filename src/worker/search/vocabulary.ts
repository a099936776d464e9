/** Every word that notes have, folded, with its term: for unfinished and misspelt words. */
export class Vocabulary {
  readonly #terms = new Map<string, string>();
  /** By first character: what is typed is looked for among a fraction only. */
  readonly #byFirst = new Map<string, string[]>();

  /** While it is pruned: the words that were met since it began. */
  #met: Set<string> | null = null;

  /** A word as it stands in a note, folded, and its term; known ones change nothing. */
  add(word: string, term: string): void {
    this.#met?.add(word);
    if (this.#terms.has(word)) return;
    this.#terms.set(word, term);
    const first = firstOf(word);
    const bucket = this.#byFirst.get(first);
    if (bucket) bucket.push(word);
    else this.#byFirst.set(first, [word]);
  }

  /** Every word with its term. */
  words(): IterableIterator<[word: string, term: string]> {
    return this.#terms.entries();
  }

  /** Forgets every word. */
  clear(): void {
    this.#terms.clear();
    this.#byFirst.clear();
  }

  /**
   * Begins to prune: nobody counts in how many notes a word is, so words of notes that are gone are
   * still here. All notes are to be told by `meet`; those that are added meanwhile count too.
   */
  beginPrune(): void {
    this.#met = new Set();
  }

  /** While it is pruned: this word is still in a note. */
  meet(word: string): void {
    this.#met?.add(word);
  }

  /** @param drop whether all words that were not met go */
  endPrune(drop: boolean): void {
    const met = this.#met;
    this.#met = null;
    if (!met || !drop) return;
    const kept = [...this.#terms].filter(([word]) => met.has(word));
    this.clear();
    for (const [word, term] of kept) this.add(word, term);
  }

  /** Terms of words that begin so and go on, with the share of the word that is there already. */
  beginningWith(prefix: string): Map<string, number> {
    if (HANGUL.test(prefix.at(-1) ?? '')) return this.#beginningInLetters(prefix);
    const found = new Map<string, number>();
    for (const word of this.#byFirst.get(firstOf(prefix)) ?? []) {
      if (word.length <= prefix.length || !word.startsWith(prefix)) continue;
      this.#meetBeginning(found, word, prefix.length / word.length);
    }
    return found;
  }

  /** By the letters of its syllables: the last one may be half typed. */
  #beginningInLetters(prefix: string): Map<string, number> {
    const found = new Map<string, number>();
    const letters = prefix.normalize('NFKD');
    for (const [first, bucket] of this.#byFirst) {
      if (!HANGUL.test(first)) continue;
      const begins = first.normalize('NFKD');
      if (!begins.startsWith(letters) && !letters.startsWith(begins)) continue;
      for (const word of bucket) {
        const whole = word.normalize('NFKD');
        if (word === prefix || !whole.startsWith(letters)) continue;
        this.#meetBeginning(found, word, letters.length / whole.length);
      }
    }
    return found;
  }

  #meetBeginning(found: Map<string, number>, word: string, share: number): void {
    const term = this.#terms.get(word)!;
    found.set(term, Math.max(found.get(term) ?? 0, share));
  }

  /** Terms of words that differ in a letter or two, or in the first alone, with the edits needed. */
  near(word: string): Map<string, number> {
    const found = new Map<string, number>();
    const most = word.length < 5 ? 0 : word.length < 8 ? 1 : 2;
    if (most === 0) return found;
    for (const other of this.#byFirst.get(firstOf(word)) ?? []) {
      if (Math.abs(other.length - word.length) > most) continue;
      const edits = editDistance(word, other, most);
      if (edits === 0 || edits > most) continue;
      const term = this.#terms.get(other)!;
      found.set(term, Math.min(found.get(term) ?? edits, edits));
    }
    if (found.size === 0) for (const term of this.#otherFirst(word)) found.set(term, 1);
    return found;
  }

  /** Words that are one edit away. */
  oneEditFrom(word: string): string[] {
    const found = new Set<string>();
    for (const other of this.#byFirst.get(firstOf(word)) ?? []) {
      if (Math.abs(other.length - word.length) <= 1 && editDistance(word, other, 1) === 1) {
        found.add(other);
      }
    }
    for (const other of this.#withOtherFirst(word)) found.add(other);
    return [...found];
  }

  /** Terms of words whose first letter is another, is missing, is one too many or in second place. */
  *#otherFirst(word: string): Generator<string> {
    for (const other of this.#withOtherFirst(word)) yield this.#terms.get(other)!;
  }

  *#withOtherFirst(word: string): Generator<string> {
    const rest = word.slice(1);
    const others = [rest, word.charAt(1) + word.charAt(0) + word.slice(2)];
    for (const first of this.#byFirst.keys()) {
      if (LETTER.test(first)) others.push(first + word, first + rest);
    }
    for (const other of others) {
      if (other !== word && this.#terms.has(other)) yield other;
    }
  }
}

/** Syllables of Korean, and their letters as they are typed. */
const HANGUL = /[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/;
/** Of a script that is written in letters. */
const LETTER = /^\p{Ll}$/u;

const firstOf = (word: string): string => String.fromCodePoint(word.codePointAt(0) ?? 0);

/**
 * Insertions, deletions, substitutions and swaps of neighbours that lead from one word to another,
 * UTF-16 units; `most` + 1 when there are more. (Optimal string alignment.)
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, before[j - 2]! + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > most) return most + 1;
    before = last;
    last = row;
  }
  return Math.min(last[b.length]!, most + 1);
}
