/**
 * Whether a model knows the words of a query: a text that falls into letters, or into tokens that stand
 * for anything, is near to whatever is as strange. Pure, but for what the tokenizer does.
 */

/**
 * `none`: it has no meaning to the model; `little`: its words are put together of pieces, as made-up words
 * are, and many names; `well`.
 */
export type Familiar = 'none' | 'little' | 'well';

/**
 * Letters a token. Of the embedded model: typed at random 1.0 to 1.3, made-up words that can be spoken 2.1
 * to 2.3, rare English words 2.7 and more (docs/RANKING.md, "The floor").
 */
const FRAGMENTS = 1.32;
const PIECES = 2.4;
/** Tokens a character, from which on a script without spaces is not known but by its bytes. */
const BYTES = 2;

const LETTER = /\p{L}/gu;
/** Of shorter words every model has most. */
const LONG_WORD = /\p{L}{4,}/gu;
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu;
/** Of no script: no model has a token for them. */
const STRANGE = ['\u{F5A3E}', '\u{F91C7}'] as const;

/** Tokens that stand for what a tokenizer does not know, by its function. */
const unknown = new WeakMap<object, ReadonlySet<number>>();

/** @param model its tokenizer, without special tokens */
function unknownOf(model: { tokenize(text: string): number[] }): ReadonlySet<number> {
  const known = unknown.get(model);
  if (known) return known;
  const [first, second] = STRANGE.map((text) => model.tokenize(text));
  // One by bytes has others for each of the two.
  const ids = first!.at(-1) === second!.at(-1) && first!.length === second!.length ? first! : [];
  const made = new Set(ids.slice(-1));
  unknown.set(model, made);
  return made;
}

/** How well a model knows a query's words. */
export function familiarity(model: { tokenize(text: string): number[] }, text: string): Familiar {
  const letters = text.match(LETTER)?.length ?? 0;
  // Numbers and emoji are found as they are.
  if (letters === 0) return 'none';
  const ids = model.tokenize(text);
  const strange = unknownOf(model);
  const lost = ids.filter((id) => strange.has(id)).length;
  // The first one is the beginning of a word.
  if (lost > 0 && 2 * lost >= ids.length - 1) return 'none';
  const unspaced = text.match(UNSPACED)?.length ?? 0;
  if (2 * unspaced > letters) return ids.length < BYTES * letters ? 'well' : 'none';
  const each = letters / Math.max(1, ids.length);
  if (each < FRAGMENTS) return 'none';
  const isWhole = (word: string) => word.length >= PIECES * model.tokenize(word).length;
  return (text.match(LONG_WORD) ?? []).some(isWhole) ? 'well' : 'little';
}
