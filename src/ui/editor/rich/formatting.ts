import { syntaxTree } from '@codemirror/language';
import { type EditorState, type Range, StateEffect } from '@codemirror/state';
import {
  Decoration,
  type DecorationSet,
  EditorView,
  ViewPlugin,
  type ViewUpdate,
  WidgetType,
} from '@codemirror/view';
import type { SyntaxNode, SyntaxNodeRef } from '@lezer/common';
import type { LinkTarget } from '../../../storage/notes/link-index.ts';
import type { FieldEvents } from '../fields/field.ts';
import { KeptImage, keptAddress, type Urls } from './kept-image.ts';

/** What the signs in a text become, where the caret is not. */
class Bullet extends WidgetType {
  override eq(): boolean {
    return true;
  }
  override toDOM(): HTMLElement {
    const dot = document.createElement('span');
    dot.className = 'md-bullet';
    dot.textContent = '•';
    return dot;
  }
}

class Checkbox extends WidgetType {
  readonly #done: boolean;
  readonly #label: string;
  constructor(done: boolean, label: string) {
    super();
    this.#done = done;
    this.#label = label;
  }
  override eq(other: Checkbox): boolean {
    return other.#done === this.#done && other.#label === this.#label;
  }
  override toDOM(view: EditorView): HTMLElement {
    const box = document.createElement('input');
    box.type = 'checkbox';
    box.className = 'md-check';
    box.checked = this.#done;
    box.setAttribute('aria-label', this.#label);
    box.addEventListener('mousedown', (event) => event.preventDefault());
    box.addEventListener('click', (event) => {
      event.preventDefault();
      if (view.state.readOnly) return;
      const at = view.posAtDOM(box);
      const now = /^\[[xX]\]/.test(view.state.sliceDoc(at, at + 3));
      view.dispatch({
        changes: { from: at + 1, to: at + 2, insert: now ? ' ' : 'x' },
        userEvent: 'input.check',
      });
    });
    return box;
  }
  override ignoreEvent(): boolean {
    return true;
  }
}

const bullet = Decoration.replace({ widget: new Bullet() });
const hidden = Decoration.replace({});
const styled = (name: string) => Decoration.mark({ class: name });
const line = (name: string) => Decoration.line({ class: name });
const TAG = styled('md-tag');
const LINK = styled('md-link');
const MISSING = styled('md-link md-missing');
const CODE = styled('md-inline-code');
const SIGN = styled('md-sign');
const DONE = styled('md-done');
const HEADINGS = [1, 2, 3, 4, 5, 6].map((level) => line(`md-h md-h${level}`));
const QUOTE = line('md-quote');
const CODE_LINE = line('md-code');
const TABLE = line('md-table');
const RULE = line('md-rule');

/**
 * Markdown shown as what it means, where the caret is not; there its signs stand as they are
 * written. Only what is in sight is looked at.
 */
export function liveFormatting({ imageUrl, onLink, onTag, watchLinks }: Events) {
  const plugin = ViewPlugin.fromClass(
    class {
      decorations: DecorationSet;
      readonly links: ReturnType<Events['watchLinks']>;
      constructor(view: EditorView) {
        this.links = watchLinks(() => view.dispatch({ effects: linksChanged.of(null) }));
        this.decorations = decorate(view, imageUrl, this.links.leads);
      }
      update(update: ViewUpdate) {
        if (
          update.docChanged ||
          update.viewportChanged ||
          update.selectionSet ||
          update.focusChanged ||
          update.transactions.some(({ effects }) => effects.some((one) => one.is(linksChanged))) ||
          syntaxTree(update.startState) !== syntaxTree(update.state)
        ) {
          this.decorations = decorate(update.view, imageUrl, this.links.leads);
        }
      }
      destroy() {
        this.links.stop();
      }
    },
    { decorations: (value) => value.decorations },
  );
  return [plugin, clicks({ onLink, onTag })];
}

type Events = Pick<FieldEvents, 'imageUrl' | 'onLink' | 'onTag' | 'watchLinks'>;
/** It is known anew which links lead to a note. */
const linksChanged = StateEffect.define<null>();

function decorate(
  view: EditorView,
  imageUrl: Urls,
  leads: (link: LinkTarget) => boolean,
): DecorationSet {
  const { state } = view;
  const all: Range<Decoration>[] = [];
  const touched = (from: number, to: number): boolean =>
    view.hasFocus && state.selection.ranges.some((range) => range.from <= to && range.to >= from);
  const touchedLine = (at: number): boolean => {
    const { from, to } = state.doc.lineAt(at);
    return touched(from, to);
  };
  const lookOf = (target: LinkTarget | null): Decoration =>
    target && !leads(target) ? MISSING : LINK;
  for (const { from, to } of view.visibleRanges) {
    const lines = (node: SyntaxNodeRef, what: Decoration): void => {
      for (let at = Math.max(node.from, from); at <= Math.min(node.to, to); ) {
        const here = state.doc.lineAt(at);
        all.push(what.range(here.from));
        at = here.to + 1;
      }
    };
    const sign = (node: SyntaxNodeRef, isTouched: boolean, after = 0): void => {
      const end = Math.min(node.to + after, state.doc.lineAt(node.from).to);
      if (end <= node.from) return;
      all.push((isTouched ? SIGN : hidden).range(node.from, end));
    };
    syntaxTree(state).iterate({
      from,
      to,
      enter(node) {
        const { name } = node;
        const heading = /^(?:ATX|Setext)Heading([1-6])$/.exec(name);
        if (heading) {
          lines(node, HEADINGS[Number(heading[1]) - 1]!);
          return;
        }
        switch (name) {
          case 'HeaderMark': {
            const atx = node.node.parent?.name.startsWith('ATX');
            if (atx && node.from === node.node.parent?.from) sign(node, touchedLine(node.from), 1);
            else all.push(SIGN.range(node.from, node.to));
            return;
          }
          case 'Blockquote':
            lines(node, QUOTE);
            return;
          case 'QuoteMark':
            sign(node, touchedLine(node.from), 1);
            return;
          case 'FrontMatter':
            lines(node, CODE_LINE);
            return false;
          case 'FencedCode':
          case 'CodeBlock':
            lines(node, CODE_LINE);
            return;
          case 'Table':
            lines(node, TABLE);
            return false;
          case 'HorizontalRule':
            if (!touchedLine(node.from)) {
              lines(node, RULE);
              all.push(hidden.range(node.from, node.to));
            }
            return;
          case 'InlineCode':
            all.push(CODE.range(node.from, node.to));
            return;
          case 'CodeMark':
            if (node.node.parent?.name === 'InlineCode') {
              sign(node, touched(node.node.parent.from, node.node.parent.to));
            } else all.push(SIGN.range(node.from, node.to));
            return;
          case 'EmphasisMark':
          case 'StrikethroughMark': {
            const parent = node.node.parent!;
            sign(node, touched(parent.from, parent.to));
            return;
          }
          case 'ListMark':
            listMark(node);
            return;
          case 'Task':
            if (
              /^\[[xX]\]/.test(state.sliceDoc(node.from, node.from + 3)) &&
              node.to > node.from + 4
            )
              all.push(DONE.range(node.from + 4, node.to));
            return;
          case 'TaskMarker':
            if (!touched(node.from, node.to)) {
              const done = state.sliceDoc(node.from + 1, node.from + 2) !== ' ';
              const label = state.sliceDoc(node.to, state.doc.lineAt(node.to).to).trim();
              all.push(
                Decoration.replace({ widget: new Checkbox(done, label) }).range(node.from, node.to),
              );
            }
            return;
          case 'Hashtag':
            if (node.node.parent?.name !== 'Link') all.push(TAG.range(node.from, node.to));
            return;
          case 'WikiLink':
            wikiLink(node);
            return false;
          case 'Link':
            link(node);
            return;
          case 'Image':
            image(node);
            return false;
          case 'Autolink':
            all.push(LINK.range(node.from, node.to));
            return false;
          case 'URL':
            if (node.node.parent?.name !== 'Link') all.push(LINK.range(node.from, node.to));
            return;
        }
      },
    });

    function listMark(node: SyntaxNodeRef): void {
      const item = node.node.parent;
      if (item?.parent?.name !== 'BulletList') {
        all.push(SIGN.range(node.from, node.to));
      } else if (item.getChild('Task')) {
        sign(node, touchedLine(node.from), 1);
      } else {
        all.push((touchedLine(node.from) ? SIGN : bullet).range(node.from, node.to));
      }
    }
    function wikiLink(node: SyntaxNodeRef): void {
      const [bar] = node.node.getChildren('WikiBar');
      const look = lookOf(linkOf(state, node.node));
      if (touched(node.from, node.to)) {
        all.push(look.range(node.from + 2, node.to - 2));
        return;
      }
      const shown = bar ? bar.to : node.from + 2;
      all.push(hidden.range(node.from, shown));
      if (shown < node.to - 2) all.push(look.range(shown, node.to - 2));
      all.push(hidden.range(node.to - 2, node.to));
    }
    function link(node: SyntaxNodeRef): void {
      const marks = node.node.getChildren('LinkMark');
      const url = node.node.getChild('URL');
      const close = marks[1];
      if (!url || !close || marks.length < 3) return;
      const text = { from: node.from + 1, to: close.from };
      const look = lookOf(linkOf(state, node.node));
      if (text.from < text.to) all.push(look.range(text.from, text.to));
      // A link without a text would be nothing at all.
      if (text.from === text.to || touched(node.from, node.to)) return;
      all.push(hidden.range(node.from, text.from), hidden.range(text.to, node.to));
    }
    function image(node: SyntaxNodeRef): void {
      const written = state.sliceDoc(node.from, node.to);
      const address = touched(node.from, node.to) ? null : keptAddress(written);
      if (address === null) {
        all.push(SIGN.range(node.from, node.to));
        return;
      }
      const widget = new KeptImage(written, address, imageUrl);
      all.push(Decoration.replace({ widget }).range(node.from, node.to));
    }
  }
  return Decoration.set(all, true);
}

/** What the link at a position leads to. */
export function linkAt(state: EditorState, at: number): LinkTarget | null {
  for (let node: SyntaxNode | null = nodeAt(state, at); node; node = node.parent) {
    const link = linkOf(state, node);
    if (link) return link;
  }
  return null;
}

/** The tag at a position, without `#`. */
export function tagAt(state: EditorState, at: number): string | null {
  // At its end the caret still is in it.
  for (const side of [1, -1] as const) {
    const node = syntaxTree(state).resolveInner(at, side);
    if (node.name === 'Hashtag') return state.sliceDoc(node.from + 1, node.to);
  }
  return null;
}

function linkOf(state: EditorState, node: SyntaxNode): LinkTarget | null {
  if (node.name === 'WikiLink') {
    const target = node.getChild('WikiTarget');
    return target && { written: state.sliceDoc(target.from, target.to), kind: 'name' };
  }
  const url =
    node.name === 'URL'
      ? node
      : node.name === 'Link' || node.name === 'Autolink'
        ? node.getChild('URL')
        : null;
  return url && { written: addressIn(state.sliceDoc(url.from, url.to)), kind: 'address' };
}

/** Angles around it, and what keeps a sign from being one, are none of it. */
const addressIn = (written: string): string =>
  written.replace(/^<(.*)>$/s, '$1').replace(/\\([!-/:-@[-`{-~])/g, '$1');

const nodeAt = (state: EditorState, at: number): SyntaxNode =>
  syntaxTree(state).resolveInner(at, 0);

/** A link that stands as what it means is followed; one being edited takes the caret. */
function clicks({ onLink, onTag }: Pick<Events, 'onLink' | 'onTag'>) {
  return EditorView.domEventHandlers({
    mousedown(event, view) {
      if (event.button !== 0 || event.shiftKey) return false;
      if (!(event.target as HTMLElement).closest?.('.md-link, .md-tag')) return false;
      const at = view.posAtCoords(event);
      const found = at === null ? null : linkAt(view.state, at);
      const tag = at === null || found ? null : tagAt(view.state, at);
      if (at === null || !(found || tag)) return false;
      const { from, to } = view.state.selection.main;
      const here = view.state.doc.lineAt(at);
      const editing = view.hasFocus && from <= here.to && to >= here.from;
      if (editing && !event.ctrlKey && !event.metaKey) return false;
      event.preventDefault();
      if (found) onLink(found);
      else onTag(tag!);
      return true;
    },
  });
}
