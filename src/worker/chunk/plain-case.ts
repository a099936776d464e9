/** Words looked at, from the beginning: the rest is written likewise. */
const LOOKED_AT = 200;
/** Fewer words may be names or abbreviations, which mean less in lower case. */
const LEAST_WORDS = 3;

const WORD = /\p{L}[\p{L}\p{M}'’]*/gu;

/**
 * A text as it is embedded: in lower case where most of its words are in capitals, or all begin
 * with one. The model's tokenizer takes capitals apart into letters, and a text of letters means
 * nothing to it. Every other text stays as it is, so that names and abbreviations do.
 *
 * @returns a text of the same length in UTF-16 units
 */
export const plainCase = (text: string): string =>
  isShouted(text, true) ? inLowerCase(text) : text;

/**
 * The same of a title or a heading, where a capital at the start of each word is usual and means a
 * name as often: measured in docs/RANKING.md.
 */
export const plainHeading = (text: string): string =>
  isShouted(text, false) ? inLowerCase(text) : text;

/** Letters whose lower case is longer stay. */
const inLowerCase = (text: string): string =>
  text.replace(/\p{Lu}/gu, (letter) => {
    const small = letter.toLowerCase();
    return small.length === letter.length ? small : letter;
  });

function isShouted(text: string, orTitled: boolean): boolean {
  let words = 0;
  let capitals = 0;
  let titled = 0;
  for (const [word] of text.matchAll(WORD)) {
    const small = word.toLowerCase();
    const large = word.toUpperCase();
    // A script without capitals.
    if (small === large) continue;
    if (++words > LOOKED_AT) break;
    const first = String.fromCodePoint(word.codePointAt(0)!);
    const rest = word.slice(first.length);
    const isTitled = first !== first.toLowerCase() && rest === rest.toLowerCase();
    if (isTitled) titled++;
    else if (word === large) capitals++;
  }
  if (words < LEAST_WORDS) return false;
  return capitals * 2 > words || (orTitled && titled >= Math.min(words, LOOKED_AT));
}
