/**
 * What would take too long to read, draw or type in is shown plain: decided by counting, before it
 * is read. People do not write so; pasted data and hostile files do.
 */

/** UTF-16 units of one block's text (a paragraph, an item, a quote, a cell, however many lines). */
export const LONGEST_BLOCK = 300_000;
/** Signs of one block that may open or close something. */
export const MOST_SIGNS = 20_000;
/** Quotes, lists and footnotes within one another. */
export const DEEPEST = 30;
/** Links, emphasis and the like within one another. */
export const DEEPEST_INLINE = 60;
/** UTF-16 units of what may become a link definition: the parser reads it anew with each line. */
export const LONGEST_DEFINITION = 2_000;
/** UTF-16 units of front matter; more is rather a note that happens to hold two rules. */
export const LONGEST_FRONT_MATTER = 64 * 1024;

const SIGNS = new Uint8Array(128);
for (const sign of '*_~=[]!<>`$%&\\#^|:') SIGNS[sign.charCodeAt(0)] = 1;

/** Whether a block's text is left unread. Linear, and ends early. */
export function isTooMuch(text: string): boolean {
  if (text.length > LONGEST_BLOCK) return true;
  if (text.length < MOST_SIGNS) return false;
  let signs = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 128 && SIGNS[code] === 1 && ++signs > MOST_SIGNS) return true;
  }
  return false;
}
