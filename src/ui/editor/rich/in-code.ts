import { ensureSyntaxTree, syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

/** So long is read on to the caret, ms; behind that what is read so far must do. */
const READ_MS = 20;

/** Whether a place is in a block of code: between its fences, or in indented lines. */
export function inCode(state: EditorState, at: number): boolean {
  const tree = ensureSyntaxTree(state, at, READ_MS) ?? syntaxTree(state);
  for (let node: SyntaxNode | null = tree.resolveInner(at, -1); node; node = node.parent) {
    if (node.name === 'CodeBlock') return true;
    if (node.name !== 'FencedCode') continue;
    const [open, close] = node.getChildren('CodeMark');
    // Neither on the line of the one nor on that of the other.
    const isBehind = open !== undefined && at > state.doc.lineAt(open.to).to;
    return isBehind && (!close || at < state.doc.lineAt(close.from).from);
  }
  // An open fence with nothing in it yet ends where its line does.
  const line = state.doc.lineAt(at);
  const above = line.number > 1 ? tree.resolveInner(state.doc.line(line.number - 1).to, -1) : null;
  return line.length === 0 && isOpenFence(above);
}

function isOpenFence(node: SyntaxNode | null): boolean {
  for (let one = node; one; one = one.parent) {
    if (one.name === 'FencedCode') return one.getChildren('CodeMark').length === 1;
  }
  return false;
}
