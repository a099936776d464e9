import { parse } from '../../markdown/document.ts';
import { headingsOf } from '../../markdown/headings.ts';

/** Longest title, UTF-16 units. */
const MAX_TITLE = 300;
/** A title is near the top: only so many UTF-16 units are looked through at first … */
const BEGINNING = 4_000;
/** … and so many at most. */
const MAX_SEARCHED = 200_000;

/**
 * The title of an imported note: that of its front matter, else its first heading (`#` of any
 * level, or underlined), else the file's name without its extension.
 *
 * @param fileName may have folders in front, separated by `/` or `\`
 * @returns whitespace collapsed, at most 300 UTF-16 code units, no surrogate pair cut; never
 *   empty unless `fileName` is blank too
 */
export function titleOf(
  frontMatterTitle: string | undefined,
  text: string,
  fileName: string,
): string {
  return (
    tidy(frontMatterTitle ?? '') ||
    tidy(firstHeading(text) ?? '') ||
    tidy(baseName(fileName)) ||
    tidy(fileName)
  );
}

function tidy(title: string): string {
  const collapsed = title
    .slice(0, MAX_TITLE * 10)
    .replace(/\s+/g, ' ')
    .trim();
  if (collapsed.length <= MAX_TITLE) return collapsed;
  const cut = (collapsed.charCodeAt(MAX_TITLE - 1) & 0xfc00) === 0xd800;
  return collapsed.slice(0, cut ? MAX_TITLE - 1 : MAX_TITLE).trim();
}

function firstHeading(text: string): string | undefined {
  for (const upTo of [BEGINNING, MAX_SEARCHED]) {
    // Several lines above a rule are more likely meant as text than as a heading that long.
    const heading = headingsOf(parse(text, upTo)).find(
      ({ from, to }) => text.slice(from, to).split('\n').length <= 2,
    );
    if (heading || text.length <= upTo) return heading?.text;
  }
  return undefined;
}

function baseName(fileName: string): string {
  const name = fileName.split(/[/\\]/).at(-1) ?? '';
  return name.replace(/(?<=.)\.[^.\s]{1,16}$/, '');
}
