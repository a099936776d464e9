import type { Drawn, DrawnElement } from '../../../markdown/drawn.ts';

/** Blocks whose place in the note stands in the page: in `data-at`. */
const PLACED =
  /^(?:p|h\d|li|ol|ul|dl|dt|dd|pre|tr|blockquote|callout|properties|details|footnote|hr|math|template)$/;

/**
 * The innermost block that holds a place of the note; where none does, the last one that begins
 * before it.
 *
 * @returns where it begins
 */
export function blockAt(drawn: readonly Drawn[], at: number): number | undefined {
  let best: DrawnElement | undefined;
  const holds = ({ to }: DrawnElement): boolean => at < to;
  const look = (list: readonly Drawn[]): void => {
    for (const one of list) {
      if (typeof one === 'string') continue;
      const { name, from, isBlock } = one;
      const isPlaced = PLACED.test(name) && (!/^(?:math|template)$/.test(name) || isBlock);
      if (isPlaced && from <= at) {
        const isHolder = holds(one);
        const wasHolder = best !== undefined && holds(best);
        if (!best || (isHolder === wasHolder ? from >= best.from : isHolder)) best = one;
      }
      look(one.children);
    }
  };
  look(drawn);
  return best?.from;
}

/** Not within a note that is drawn in this one: its places are others. */
const OWN = ':not(.embed-note *)';

/** The innermost element that was drawn of what begins there. */
export const elementAt = (host: HTMLElement, from: number): HTMLElement | undefined =>
  [...host.querySelectorAll<HTMLElement>(`[data-at="${from}"]${OWN}`)].at(-1);

/** What a footnote's number, or the way back from it, leads to. */
export function findFootnote(
  host: HTMLElement,
  to: { footnote: number } | { reference: number },
): HTMLElement | undefined {
  const selector =
    'footnote' in to ? `[data-footnote="${to.footnote}"]` : `[data-reference="${to.reference}"]`;
  return host.querySelector<HTMLElement>(selector + OWN) ?? undefined;
}
