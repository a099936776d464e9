/**
 * A note as it is to be drawn: elements by name and text. No HTML, and nothing of a note becomes a
 * name or an attribute unchecked.
 */
export type Drawn = string | DrawnElement;

export type ElementName =
  | 'a'
  | 'blockquote'
  | 'br'
  | 'callout'
  | 'callout-title'
  | 'code'
  | 'dd'
  | 'del'
  | 'details'
  | 'dl'
  | 'dt'
  | 'em'
  | 'embed'
  | 'footnote'
  | 'footnote-reference'
  | 'footnotes'
  | 'h1'
  | 'h2'
  | 'h3'
  | 'h4'
  | 'h5'
  | 'h6'
  | 'hr'
  | 'img'
  | 'kbd'
  | 'key'
  | 'li'
  | 'mark'
  | 'math'
  | 'ol'
  | 'p'
  | 'pre'
  | 'properties'
  | 'strong'
  | 'sub'
  | 'summary'
  | 'sup'
  | 'table'
  | 'tag'
  | 'tbody'
  | 'td'
  | 'template'
  | 'th'
  | 'thead'
  | 'tr'
  | 'u'
  | 'ul'
  | 'wiki';

export interface DrawnElement {
  name: ElementName;
  /** What it is made of, UTF-16 units of the note. */
  from: number;
  to: number;
  children: Drawn[];
  /** Of a link: one that may be followed. */
  href?: string;
  /** Of an image: one that may be loaded. */
  src?: string;
  /** Of an image: what stands for it. */
  alt?: string;
  title?: string;
  /** Of `wiki` and `embed`: what they lead to. */
  target?: string;
  heading?: string;
  block?: string;
  width?: number;
  height?: number;
  /** Of a fence: as it is written. */
  language?: string;
  /** Of a list without blank lines: its paragraphs are drawn without space. */
  isTight?: boolean;
  /** Of a numbered list: its first number. */
  start?: number;
  /** Of an item: what stands in its box. */
  task?: string;
  /** Of a callout: its kind in lower case, and how it is folded at first. */
  callout?: string;
  fold?: '+' | '-';
  align?: 'left' | 'center' | 'right';
  /** Of a formula that stands by itself. */
  isBlock?: boolean;
  /** Of a break: the end of a line in a paragraph, which CommonMark takes for a space. */
  isSoft?: boolean;
  /** Of a block that other notes may link to. */
  blockId?: string;
  /** Of a footnote and of what refers to it. */
  number?: number;
}
