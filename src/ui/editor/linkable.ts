/** What can stand in `[[…]]`. Pure. */

/** Brackets and a bar end a name, `#` ends it before a heading, `^` begins a block. */
const UNLINKABLE = /[[\]|#^\n\r]/;
const ALL_UNLINKABLE = /[[\]|#^\n\r]+/g;

/** Whether a name can stand in double brackets, and lead to its note. */
export const isLinkable = (name: string): boolean => name.trim() !== '' && !UNLINKABLE.test(name);

/** A heading's words without what cannot stand there: it is found without. */
export const linkableText = (words: string): string =>
  words.replace(ALL_UNLINKABLE, ' ').replace(/\s+/g, ' ').trim();
