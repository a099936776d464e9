import { frontMatterRange } from './front-matter-range';

/** Longest title, UTF-16 units. */
const MAX_TITLE = 300;
/** UTF-16 units of a text in which its title is looked for. */
const MAX_SEARCHED = 200_000;

/**
 * The title of an imported note: that of its front matter, else its first heading (`#` of any
 * level, or underlined; not inside a code fence), else the file's name without its extension.
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
  const from = frontMatterRange(text)?.bodyStart ?? 0;
  let fence = '';
  // The only line of the paragraph so far, if it can be a heading's text.
  let above: string | undefined;
  let inParagraph = false;
  for (const line of text.slice(from, from + MAX_SEARCHED).split(/\r?\n/)) {
    const mark = /^[ \t]*(`{3,}|~{3,})([^`]*)$/.exec(line);
    if (fence !== '') {
      if (mark?.[1]?.startsWith(fence) && mark[2]?.trim() === '') fence = '';
      continue;
    }
    if (mark?.[1]) {
      fence = mark[1];
      above = undefined;
      inParagraph = false;
      continue;
    }
    const heading = /^ {0,3}#{1,6}[ \t]+(.*)$/.exec(line)?.[1];
    const found =
      heading !== undefined
        ? plain(heading.trimEnd().replace(/(?:^|[ \t])#+$/, ''))
        : above !== undefined && /^ {0,3}(?:={2,}|-{2,})\s*$/.test(line)
          ? plain(above)
          : '';
    if (found !== '') return found;
    const blank = line.trim() === '' || heading !== undefined;
    const starts = !blank && !inParagraph && !/^\s*(?:[-*+>|]|\d{1,9}[.)]|={2,})/.test(line);
    above = starts ? line : undefined;
    inParagraph = !blank;
  }
  return undefined;
}

/** A heading without the commonest inline markup. */
function plain(heading: string): string {
  return (
    heading
      .slice(0, MAX_TITLE * 10)
      .replace(/!?\[\[(?:[^[\]|]{1,300}\|)?([^[\]|]{1,300})\]\]/g, '$1')
      .replace(/!?\[([^[\]]{0,1000})\]\([^()]{0,1000}\)/g, '$1')
      // Anchors are furniture; any other tag is what the person wrote.
      .replace(/<a\s[^<>]{0,500}>\s*<\/a>/gi, '')
      .replace(/`+|\*+(?=\S)|(?<=\S)\*+|~~|(?<![\p{L}\p{N}])_+|_+(?![\p{L}\p{N}])/gu, '')
      .replace(/\\([!-/:-@[-`{-~])/g, '$1')
      .trim()
  );
}

function baseName(fileName: string): string {
  const name = fileName.split(/[/\\]/).at(-1) ?? '';
  return name.replace(/(?<=.)\.[^.\s]{1,16}$/, '');
}
