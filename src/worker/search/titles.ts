import { termsOf } from './terms.ts';

/** Notes by their whole title, folded; and back. */
export class Titles {
  readonly #titled = new Map<string, Set<string>>();
  readonly #titles = new Map<string, string>();

  /** A note's title, folded; '' for none. */
  of(id: string): string {
    return this.#titles.get(id) ?? '';
  }

  /** Notes whose title is just this, but for case, accents and punctuation. */
  having(title: string): ReadonlySet<string> {
    return this.#titled.get(foldedWords(title)) ?? new Set();
  }

  /** @param title folded; '' for none */
  set(id: string, title: string): void {
    const old = this.#titles.get(id) ?? '';
    if (old === title) return;
    const among = this.#titled.get(old);
    among?.delete(id);
    if (among?.size === 0) this.#titled.delete(old);
    if (title === '') {
      this.#titles.delete(id);
      return;
    }
    this.#titles.set(id, title);
    const same = this.#titled.get(title);
    if (same) same.add(id);
    else this.#titled.set(title, new Set([id]));
  }
}

/** A text as titles are compared: its words, folded. */
export const foldedWords = (text: string): string =>
  Array.from(termsOf(text), (t) => t.word).join(' ');
