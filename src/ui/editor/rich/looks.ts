/** How each kind of node looks in the editor: classes of editor-theme.ts. */
import { Decoration } from '@codemirror/view';
import type { Tone } from '../callouts.ts';

const styled = (name: string) => Decoration.mark({ class: name });
const line = (name: string) => Decoration.line({ class: name });

export const LINK = styled('md-link');
export const MISSING = styled('md-link md-missing');
export const SIGN = styled('md-sign');
export const HEADINGS = [1, 2, 3, 4, 5, 6].map((level) => line(`md-h md-h${level}`));
export const CALLOUT_TITLE = line('md-callout-title');

/** By the names of nodes, or of states: stretches within lines. */
export const LOOKS: Record<string, Decoration> = {
  InlineCode: styled('md-inline-code'),
  Template: styled('md-inline-code'),
  Highlight: styled('md-highlight'),
  Comment: styled('md-remark'),
  CommentBlock: styled('md-remark'),
  RemarkBlock: styled('md-remark'),
  FootnoteReference: styled('md-footnote'),
  InlineFootnote: styled('md-remark'),
  Math: styled('md-math'),
  Hashtag: styled('md-tag'),
  PropertyKey: styled('md-sign'),
  Done: styled('md-done'),
};

/** Likewise: whole lines. */
export const LINE_LOOKS: Record<string, Decoration> = {
  FencedCode: line('md-code'),
  CodeBlock: line('md-code'),
  MathBlock: line('md-code'),
  TemplateBlock: line('md-code'),
  FrontMatter: line('md-front'),
  Table: line('md-table'),
  DefinitionTerm: line('md-term'),
  Definition: line('md-definition'),
  Quote: line('md-quote'),
  Rule: line('md-rule'),
};

const CALLOUTS = new Map<Tone, Decoration>();
/** A line of a callout. */
export function calloutLine(tone: Tone): Decoration {
  const known = CALLOUTS.get(tone) ?? line(`md-callout md-callout-${tone}`);
  CALLOUTS.set(tone, known);
  return known;
}

/** Deeper quotes look like this one. */
const DEEPEST = 4;
const DEPTHS = Array.from({ length: DEEPEST }, (_, i) => line(`md-depth-${i + 1}`));
/** A quote in so many others. */
export const quoteDepth = (depth: number): Decoration => DEPTHS[Math.min(depth, DEEPEST) - 1]!;

const TAGS = new Map(
  ['u', 'kbd', 'sub', 'sup', 'mark'].map((name) => [name, styled(`md-${name}`)]),
);
/** What an HTML element of the short list looks like. */
export const tagLook = (name: string): Decoration | undefined => TAGS.get(name);
