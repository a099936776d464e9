/** Opens all that is folded around an element. */
export function unfold(element: Element): void {
  for (let at = element.closest('details'); at; at = at.parentElement?.closest('details') ?? null) {
    at.open = true;
  }
}

/** Brings a place of a note that is read into sight, with the focus on it. */
export function showPlace(element: HTMLElement): void {
  unfold(element);
  element.scrollIntoView({ block: 'start' });
  element.focus({ preventScroll: true });
}
