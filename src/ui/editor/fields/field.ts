import type { LinkTarget } from '../../../storage/notes/link-index.ts';
import type { TextChange } from '../../../text-change.ts';

/** Where a note's text is written, whatever it is made of. Positions are UTF-16 units. */
export interface NoteField {
  text(): string;
  /** Shows another text; the caret stays where it was. `undoable`: Ctrl+Z takes it back. */
  show(text: string, undoable: boolean): void;
  /** Takes back the last step of what was typed here, or shown as undoable; false for none. */
  undo(): boolean;
  canUndo(): boolean;
  /**
   * Brings a passage into sight, lit for a moment, with the caret at its start. Selects nothing:
   * the next key would replace it. Where a finger points, the focus stays where it is.
   */
  reveal(start: number, end: number): void;
  focus(): void;
  hasFocus(): boolean;
  /** Anchor and head. */
  selection(): [number, number];
  select(range: [number, number]): void;
  /**
   * What would be cut off if another field took over now: a word of an input method, an image that
   * is being kept. Settles once it is over; null for nothing.
   */
  busy(): Promise<unknown> | null;
  setReadOnly(readOnly: boolean): void;
  /** Opens "Find in note"; false where the browser's own has to do. */
  find(): boolean;
  /** Before it is hidden, and when it is shown again: how far it was scrolled. */
  keepPlace(): void;
  returnToPlace(): void;
  /**
   * The undo history, as it can be kept; null for one that cannot, undefined where none is known.
   */
  history(): string | null | undefined;
  destroy(): void;
}

export interface FieldOptions {
  text: string;
  /** What `history` gave when the text was the same. */
  history: string | null;
  label: string;
  readOnly: boolean;
}

export interface FieldEvents {
  onInput(): void;
  /**
   * A key in a text that is too long to be put together at every key.
   * @param change from the text as last told, by `onInput` or `show`
   * @param tell calls `onInput`
   */
  onTouch(change: TextChange, tell: () => void): void;
  onBlur(): void;
  /** A link was followed. */
  onLink(link: LinkTarget): void;
  /** Keeps a pasted image; gives the address that shows it, or null when it was refused. */
  keepImage(file: File): Promise<string | null>;
  /** URL of a kept image; null for one that is not there. */
  imageUrl(address: string): Promise<string | null>;
  /**
   * Watches which links lead to a note; all do until that is known.
   * @param changed is called whenever it is known anew
   */
  watchLinks(changed: () => void): { leads(link: LinkTarget): boolean; stop(): void };
  /** A tag was followed; without `#`. */
  onTag(tag: string): void;
  /** What `#` offers: tags there are, the most used first. */
  tagOffers(): Promise<readonly string[]>;
  /** What `[[` offers. */
  linkOffers(): Promise<readonly LinkOffer[]>;
  /**
   * What `#` offers in a link, or `#^`.
   * @param target what stands before it; `own`: the text as it is
   */
  placeOffers(
    target: string,
    kind: 'headings' | 'blocks',
    own: string,
  ): Promise<readonly LinkOffer[]>;
}

/** Something to link to. */
export interface LinkOffer {
  /** What it is found by. */
  label: string;
  /** What is written for it. */
  insert: string;
  /** Its folder, its title or its words. */
  detail?: string;
  /** Of an alias: the note. */
  leadsTo?: string;
}

export type MakeField = (
  host: HTMLElement,
  options: FieldOptions,
  events: FieldEvents,
) => NoteField;

/** Longer notes are written as plain text: no formatting, no reading view, UTF-16 units. */
export const RICH_LIMIT = 1_000_000;
