/**
 * English words to their stems, so that `baking`, `bakes` and `baked` are one term. Pure. Words
 * with anything but a to z are left alone. Source: M. F. Porter, "An algorithm for suffix
 * stripping", Program 14(3), 1980; measured in docs/RANKING.md.
 */
export function stem(word: string): string {
  if (word.length < 3 || !/^[a-z]+$/.test(word)) return word;
  let w = word[0] === 'y' ? `Y${word.slice(1)}` : word;
  w = plural(w);
  w = past(w);
  w = w.replace(/^(.+?)y$/, (all, before: string) => (HAS_VOWEL.test(before) ? `${before}i` : all));
  w = replaceSuffix(w, STEP_2_SUFFIX, STEP_2);
  w = replaceSuffix(w, STEP_3_SUFFIX, STEP_3);
  w = longSuffix(w);
  w = finalE(w);
  return w[0] === 'Y' ? `y${w.slice(1)}` : w;
}

/** A run of consonants, and of vowels, as Porter's stemmer (1980) defines them. */
const CONSONANTS = '[^aeiou][^aeiouy]*';
const VOWELS = '[aeiouy][aeiou]*';
/** At least one, exactly one, more than one vowel-consonant sequence: Porter's measure m. */
const SOME = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}`);
const ONE = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}(?:${VOWELS})?$`);
const MORE = new RegExp(`^(?:${CONSONANTS})?${VOWELS}${CONSONANTS}${VOWELS}${CONSONANTS}`);
/** A vowel anywhere. */
const HAS_VOWEL = new RegExp(`^(?:${CONSONANTS})?[aeiouy]`);
/** Ends consonant, vowel, consonant other than w, x, y: `hop`, not `snow`. */
const SHORT = new RegExp(`^${CONSONANTS}[aeiouy][^aeiouwxy]$`);

/** Suffixes of Porter's step 2, and what replaces them. */
const STEP_2: Record<string, string> = {
  ational: 'ate',
  tional: 'tion',
  enci: 'ence',
  anci: 'ance',
  izer: 'ize',
  bli: 'ble',
  alli: 'al',
  entli: 'ent',
  eli: 'e',
  ousli: 'ous',
  ization: 'ize',
  ation: 'ate',
  ator: 'ate',
  alism: 'al',
  iveness: 'ive',
  fulness: 'ful',
  ousness: 'ous',
  aliti: 'al',
  iviti: 'ive',
  biliti: 'ble',
  logi: 'log',
};
/** The same of step 3. */
const STEP_3: Record<string, string> = {
  icate: 'ic',
  ative: '',
  alize: 'al',
  iciti: 'ic',
  ical: 'ic',
  ful: '',
  ness: '',
};
const suffixOf = (suffixes: Record<string, string>) =>
  new RegExp(`^(.+?)(${Object.keys(suffixes).join('|')})$`);
const STEP_2_SUFFIX = suffixOf(STEP_2);
const STEP_3_SUFFIX = suffixOf(STEP_3);

function plural(w: string): string {
  if (/(?:ss|i)es$/.test(w)) return w.slice(0, -2);
  return /[^s]s$/.test(w) ? w.slice(0, -1) : w;
}

function past(w: string): string {
  const eed = /^(.+?)eed$/.exec(w);
  if (eed) return SOME.test(eed[1]!) ? w.slice(0, -1) : w;
  const before = /^(.+?)(?:ed|ing)$/.exec(w)?.[1];
  if (before === undefined || !HAS_VOWEL.test(before)) return w;
  if (/(?:at|bl|iz)$/.test(before)) return `${before}e`;
  if (/([^aeiouylsz])\1$/.test(before)) return before.slice(0, -1);
  return SHORT.test(before) ? `${before}e` : before;
}

function replaceSuffix(w: string, pattern: RegExp, by: Record<string, string>): string {
  const match = pattern.exec(w);
  return match && SOME.test(match[1]!) ? match[1]! + by[match[2]!]! : w;
}

function longSuffix(w: string): string {
  const match =
    /^(.+?)(?:al|ance|ence|er|ic|able|ible|ant|ement|ment|ent|ou|ism|ate|iti|ous|ive|ize)$/.exec(w);
  if (match) return MORE.test(match[1]!) ? match[1]! : w;
  const ion = /^(.+?[st])ion$/.exec(w)?.[1];
  return ion !== undefined && MORE.test(ion) ? ion : w;
}

function finalE(w: string): string {
  let short = w;
  const before = /^(.+?)e$/.exec(w)?.[1];
  if (before !== undefined && (MORE.test(before) || (ONE.test(before) && !SHORT.test(before)))) {
    short = before;
  }
  return short.endsWith('ll') && MORE.test(short) ? short.slice(0, -1) : short;
}
