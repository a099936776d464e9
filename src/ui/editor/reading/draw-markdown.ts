import { type ComponentChildren, createElement, type VNode } from 'preact';
import type { Drawn, DrawnElement } from '../../../markdown/drawn.ts';
import { type Around, drawElement } from './draw-element.tsx';
import type { Drawing } from './drawing.ts';

export interface Picture {
  nodes: ComponentChildren[];
  /** Whether all of the note is in it. */
  isWhole: boolean;
}

/** What is made of a list that was cut off. */
interface Begun {
  /** In the page they keep their places. */
  parts: ComponentChildren[];
  /** Elements and texts in them. */
  size: number;
  next: number;
  /** Whether the next one stands in the page in part. */
  isCut: boolean;
}

const NOTHING: Begun = { parts: [], size: 0, next: 0, isCut: false };

/** Preact does not look again into a component that was given the same way before. */
const Same = ({ children }: { children?: ComponentChildren }): ComponentChildren => children;

/**
 * Draws a note from its beginning as far as is asked for. The next time what was made stays as it is
 * and the rest is added: so a long note is drawn in pieces, each a task.
 *
 * @returns draws about so many elements and texts, from the first on
 */
export function drawer(drawn: readonly Drawn[], drawing: Drawing): (most: number) => Picture {
  const begun = new Map<readonly Drawn[], Begun>();
  let left = 0;
  let isWhole = true;

  function listOf(list: readonly Drawn[], around: Around): ComponentChildren[] {
    const before = begun.get(list) ?? NOTHING;
    const parts = [...before.parts];
    const made: ComponentChildren[] = [];
    let { size } = before;
    left -= size;
    const keep = (next: number, isCut: boolean): ComponentChildren[] => {
      if (made.length > 0) parts.push(createElement(Same, null, made));
      begun.set(list, { parts, size, next, isCut });
      return parts;
    };
    for (let i = before.next; i < list.length; i++) {
      if (left <= 0) {
        isWhole = false;
        return keep(i, false);
      }
      const start = left--;
      const one = list[i]!;
      const node = typeof one === 'string' ? one : element(one, around);
      if (!isWhole) return [...keep(i, true), node];
      size += start - left;
      if (before.isCut && i === before.next) parts.push(node);
      else made.push(node);
    }
    if (parts.length === 0) return made;
    return made.length === 0 ? parts : [...parts, createElement(Same, null, made)];
  }

  const element = (one: DrawnElement, around: Around): VNode =>
    drawElement(
      one,
      listOf(one.children, {
        parent: one,
        list: one.name === 'li' ? around.parent : null,
        inLink: around.inLink || one.name === 'a',
      }),
      around,
      drawing,
    );

  return (most) => {
    left = most;
    isWhole = true;
    const nodes = listOf(drawn, { parent: null, list: null, inLink: false });
    return { nodes, isWhole };
  };
}
