import { S } from './strings.ts';

/** The app's own shortcuts. None is a bare letter, none is one that types or that assists. */
const onApple = /mac|iphone|ipad/i.test(globalThis.navigator?.platform ?? '');

export type Shortcut = 'new' | 'today' | 'read' | 'find' | 'help';

/** Keys by place, for Alt changes the letter. */
const LETTERS: Partial<Record<Shortcut, string>> = { new: 'KeyN', today: 'KeyD', read: 'KeyR' };

/** By the key's place on the keyboard where Alt would change its letter. */
export function isShortcut(event: KeyboardEvent, what: Shortcut): boolean {
  const { altKey, ctrlKey, metaKey, shiftKey, code, key } = event;
  if (what === 'find') {
    return (
      (onApple ? metaKey && !ctrlKey : ctrlKey && !metaKey) &&
      !altKey &&
      !shiftKey &&
      key.toLowerCase() === 'f'
    );
  }
  if (what === 'help') return key === '?' && !ctrlKey && !metaKey && !altKey && !typing(event);
  const held = onApple ? ctrlKey && shiftKey && !altKey : altKey && shiftKey && !ctrlKey;
  return held && !metaKey && code === LETTERS[what];
}

/** Whether a key takes a change back, or brings it again. */
export function undoKey(event: KeyboardEvent): 'undo' | 'redo' | null {
  const { altKey, ctrlKey, metaKey, shiftKey } = event;
  if (altKey || (onApple ? !metaKey || ctrlKey : !ctrlKey || metaKey)) return null;
  const key = event.key.toLowerCase();
  if (key === 'z') return shiftKey ? 'redo' : 'undo';
  return key === 'y' && !onApple && !shiftKey ? 'redo' : null;
}

/** Types of input in which nothing is typed. */
const NO_TEXT = [
  'button',
  'checkbox',
  'color',
  'file',
  'image',
  'radio',
  'range',
  'reset',
  'submit',
];

/** Whether what has the focus is a text that can be changed, and so has an undo of its own. */
export function inText(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (target instanceof HTMLTextAreaElement) return !target.readOnly;
  if (target instanceof HTMLInputElement) return !target.readOnly && !NO_TEXT.includes(target.type);
  return target instanceof HTMLElement && target.isContentEditable;
}

/** Whether the key goes into a text. */
function typing(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="checkbox"]), textarea, select, [role="combobox"]'))
  );
}

const letters = (letter: string): string =>
  onApple ? `⌃ ⇧ ${letter}` : `${S.altKey} ${S.shiftKey} ${letter}`;
const mod = (letter: string): string => (onApple ? `⌘ ${letter}` : `${S.ctrlKey} ${letter}`);

/** As shown to the person, key by key. */
export const KEYS = {
  search: mod('K'),
  new: letters('N'),
  today: letters('D'),
  read: letters('R'),
  find: mod('F'),
  bold: mod('B'),
  italic: mod('I'),
  undo: mod('Z'),
  link: mod(S.enterKey),
  newTab: mod(S.enterKey),
  help: '?',
  leave: `${S.escKey} ${S.tabKey}`,
  open: S.enterKey,
  close: S.escKey,
} as const;
