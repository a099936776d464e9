/** Other names that a note gives itself. */
import { parse } from './document.ts';
import { readFrontMatter, textOf } from './front-matter.ts';
import { frontMatterRange } from './front-matter-range.ts';
import { inlinePropertiesOf } from './inline-properties.ts';

/** Aliases read of a note at most. */
const MOST = 100;
/** Longest alias, UTF-16 units: a longer one is a text, and left out. */
const LONGEST = 300;
/** UTF-16 units behind the front matter in which a first paragraph of properties is looked for. */
const LOOKED_AT = 4_000;

/**
 * `aliases` and `alias` of the front matter, a list or texts between commas; and of `alias::` in the
 * first paragraph, as Logseq writes a page's properties.
 *
 * @returns each once, in order, whitespace collapsed; [] for none
 */
export function aliasesIn(text: string): string[] {
  const all = [...ofFrontMatter(text), ...ofFirstParagraph(text)]
    .map((alias) =>
      alias
        .slice(0, LONGEST * 2)
        .replace(/\s+/g, ' ')
        .trim(),
    )
    .filter((alias) => alias !== '' && alias.length <= LONGEST);
  return [...new Set(all)].slice(0, MOST);
}

function ofFrontMatter(text: string): string[] {
  const fields = readFrontMatter(text);
  return ['aliases', 'alias'].flatMap((name) => {
    const field = fields.get(name);
    if (Array.isArray(field?.value)) {
      return field.value.map((value: unknown) => textOf({ value }) ?? '');
    }
    return textOf(field)?.split(/[,\n]/) ?? [];
  });
}

function ofFirstParagraph(text: string): string[] {
  if (!text.includes('::')) return [];
  const doc = parse(text, (frontMatterRange(text)?.bodyStart ?? 0) + LOOKED_AT);
  let first = doc.tree.topNode.firstChild;
  if (first?.name === 'FrontMatter') first = first.nextSibling;
  if (first?.name !== 'Paragraph') return [];
  const { to } = first;
  return inlinePropertiesOf(doc)
    .filter(({ key, keyRange }) => keyRange.to <= to && /^alias(?:es)?$/i.test(key))
    .flatMap(({ value }) => value.split(','));
}
