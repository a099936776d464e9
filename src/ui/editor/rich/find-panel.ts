import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  SearchQuery,
  search,
  setSearchQuery,
} from '@codemirror/search';
import type { EditorView, Panel, ViewUpdate } from '@codemirror/view';

export interface FindWords {
  find: string;
  next: string;
  previous: string;
  close: string;
  count(at: number, of: number, more: boolean): string;
}

/** Matches counted at most. */
const MOST = 9_999;
/** Debounce of counting after a key, ms. */
const COUNT_AFTER_MS = 80;

/**
 * "Find in note", with "3 of 17".
 * @param onLeft told of the match that was found last, which is not selected any more
 */
export const findPanel = (
  words: FindWords,
  onLeft: (view: EditorView, match: { from: number; to: number }) => void,
) => search({ top: true, literal: true, createPanel: (view) => createPanel(view, words, onLeft) });

function createPanel(
  view: EditorView,
  words: FindWords,
  onLeft: (view: EditorView, match: { from: number; to: number }) => void,
): Panel {
  const dom = document.createElement('div');
  dom.className = 'find';
  dom.setAttribute('role', 'search');
  const input = document.createElement('input');
  input.type = 'text';
  input.setAttribute('main-field', 'true');
  input.setAttribute('aria-label', words.find);
  input.placeholder = words.find;
  const count = document.createElement('span');
  count.className = 'find-count';
  count.setAttribute('role', 'status');
  let timer = 0;

  const query = (): SearchQuery => new SearchQuery({ search: input.value, literal: true });
  const tell = (): void => {
    clearTimeout(timer);
    timer = window.setTimeout(() => {
      count.textContent = input.value ? position(view, query(), words) : '';
    }, COUNT_AFTER_MS);
  };
  const button = (label: string, sign: string, run: () => void): HTMLButtonElement => {
    const made = document.createElement('button');
    made.type = 'button';
    made.setAttribute('aria-label', label);
    made.textContent = sign;
    made.addEventListener('click', run);
    return made;
  };
  const close = (): void => {
    closeSearchPanel(view);
    const { from, to } = view.state.selection.main;
    // Left selected, what was looked for would be replaced by the next key.
    view.dispatch({ selection: { anchor: from } });
    view.focus();
    onLeft(view, { from, to });
  };
  input.addEventListener('input', () => {
    view.dispatch({ effects: setSearchQuery.of(query()) });
    // From where the search began, not from the match of one letter less.
    const { from } = view.state.selection.main;
    view.dispatch({ selection: { anchor: from } });
    const { selectionStart, selectionEnd } = input;
    if (input.value) findNext(view);
    // It selects what was typed so far: the next letter would take its place.
    input.setSelectionRange(selectionStart, selectionEnd);
    tell();
  });
  dom.addEventListener('keydown', (event) => {
    if (event.isComposing) return;
    if (event.key === 'Enter' && event.target === input) {
      event.preventDefault();
      (event.shiftKey ? findPrevious : findNext)(view);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  dom.append(
    input,
    count,
    button(words.previous, '↑', () => findPrevious(view)),
    button(words.next, '↓', () => findNext(view)),
    button(words.close, '×', close),
  );
  return {
    dom,
    top: true,
    mount() {
      // What is selected, where that is a few words.
      input.value = getSearchQuery(view.state).search;
      input.select();
      tell();
    },
    update(update: ViewUpdate) {
      const asked = getSearchQuery(update.state).search;
      if (asked !== input.value) input.value = asked;
      if (update.docChanged || update.selectionSet) tell();
    },
    destroy: () => clearTimeout(timer),
  };
}

function position(view: EditorView, query: SearchQuery, words: FindWords): string {
  const { from, to } = view.state.selection.main;
  let total = 0;
  let at = 0;
  const cursor = query.getCursor(view.state);
  for (let next = cursor.next(); !next.done && total <= MOST; next = cursor.next()) {
    total++;
    if (next.value.from === from && next.value.to === to) at = total;
  }
  return words.count(at, Math.min(total, MOST), total > MOST);
}
