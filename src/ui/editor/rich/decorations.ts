/** How what is in sight of a note looks: by the tree of the one reader. */
import { syntaxTree } from '@codemirror/language';
import type { Range } from '@codemirror/state';
import { Decoration, type DecorationSet, type EditorView } from '@codemirror/view';
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import { htmlTokens } from '../../../markdown/html-tokens.ts';
import type { LinkTarget } from '../../../storage/notes/link-index.ts';
import { calloutOf } from '../callouts.ts';
import { KeptImage, keptAddress, type Urls } from './kept-image.ts';
import { linkOf } from './link-at.ts';
import {
  CALLOUT_TITLE,
  calloutLine,
  HEADINGS,
  LINE_LOOKS,
  LINK,
  LOOKS,
  MISSING,
  quoteDepth,
  SIGN,
  tagLook,
} from './looks.ts';
import { Bullet, CalloutKind, Checkbox, Formula } from './widgets.ts';

const hidden = Decoration.replace({});
const bullet = Decoration.replace({ widget: new Bullet() });

/** Signs that show while the caret is in what they are signs of. */
const SIGNS_OF_PARENT = /^(?:Emphasis|Strikethrough|Highlight|Code)Mark$/;
/** Signs that stay, as something lighter. */
const QUIET = /^(?:BlockId|FootnoteLabel|FootnoteMark|PropertyMark|DefinitionMark)$/;
/** What is in them is not looked at. */
const WHOLE =
  /^(?:Table|FrontMatter|Comment|CommentBlock|RemarkBlock|Template|TemplateBlock|FencedCode|CodeBlock)$/;
/** So many nodes are looked through for the end of an HTML element. */
const FAR_TAG = 100;

/** The decorations of what is in sight. */
export function decorations(
  view: EditorView,
  imageUrl: Urls,
  leads: (link: LinkTarget) => boolean,
): DecorationSet {
  const look = new Looking(view, imageUrl, leads);
  for (const { from, to } of view.visibleRanges) look.at(from, to);
  return Decoration.set(look.all, true);
}

class Looking {
  readonly all: Range<Decoration>[] = [];
  private from = 0;
  private to = 0;
  /** Where closing tags stand that are hidden already. */
  private readonly closed = new Set<number>();

  constructor(
    private readonly view: EditorView,
    private readonly imageUrl: Urls,
    private readonly leads: (link: LinkTarget) => boolean,
  ) {}

  private get state() {
    return this.view.state;
  }

  at(from: number, to: number): void {
    this.from = from;
    this.to = to;
    syntaxTree(this.state).iterate({ from, to, enter: (node) => this.enter(node) });
  }

  private touched(from: number, to: number): boolean {
    if (!this.view.hasFocus) return false;
    return this.state.selection.ranges.some((range) => range.from <= to && range.to >= from);
  }

  private touchedLine(at: number): boolean {
    const { from, to } = this.state.doc.lineAt(at);
    return this.touched(from, to);
  }

  private add(look: Decoration, from: number, to: number): void {
    if (from < to) this.all.push(look.range(from, to));
  }

  /** The lines of a node that are in sight. */
  private lines(node: { from: number; to: number }, look: Decoration): void {
    for (let at = Math.max(node.from, this.from); at <= Math.min(node.to, this.to); ) {
      const here = this.state.doc.lineAt(at);
      this.all.push(look.range(here.from));
      at = here.to + 1;
    }
  }

  /** Takes a stretch out of sight; one over several lines a plugin may not. */
  private hide(from: number, to: number, by: Decoration = hidden): boolean {
    if (from >= to || to > this.state.doc.lineAt(from).to) return false;
    this.all.push(by.range(from, to));
    return true;
  }

  /** A sign: hidden, or light where the caret is. With so many of the spaces behind it. */
  private sign({ from, to }: SyntaxNodeRef, isTouched: boolean, after = 0): void {
    const end = Math.min(to + after, this.state.doc.lineAt(from).to);
    if (isTouched || !this.hide(from, end)) this.add(SIGN, from, end);
  }

  private enter(node: SyntaxNodeRef): boolean {
    const { name, from, to } = node;
    const heading = /^(?:ATX|Setext)Heading([1-6])$/.exec(name);
    if (heading) this.lines(node, HEADINGS[Number(heading[1]) - 1]!);
    const line = LINE_LOOKS[name];
    if (line) this.lines(node, line);
    const look = LOOKS[name];
    if (look) this.add(look, from, to);
    if (SIGNS_OF_PARENT.test(name)) {
      const parent = node.node.parent!;
      // A fence's signs stay.
      this.sign(node, parent.name === 'FencedCode' || this.touched(parent.from, parent.to));
    } else if (QUIET.test(name)) {
      this.add(SIGN, from, to);
    } else {
      this.enterOther(node);
    }
    if (name === 'FencedCode') this.fence(node.node);
    return !WHOLE.test(name) && !/^(?:WikiLink|Embed|Image|Autolink|Math|MathBlock)$/.test(name);
  }

  private enterOther(node: SyntaxNodeRef): void {
    const { name, from, to } = node;
    switch (name) {
      case 'HeaderMark': {
        const parent = node.node.parent!;
        if (parent.name.startsWith('ATX') && from === parent.from)
          this.sign(node, this.touchedLine(from), 1);
        else this.add(SIGN, from, to);
        return;
      }
      case 'Blockquote':
        this.quote(node.node);
        return;
      case 'QuoteMark':
        this.sign(node, this.touchedLine(from), 1);
        return;
      case 'CalloutMark': {
        const widget = new CalloutKind(this.calloutOf(node).label);
        if (this.touchedLine(from)) this.add(SIGN, from, to);
        else this.hide(from, to, Decoration.replace({ widget }));
        return;
      }
      case 'HorizontalRule':
        if (this.touchedLine(from)) return;
        this.lines(node, LINE_LOOKS.Rule!);
        this.hide(from, to);
        return;
      case 'ListMark':
        this.listMark(node);
        return;
      case 'TaskMarker':
        this.task(node);
        return;
      case 'WikiLink':
      case 'Embed':
        this.wikiLink(node.node);
        return;
      case 'Link':
        this.link(node.node);
        return;
      case 'Image':
        this.image(node);
        return;
      case 'Autolink':
        this.add(LINK, from, to);
        return;
      case 'URL':
        if (!/^(?:Link|Autolink)$/.test(node.node.parent?.name ?? '')) this.add(LINK, from, to);
        return;
      case 'FootnoteReference':
        if (this.touched(from, to)) return;
        this.hide(from, from + 2);
        this.hide(to - 1, to);
        return;
      case 'Escape':
        if (!this.touched(from, to)) this.hide(from, from + 1);
        return;
      case 'HTMLTag':
        this.tag(node.node);
        return;
      case 'HTMLBlock':
        this.html(node);
        return;
      case 'Math':
      case 'MathBlock':
        this.formula(node);
        return;
    }
  }

  /** A quote, or a callout. */
  private quote(node: SyntaxNode): void {
    const title = node.getChild('CalloutTitle');
    const mark = title?.getChild('CalloutMark');
    let depth = 0;
    for (let one: SyntaxNode | null = node.parent; one; one = one.parent) {
      if (one.name === 'Blockquote') depth++;
    }
    const look = mark ? calloutLine(this.calloutOf(mark).tone) : LINE_LOOKS.Quote!;
    // A line looks as the innermost quote that it is of.
    const inner = node.getChildren('Blockquote');
    let at = node.from;
    for (const { from, to } of inner) {
      if (from > at) this.lines({ from: at, to: this.state.doc.lineAt(from).from - 1 }, look);
      at = to + 1;
    }
    if (at <= node.to) this.lines({ from: at, to: node.to }, look);
    if (depth > 0) this.lines(node, quoteDepth(depth));
    if (title) this.lines(title, CALLOUT_TITLE);
  }

  private calloutOf({ from, to }: { from: number; to: number }) {
    const kind = /^\[!([^\]|]*)/.exec(this.state.sliceDoc(from, to))?.[1] ?? '';
    return calloutOf(kind.trim().toLowerCase());
  }

  /** A block of HTML: its tags are light signs. */
  private html({ from, to }: SyntaxNodeRef): void {
    const start = Math.max(from, this.from);
    const text = this.state.sliceDoc(start, Math.min(to, this.to));
    for (const token of htmlTokens(text, 0, text.length)) {
      if (token.kind === 'text') continue;
      this.add(SIGN, start + token.from, start + token.to);
    }
  }

  private fence(node: SyntaxNode): void {
    for (const name of ['CodeMark', 'CodeInfo']) {
      for (const { from, to } of node.getChildren(name)) this.add(SIGN, from, to);
    }
  }

  private listMark(node: SyntaxNodeRef): void {
    const item = node.node.parent;
    if (item?.parent?.name !== 'BulletList') {
      this.add(SIGN, node.from, node.to);
    } else if (item.getChild('Task')) {
      this.sign(node, this.touchedLine(node.from), 1);
    } else {
      this.add(this.touchedLine(node.from) ? SIGN : bullet, node.from, node.to);
    }
  }

  private task({ from, to, node }: SyntaxNodeRef): void {
    const state = this.state.sliceDoc(from + 1, to - 1);
    const task = node.parent!;
    if (/^[xX-]$/.test(state)) this.add(LOOKS.Done!, to + 1, task.to);
    if (this.touched(from, to)) return;
    const label = this.state.sliceDoc(to, this.state.doc.lineAt(to).to).trim();
    this.hide(from, to, Decoration.replace({ widget: new Checkbox(state, label) }));
  }

  private wikiLink(node: SyntaxNode): void {
    const marks = node.getChildren('WikiMark');
    const open = marks[0]!;
    const close = marks.at(-1)!;
    const target = linkOf(this.state, node);
    const look = target && !this.leads(target) ? MISSING : LINK;
    if (this.touched(node.from, node.to)) {
      this.add(look, open.to, close.from);
      return;
    }
    const bar = marks.length > 2 ? marks[1]! : open;
    // What is written behind an empty bar is nothing: the target is read then.
    const shown = bar.to < close.from ? bar.to : open.to;
    const from = node.name === 'Embed' ? node.from + 1 : node.from;
    if (from > node.from) this.add(SIGN, node.from, from);
    this.hide(from, shown);
    this.add(look, shown, shown === bar.to ? close.from : bar.from);
    this.hide(shown === bar.to ? close.from : bar.from, node.to);
  }

  private link(node: SyntaxNode): void {
    const [open, close] = node.getChildren('LinkMark');
    if (!open || !close) return;
    const target = linkOf(this.state, node);
    const look = target && !this.leads(target) ? MISSING : LINK;
    this.add(look, open.to, close.from);
    // A link without a text would be nothing at all.
    if (open.to === close.from || this.touched(node.from, node.to)) return;
    this.hide(open.from, open.to);
    this.hide(close.from, node.to);
  }

  private image({ from, to }: SyntaxNodeRef): void {
    const written = this.state.sliceDoc(from, to);
    const address = this.touched(from, to) ? null : keptAddress(written);
    const widget = address === null ? null : new KeptImage(written, address, this.imageUrl);
    if (!widget || !this.hide(from, to, Decoration.replace({ widget }))) this.add(SIGN, from, to);
  }

  /** An HTML element of the short list, where it is closed; any other tag is a light sign. */
  private tag(node: SyntaxNode): void {
    const { from, to } = node;
    if (this.closed.has(from)) return;
    const name = /^<([a-z]+)\b/i.exec(this.state.sliceDoc(from, Math.min(to, from + 12)))?.[1];
    const look = tagLook(name?.toLowerCase() ?? '');
    const close = look && name ? this.closingTag(node, name.toLowerCase()) : null;
    if (!look || !close) {
      this.add(SIGN, from, to);
      return;
    }
    this.closed.add(close.from);
    this.add(look, to, close.from);
    const isTouched = this.touched(from, close.to);
    for (const one of [node, close]) this.sign(one, isTouched);
  }

  private closingTag(node: SyntaxNode, name: string): SyntaxNode | null {
    let one = node.nextSibling;
    for (let i = 0; one && i < FAR_TAG; i++, one = one.nextSibling) {
      if (one.name !== 'HTMLTag') continue;
      const written = this.state.sliceDoc(one.from, Math.min(one.to, one.from + 14));
      if (written.toLowerCase().startsWith(`</${name}`)) return one;
    }
    return null;
  }

  /** A formula in place of its source; one over several lines below it. */
  private formula(node: SyntaxNodeRef): void {
    const { from, to, name } = node;
    const isTouched = this.touched(from, to);
    const [open, close] = node.node.getChildren('MathMark');
    if (!open || !close) return;
    for (const mark of [open, close]) this.add(SIGN, mark.from, mark.to);
    const source = this.state.sliceDoc(open.to, close.from).replace(/^[ \t>]+/gm, '');
    const isApart = name === 'MathBlock' || open.to - open.from === 2;
    if (isTouched || source.trim() === '') return;
    const inPlace = Decoration.replace({ widget: new Formula(source, isApart, false) });
    if (this.hide(from, to, inPlace)) return;
    const below = Decoration.widget({ widget: new Formula(source, isApart, true), side: 1 });
    this.all.push(below.range(this.state.doc.lineAt(to).to));
  }
}
