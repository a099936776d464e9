import { termsOf } from '../../words/terms.ts';

/** Between the names of one note, folded: these hold words and spaces alone. */
const BETWEEN = '\t';

/** Notes by each of their whole names (title, aliases, file), folded; and back. */
export class Titles {
  readonly #titled = new Map<string, Set<string>>();
  readonly #titles = new Map<string, string>();

  /** A note's names, folded, as `set` takes them; '' for none. */
  of(id: string): string {
    return this.#titles.get(id) ?? '';
  }

  /** Notes with a name that is just this, but for case, accents and punctuation. */
  having(title: string): ReadonlySet<string> {
    return this.#titled.get(foldedWords(title)) ?? new Set();
  }

  /** @param names as `foldedNames` gives them; '' for none */
  set(id: string, names: string): void {
    const old = this.#titles.get(id) ?? '';
    if (old === names) return;
    for (const name of old.split(BETWEEN)) {
      const among = this.#titled.get(name);
      among?.delete(id);
      if (among?.size === 0) this.#titled.delete(name);
    }
    if (names === '') {
      this.#titles.delete(id);
      return;
    }
    this.#titles.set(id, names);
    for (const name of names.split(BETWEEN)) {
      const same = this.#titled.get(name);
      if (same) same.add(id);
      else this.#titled.set(name, new Set([id]));
    }
  }
}

/** A note's names as `Titles` takes them. */
export const foldedNames = (names: readonly string[]): string =>
  names.map(foldedWords).filter(Boolean).join(BETWEEN);

/** A text as titles are compared: its words, folded. */
export function foldedWords(text: string): string {
  const words: string[] = [];
  for (const { word, beside } of termsOf(text)) {
    if (!beside) words.push(word);
    // `C++` is not `C`, nor `.NET` a net.
    else if (SIGNED.test(word)) words[Math.max(0, words.length - 1)] = word;
  }
  return words.join(' ');
}

const SIGNED = /^\.|[+#]$/;
