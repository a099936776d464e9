import { markdownLanguage } from '@codemirror/lang-markdown';
import { Language, ParseContext } from '@codemirror/language';
import type { Parser } from '@lezer/common';
import { type MarkdownParser, parseCode } from '@lezer/markdown';
import { typingParser } from '../../../markdown/typing-parser.ts';
import { grammarOf } from '../code/languages.ts';

/** Grammars that are here already; null for one that could not be fetched: without colours then. */
const here = new Map<() => Promise<Parser>, Parser | null>();

/** The grammar of a fence's code. One that is still to be fetched has its code read again then. */
function codeParser(info: string): Parser | null {
  const load = grammarOf(info);
  if (!load) return null;
  const known = here.get(load);
  if (known !== undefined) return known;
  const loading = load().then(
    (grammar) => here.set(load, grammar),
    () => here.set(load, null),
  );
  return ParseContext.getSkippingParser(loading);
}

/**
 * Notes as the one reader has them, read on while one types. Not by the package's own `markdown()`,
 * which colours HTML in notes, and CSS and JavaScript in that: half of the editor's weight.
 */
export const noteLanguage = new Language(
  markdownLanguage.data,
  typingParser(markdownLanguage.parser as MarkdownParser, parseCode({ codeParser })),
  [],
  'markdown',
);
