import { undoKey } from '../../core/shortcuts.ts';
import { TextHistory } from './text-history.ts';

export interface OwnHistory {
  /** The text was exchanged by the app. `undoable`: Ctrl+Z takes it back. */
  show(text: string, undoable: boolean): void;
  /** @returns whether there was something to undo */
  undo(): boolean;
  canUndo(): boolean;
}

/**
 * Gives a textarea an undo history of its own. The browser has one for the whole page: there Ctrl+Z
 * in one text takes back what was typed in another.
 * @param onChange runs after an undo or a redo
 */
export function ownHistory(area: HTMLTextAreaElement, onChange: () => void): OwnHistory {
  const history = new TextHistory(area.value);
  const step = (which: 'undo' | 'redo'): boolean => {
    const shown = history[which]();
    if (!shown) return false;
    area.value = shown.text;
    area.setSelectionRange(shown.caret, shown.caret);
    onChange();
    return true;
  };
  area.addEventListener('input', () => history.typed(area.value, performance.now()));
  area.addEventListener('keydown', (event) => {
    const which = undoKey(event);
    if (!which || area.readOnly || event.isComposing) return;
    event.preventDefault();
    step(which);
  });
  // From a menu, or by the browser's own wish when the focus is elsewhere.
  area.addEventListener('beforeinput', (event) => {
    const which = { historyUndo: 'undo', historyRedo: 'redo' }[event.inputType];
    if (!which) return;
    event.preventDefault();
    if (document.activeElement === area && !area.readOnly) step(which as 'undo' | 'redo');
  });
  return {
    show(text, undoable) {
      if (area.value !== text) area.value = text;
      if (undoable) history.exchanged(text);
      else history.replaced(text);
    },
    undo: () => step('undo'),
    canUndo: () => history.canUndo,
  };
}
