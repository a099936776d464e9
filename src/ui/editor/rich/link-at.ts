import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';
import type { LinkTarget } from '../../../storage/notes/link-index.ts';
import type { FieldEvents } from '../fields/field.ts';

/** What the link at a position leads to. */
export function linkAt(state: EditorState, at: number): LinkTarget | null {
  const found = syntaxTree(state).resolveInner(at, 0);
  for (let node: SyntaxNode | null = found; node; node = node.parent) {
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

/** What a node leads to, if it is a link. */
export function linkOf(state: EditorState, node: SyntaxNode): LinkTarget | null {
  if (node.name === 'WikiLink' || node.name === 'Embed') {
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

/** A link that stands as what it means is followed; one being edited takes the caret. */
export function linkClicks({ onLink, onTag }: Pick<FieldEvents, 'onLink' | 'onTag'>) {
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
