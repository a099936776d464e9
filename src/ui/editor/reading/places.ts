import type { Drawn, DrawnElement } from '../../../markdown/drawn.ts';
import type { Place } from './drawing.ts';

/** Blocks whose place in the note stands in the page: in `data-at`. */
const PLACED =
  /^(?:p|h\d|li|ol|ul|pre|tr|blockquote|callout|properties|details|footnote|hr|math|template)$/;

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

/** The innermost element that was drawn of what begins there. */
export const elementAt = (host: HTMLElement, from: number): HTMLElement | undefined =>
  [...host.querySelectorAll<HTMLElement>(`[data-at="${from}"]`)].at(-1);

/** Headings are named in links as they are written, or in lower case with hyphens. */
export const headingKey = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]+/gu, '-')
    .replace(/^-|-$/g, '');

/** What a link within the note leads to. */
export function findPlace(host: HTMLElement, to: Place): HTMLElement | undefined {
  const all = (selector: string): HTMLElement[] => [
    ...host.querySelectorAll<HTMLElement>(selector),
  ];
  if ('footnote' in to) return all(`[data-footnote="${to.footnote}"]`)[0];
  if ('reference' in to) return all(`[data-reference="${to.reference}"]`)[0];
  if ('block' in to) return all('[data-block]').find(({ dataset }) => dataset.block === to.block);
  // `Chapter#Section` names the section.
  const key = headingKey(to.heading.split('#').at(-1)!);
  if (key === '') return undefined;
  return all('[data-heading]').find(({ textContent }) => headingKey(textContent ?? '') === key);
}
