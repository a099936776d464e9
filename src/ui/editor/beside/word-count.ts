import { plainText } from '../../../markdown/plain-text.ts';
import { readNote } from '../read-note.ts';

const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu;
/** Written without spaces: each character counts, as such languages count. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/**
 * Words of a note as it is read: no signs, addresses, comments or properties. Linear in the text's
 * length.
 */
export function countWords(text: string): number {
  let words = 0;
  for (const [word] of plainText(readNote(text)).text.matchAll(WORD)) {
    const unspaced = word.match(UNSPACED)?.length ?? 0;
    words += unspaced || 1;
  }
  return words;
}
