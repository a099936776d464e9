const WORD = /[\p{L}\p{N}][\p{L}\p{N}\p{M}'’_-]*/gu;
/** Written without spaces: each character counts, as such languages count. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/gu;

/** The x of a ticked box is no word. */
const TICKED = /^[ \t]*[-*+] \[[xX]\]/gm;

/** Words of a text, Markdown's own signs left out. Linear in the text's length. */
export function countWords(text: string): number {
  let words = 0;
  if (text.includes('[x]') || text.includes('[X]')) words -= text.match(TICKED)?.length ?? 0;
  for (const [word] of text.matchAll(WORD)) {
    const unspaced = word.match(UNSPACED)?.length ?? 0;
    words += unspaced || 1;
  }
  return words;
}
