import { Element, type MarkdownParser } from '@lezer/markdown';
import { DEEPEST_INLINE } from '../limits.ts';
import { Look } from './look.ts';

/**
 * Internal to @lezer/markdown, and a reason why its version is pinned: how an element is made, and
 * the ids of node types by their names.
 */
const NewElement = Element as unknown as new (
  type: number,
  from: number,
  to: number,
  children?: readonly Element[],
) => Element;
type Types = { nodeTypes: Record<string, number> };

/** How deep an element's content is nested. */
const depths = new WeakMap<Element, number>();

export interface DelimiterKind {
  node: string;
  mark: string;
  /** As `*` and `_`: one or two signs of a run count, and what is left of it may count again. */
  isEmphasis?: boolean;
}

/** A sign that may open or close something, or do both. Places are those within the block's text. */
export interface Delimiter {
  kind: DelimiterKind;
  from: number;
  to: number;
  canOpen: boolean;
  canClose: boolean;
}

/** What `]` may close. */
export type BracketKind = 'link' | 'image' | 'footnote';

export interface Bracket {
  kind: BracketKind;
  from: number;
  to: number;
  /** Its index among the parts. */
  index: number;
}

type Part = Element | Delimiter | Bracket;

/** A rule for a sign: what it reads from `at` on. @returns where that ends, or -1 */
export type InlineRule = (cx: Inlines, at: number) => number;
/** By the signs' codes. */
export type InlineRules = readonly (readonly InlineRule[] | undefined)[];

/**
 * One block's inline text while it is read. The parser's own way takes quadratic time: each closing
 * sign is compared with each opening one, each `]` looks through all before it, and what is not
 * closed is looked for from each sign anew. Here all of it is linear.
 */
export class Inlines extends Look {
  private parts: Part[] = [];
  private readonly brackets: Bracket[] = [];
  /** Of the brackets below it, those of links hold a link already, and so open none. */
  private linked = 0;
  /** What was found before by its place: addresses, and the keys of properties. */
  readonly marks = new Map<number, { end: number; nodes: Element[] }>();

  constructor(
    private readonly parser: MarkdownParser,
    text: string,
    private readonly offset: number,
  ) {
    super(text);
  }

  node(name: string, from: number, to: number, children?: readonly Element[]): Element {
    const type = (this.parser as unknown as Types).nodeTypes[name];
    if (type === undefined) throw new RangeError(`no node is called ${name}`);
    return new NewElement(type, from + this.offset, to + this.offset, children);
  }

  /** Adds a node. @returns where it ends */
  add(name: string, from: number, to: number, children?: readonly Element[]): number {
    this.parts.push(this.node(name, from, to, children));
    return to;
  }

  push(element: Element): void {
    this.parts.push(element);
  }

  delimiter(delimiter: Delimiter): number {
    if (delimiter.canOpen || delimiter.canClose) this.parts.push(delimiter);
    return delimiter.to;
  }

  open(kind: BracketKind, from: number, to: number): number {
    const bracket = { kind, from, to, index: this.parts.length };
    this.parts.push(bracket);
    this.brackets.push(bracket);
    return to;
  }

  /** The innermost bracket that waits for its end. */
  get bracket(): Bracket | undefined {
    return this.brackets.at(-1);
  }

  get mayLink(): boolean {
    return this.brackets.length > this.linked || this.bracket?.kind !== 'link';
  }

  /** Gives up the innermost bracket: it is text. */
  giveUp(): void {
    this.brackets.pop();
    this.linked = Math.min(this.linked, this.brackets.length);
  }

  /** What stands behind the innermost bracket, to be closed by `wrap`; null where it is too deep. */
  takeContent(): Element[] | null {
    const content = this.resolved(this.bracket!.index + 1);
    if (depthOf(content) < DEEPEST_INLINE) return content;
    // What is around it would be deeper still.
    this.brackets.length = 0;
    this.linked = 0;
    return null;
  }

  /** Puts an element in place of the innermost bracket and of all behind it. */
  wrap(name: string, to: number, children: Element[]): number {
    const { index, from, kind } = this.bracket!;
    const element = this.node(name, from, to, children);
    depths.set(element, 1 + depthOf(children));
    this.parts.length = index;
    this.parts.push(element);
    this.giveUp();
    // A link holds no other link; an image may stand in one.
    if (kind === 'link') this.linked = this.brackets.length;
    return to;
  }

  finish(): Element[] {
    return this.resolved(0);
  }

  /** The parts from an index on as elements, delimiters that belong together made one. */
  private resolved(start: number): Element[] {
    const base: Element[] = [];
    const opened: Open[] = [];
    /** By the kind of a closing delimiter: below this height none can open it. */
    const bottoms = new Map<string, number>();
    for (let i = start; i < this.parts.length; i++) {
      const part = this.parts[i]!;
      if (part instanceof Element) (opened.at(-1)?.children ?? base).push(part);
      else if ('canOpen' in part) this.match(part, opened, base, bottoms);
    }
    for (const { children } of opened) for (const child of children) base.push(child);
    return base;
  }

  private match(
    part: Delimiter,
    opened: Open[],
    base: Element[],
    bottoms: Map<string, number>,
  ): void {
    const { kind, to, canOpen } = part;
    const size = to - part.from;
    let { from } = part;
    while (part.canClose && from < to) {
      const bottomKey = `${kind.node} ${kind.mark} ${canOpen} ${size % 3}`;
      const bottom = bottoms.get(bottomKey) ?? 0;
      let at = opened.length - 1;
      while (at >= bottom && !fits(opened[at]!, part, size)) at--;
      const content = at >= bottom ? contentOf(opened, at) : null;
      if (content === null || depthOf(content) >= DEEPEST_INLINE) {
        bottoms.set(bottomKey, opened.length);
        break;
      }
      const open = opened[at]!;
      const taken = kind.isEmphasis ? Math.min(2, open.to - open.from, to - from) : size;
      const begin = open.to - taken;
      const name = kind.isEmphasis && taken === 2 ? 'StrongEmphasis' : kind.node;
      const children = [
        this.node(kind.mark, begin, open.to),
        ...content,
        this.node(kind.mark, from, from + taken),
      ];
      const element = this.node(name, begin, from + taken, children);
      depths.set(element, 1 + depthOf(content));
      from += taken;
      opened.length = at + 1;
      open.to = begin;
      open.children = [element];
      if (open.from === open.to) {
        opened.pop();
        (opened.at(-1)?.children ?? base).push(element);
      }
      for (const [key, height] of bottoms) {
        if (height > opened.length) bottoms.set(key, opened.length);
      }
    }
    if (canOpen && from < to) {
      opened.push({ kind, from, to, size, canClose: part.canClose, children: [] });
    }
  }
}

/** A delimiter that waits for its other half, with what came behind it. */
interface Open {
  kind: DelimiterKind;
  from: number;
  to: number;
  /** That of the whole run. */
  size: number;
  canClose: boolean;
  children: Element[];
}

function fits(open: Open, close: Delimiter, size: number): boolean {
  if (open.kind !== close.kind) return false;
  if (!open.kind.isEmphasis) return open.size === size;
  // "Rule of three": `*a**b*` is no emphasis that ends at the two.
  const both = close.canOpen || open.canClose;
  return !(both && (open.size + size) % 3 === 0 && (open.size % 3 !== 0 || size % 3 !== 0));
}

function contentOf(opened: readonly Open[], at: number): Element[] {
  const content: Element[] = [];
  for (let i = at; i < opened.length; i++) {
    for (const child of opened[i]!.children) content.push(child);
  }
  return content;
}

function depthOf(elements: readonly Element[]): number {
  let deepest = 0;
  for (const element of elements) deepest = Math.max(deepest, depths.get(element) ?? 0);
  return deepest;
}
