/** THE rule by which a note of a file gets its title (docs/NAMES.md). Pure. */
import { openingHeading } from './markdown/opening-heading.ts';
import { withoutExportIds } from './note-files.ts';

/** Longest title, UTF-16 units. */
const MAX_TITLE = 300;

/**
 * The title of an imported note: that of its front matter, else its file's name without extension and
 * without the id that an export added. The first-level heading that it begins with takes the place
 * of a name that says nothing, and of one that is the same words written otherwise.
 *
 * @param given the front matter's title
 * @param fileName may have folders in front, separated by `/` or `\`
 * @returns whitespace collapsed, at most 300 UTF-16 code units, no surrogate pair cut; never
 *   empty unless `fileName` is blank too
 */
export function titleOf(given: string | undefined, text: string, fileName: string): string {
  const own = tidyTitle(given ?? '');
  if (own) return own;
  const name = tidyTitle(withoutExportIds(baseName(fileName)));
  const heading = tidyTitle(openingHeading(text) ?? '');
  if (heading && (!name || saysNothing(name) || sameWords(name, heading))) return heading;
  return name || tidyTitle(fileName);
}

/** A title as it is kept: whitespace collapsed, at most 300 UTF-16 units, no surrogate pair cut. */
export function tidyTitle(title: string): string {
  const collapsed = title
    .slice(0, MAX_TITLE * 10)
    .replace(/\s+/g, ' ')
    .trim();
  if (collapsed.length <= MAX_TITLE) return collapsed;
  const cut = (collapsed.charCodeAt(MAX_TITLE - 1) & 0xfc00) === 0xd800;
  return collapsed.slice(0, cut ? MAX_TITLE - 1 : MAX_TITLE).trim();
}

/** A file's name without folders and extension. */
export function baseName(fileName: string): string {
  const name = fileName.split(/[/\\]/).at(-1) ?? '';
  return name.replace(/(?<=.)\.[^.\s]{1,16}$/, '');
}

/** Names that programs give, or that only say that this is the first file of its folder. */
const NOTHING_SAID = [
  /^(?:untitled|unnamed)(?: (?:note|page|document|file))?(?: \(?\d{1,4}\)?)?$/i,
  /^new (?:note|page|document|file)(?: \(?\d{1,4}\)?)?$/i,
  /^(?:index|read ?me)$/i,
  // A Zettelkasten id, by date and time (`202403051210`, `20240305T121059`); a Unix time.
  /^(?:\d{9,17}[a-z]?|\d{8}t\d{4,6})$/i,
  // A hash, a UUID …
  /^(?=.*\d)(?=.*[a-f])[\da-f]{12,128}$/i,
  /^[\da-f]{8}(?: [\da-f]{4}){3} [\da-f]{12}$/i,
  // … and a ULID.
  /^[0-7][\dA-HJKMNP-TV-Z]{25}$/,
];

/** Whether a file's name tells nothing of what is in it. A date does, and so does a short number. */
export function saysNothing(name: string): boolean {
  const words = name.replace(/[\s_-]+/g, ' ').trim();
  return NOTHING_SAID.some((said) => said.test(words));
}

/** Whether two names are the same but for case, accents, spaces, hyphens and punctuation. */
function sameWords(a: string, b: string): boolean {
  const said = lettersOf(a);
  return said !== '' && said === lettersOf(b);
}

/** `C++` and `C#` are told apart by their signs. */
const lettersOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]+/g, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\p{N}+#]+/gu, '');
