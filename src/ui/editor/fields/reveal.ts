import { byTouch } from './touch.ts';

/** Longer texts are not laid out a second time to find a line in them, UTF-16 units. */
const LONGEST_MEASURED = 1_000_000;
const COPIED = [
  'font',
  'letterSpacing',
  'lineHeight',
  'tabSize',
  'textIndent',
  'wordSpacing',
  'direction',
  'paddingLeft',
  'paddingRight',
  'paddingTop',
] as const;

/**
 * Puts the caret of a textarea there, and scrolls it into sight, a third from the top. Nothing is
 * selected, so that no key replaces it; where a finger points, no keyboard comes up.
 */
export function revealRange(area: HTMLTextAreaElement, start: number): void {
  const length = area.value.length;
  const from = Math.min(start, length);
  if (!byTouch()) area.focus({ preventScroll: true });
  area.setSelectionRange(from, from);
  const top = from > LONGEST_MEASURED ? (from / length) * area.scrollHeight : topOf(area, from);
  area.scrollTop = Math.max(0, top - area.clientHeight / 3);
}

/** Where the character stands: the same text, in a box of the same width, tells. */
function topOf(area: HTMLTextAreaElement, index: number): number {
  const style = getComputedStyle(area);
  const mirror = document.createElement('div');
  for (const name of COPIED) mirror.style[name] = style[name];
  Object.assign(mirror.style, {
    position: 'absolute',
    top: '0',
    left: '-100000px',
    width: `${area.clientWidth}px`,
    boxSizing: 'border-box',
    visibility: 'hidden',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'break-word',
  });
  mirror.textContent = area.value.slice(0, index);
  const mark = document.createElement('span');
  mark.textContent = area.value.slice(index, index + 1) || '.';
  mirror.append(mark);
  document.body.append(mirror);
  const top = mark.offsetTop;
  mirror.remove();
  return top;
}
