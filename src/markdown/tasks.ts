import type { NoteDocument } from './document.ts';
import type { Range } from './grammar.ts';
import { plainText } from './plain-text.ts';

export interface Task extends Range {
  /** What stands in its box: ' ' for one that is to be done, `x`, or any other sign. */
  state: string;
  /** Where that sign stands. */
  stateRange: Range;
  /** As it is read. */
  text: string;
}

export function tasksOf(doc: NoteDocument): Task[] {
  const found: Task[] = [];
  doc.tree.iterate({
    enter({ name, from, to, node }) {
      if (name !== 'Task') return;
      const marker = node.firstChild!;
      const stateRange = { from: marker.from + 1, to: marker.to - 1 };
      const state = doc.text.slice(stateRange.from, stateRange.to);
      found.push({ from, to, state, stateRange, text: plainText(doc, marker.to, to).text.trim() });
      return false;
    },
  });
  return found;
}
