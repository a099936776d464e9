/** When two ways to write a word are one: `Café` and `cafe`, `ﬁ` and `fi`, `ё` and its parts. Pure. */

/** Signs within a word that nobody sees: soft hyphen, tatweel, joiners and spaces of no width. */
export const UNSEEN = '\u00AD\u0640\u200B\u2060\uFEFF';
const UNSEEN_SIGNS = new RegExp(`[${UNSEEN}]`, 'g');

/** Not those of Thai or Japanese, where they make another letter. */
const DIACRITICS =
  /(?<=[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Hebrew}\p{Script=Arabic}]\p{M}*)\p{M}+/gu;

/** Letters that are others with a mark, and yet letters of their own: they stay apart. */
const OWN_LETTERS: readonly [apart: RegExp, whole: string][] = [
  [/и\u0306/g, 'й'],
  [/е\u0308/g, 'ё'],
];

/** Letters that Unicode does not take apart, and forms of one letter. Lower case. */
const LETTERS: Record<string, string> = {
  ø: 'o',
  œ: 'oe',
  æ: 'ae',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  ß: 'ss',
  þ: 'th',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ĸ: 'k',
  ŋ: 'n',
  ə: 'e',
  // The last letter of a Greek word.
  ς: 'σ',
  // Forms of one Arabic letter, as they are typed in Arabic, Persian and Urdu.
  ٱ: 'ا',
  ی: 'ي',
  ى: 'ي',
  ې: 'ي',
  ک: 'ك',
  ڪ: 'ك',
  ة: 'ه',
  ہ: 'ه',
  ۀ: 'ه',
  ھ: 'ه',
};
const FORMS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** The digits zero of scripts that have digits of their own; those from 1 to 9 follow. */
const ZEROS = [
  0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0,
  0xf20, 0x1040, 0x17e0, 0x1810,
];
const OTHER_DIGITS = /[^\0-\x7f\p{L}\p{M}]/gu;
const asDigit = (char: string): string => {
  const code = char.codePointAt(0)!;
  const zero = ZEROS.find((first) => code >= first && code < first + 10);
  return zero === undefined ? char : String(code - zero);
};

/** Katakana and hiragana are one; 0x60 lies between them. */
const KATAKANA = /[\u30A1-\u30F6]/g;
const asHiragana = (char: string): string => String.fromCharCode(char.charCodeAt(0) - 0x60);

const APOSTROPHES = /['’ʼ‘＇]/g;
/** The English genitive, which is no part of the word. */
const GENITIVE = /['’ʼ＇]s$/;

/** Lower case, width, marks and forms folded: `Café` and `cafe` are one term. */
export function fold(word: string): string {
  if (/^[A-Za-z0-9]+$/.test(word)) return word.toLowerCase();
  let apart = word.replace(UNSEEN_SIGNS, '').normalize('NFKD').toLowerCase();
  for (const [parts, letter] of OWN_LETTERS) apart = apart.replace(parts, letter);
  return apart
    .replace(DIACRITICS, '')
    .normalize('NFC')
    .replace(FORMS, (letter) => LETTERS[letter]!)
    .replace(OTHER_DIGITS, asDigit)
    .replace(KATAKANA, asHiragana)
    .replace(GENITIVE, '')
    .replace(APOSTROPHES, '');
}
