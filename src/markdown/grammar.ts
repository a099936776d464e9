import type { Tree } from '@lezer/common';
import { GFM, parser } from '@lezer/markdown';
import { limited } from './limits.ts';
import { labelKey } from './link-parts.ts';
import { linkRule } from './link-rule.ts';

/** Where a note may define a link: `[label]:` at the start of a line, within quotes and lists too. */
const MAY_DEFINE = /^[ \t>*+\d.)-]*\[[^\]]/m;

/** The labels that the note in hand defines; set before each parse, which is synchronous. */
let defined: ReadonlySet<string> = new Set();

const base = parser.configure({ parseInline: [linkRule((key) => defined.has(key))] });
const commonMark = limited(base.configure({}));
const withGfm = limited(base.configure(GFM));

/** By the keys of their labels: where each link definition stands. The first of a label counts. */
export function definitionsOf(text: string): Map<string, { from: number; to: number }> {
  const found = new Map<string, { from: number; to: number }>();
  if (!MAY_DEFINE.test(text)) return found;
  commonMark.parse(text).iterate({
    enter(node) {
      if (node.name !== 'LinkReference') return;
      const label = node.node.getChild('LinkLabel');
      if (!label) return;
      const key = labelKey(text.slice(label.from + 1, label.to - 1));
      if (key && !found.has(key)) found.set(key, { from: node.from, to: node.to });
    },
  });
  return found;
}

/** Reads a note. `gfm`: with tables, task lists, strikethrough and bare addresses. */
export function parse(text: string, { gfm = true } = {}): Tree {
  defined = new Set(definitionsOf(text).keys());
  return (gfm ? withGfm : commonMark).parse(text);
}
