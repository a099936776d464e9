/**
 * The titles that earlier versions gave imported notes: the first heading of any level won over the
 * file's name. Kept as they were, to tell a title that nobody has touched. Not to be changed.
 */
import { parse } from '../../markdown/document.ts';
import { mayGiveTitle, readFrontMatter } from '../../markdown/front-matter.ts';
import { frontMatterRange } from '../../markdown/front-matter-range.ts';
import { headingsOf } from '../../markdown/headings.ts';

/** Longest title, UTF-16 units. */
const MAX_TITLE = 300;
/** UTF-16 units of a text in which its title was looked for at first, and at most. */
const BEGINNING = 4_000;
const MAX_SEARCHED = 200_000;

/**
 * Whether an earlier version gave a note this title. There were two ways of finding a heading: line
 * by line at first, then by the reader of Markdown.
 *
 * @param text as it was imported
 * @param fileName may have folders in front
 */
export function wasTitleBefore(title: string, text: string, fileName: string): boolean {
  const given = tidy(titleInFrontMatter(text) ?? '');
  if (given) return title === given;
  const named = tidy(baseName(fileName)) || tidy(fileName);
  if (title === (tidy(firstLine(text) ?? '') || named)) return true;
  return title === (tidy(firstHeading(text) ?? '') || named);
}

function titleInFrontMatter(text: string): string | undefined {
  if (!mayGiveTitle(text)) return undefined;
  const fields = readFrontMatter(text);
  // Then one odd line cost all of it.
  const title = fields.oddLines ? undefined : fields.get('title')?.value;
  if (typeof title !== 'string' && typeof title !== 'number') return undefined;
  return String(title).trim() || undefined;
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

function firstLine(text: string): string | undefined {
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
