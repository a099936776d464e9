/**
 * Words and sentences as the browser cuts them; where it cannot (Firefox before 125), by spaces and
 * full stops. Pure.
 */

/** A piece of a text, and where it stands, UTF-16 units. */
export interface Segment {
  segment: string;
  index: number;
  /** Only of words: whether it is one, and neither a space nor a sign. */
  isWordLike?: boolean;
}

/** Made when first needed: it takes some ms, and would keep a worker from starting where it lacks. */
const made = new Map<string, Intl.Segmenter>();

/** The pieces of a text, in order, without a gap. Linear. */
export function segmentsOf(text: string, by: 'word' | 'sentence'): Iterable<Segment> {
  if (!('Segmenter' in Intl)) return plainSegments(text, by);
  let segmenter = made.get(by);
  if (!segmenter) {
    segmenter = new Intl.Segmenter(undefined, { granularity: by });
    made.set(by, segmenter);
  }
  return segmenter.segment(text);
}

/** Scripts written without spaces between words. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
/**
 * One letter of these scripts with its marks; a run of other letters and digits, which may hold an
 * apostrophe; or all up to the next one.
 */
const WORDS = new RegExp(
  [
    `(?=\\p{L})[${UNSPACED}]\\p{M}*`,
    `(?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+(?:['’](?:(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}])+)*`,
    `[^\\p{L}\\p{M}\\p{N}]+`,
    `[^]`,
  ].join('|'),
  'gu',
);
const BEGINS_WORD = /^[\p{L}\p{M}\p{N}]/u;
/** Ends a sentence before a space; in Chinese and Japanese also without one; so does an empty line. */
const SENTENCE_ENDS = /[.!?…]["'”’)\]]?\s+|[。！？]|\n\s*/gu;

/**
 * What takes the place of `Intl.Segmenter`. Of scripts without spaces each
 * letter is a word: what is sought is then found, if with more beside it.
 */
export function* plainSegments(text: string, by: 'word' | 'sentence'): Generator<Segment> {
  if (by === 'word') {
    for (const { 0: segment, index } of text.matchAll(WORDS)) {
      yield { segment, index, isWordLike: BEGINS_WORD.test(segment) };
    }
    return;
  }
  let from = 0;
  for (const end of text.matchAll(SENTENCE_ENDS)) {
    const to = end.index + end[0].length;
    yield { segment: text.slice(from, to), index: from };
    from = to;
  }
  if (from < text.length) yield { segment: text.slice(from), index: from };
}
