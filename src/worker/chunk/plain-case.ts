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
  isShouted(text) ? text.replace(/\p{Lu}/gu, lower) : text;

/** Letters whose lower case is longer stay. */
function lower(letter: string): string {
  const small = letter.toLowerCase();
  return small.length === letter.length ? small : letter;
}

function isShouted(text: string): boolean {
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
  return capitals * 2 > words || titled >= Math.min(words, LOOKED_AT);
}
