import type { TextChange } from '../../text-change.ts';

/** What an editor holds that is not durable. */
export interface Unsaved {
  /** Number of the last key. */
  seq: number;
  title: string;
  text: string;
  /** What was typed since `text` was put together; null when that is all. */
  change: TextChange | null;
  /** What may be stored: the text last saved, and the one that is being saved. */
  bases: { revision: number; title: string; text: string }[];
}

/**
 * What was typed and is not durable, written in the key's own task. It outlives a page that is
 * closed, reloaded, discarded or has crashed; a killed browser may lose the last seconds of it.
 */
export interface Journal {
  /** This page's id: its entries are its own for as long as it holds the lock of this name. */
  readonly tab: string;
  /** Numbers of keys and acts; they rise for as long as the page lives. */
  next(): number;
  /** @returns false where the entry is too long, or nothing can be stored: leaving must ask then */
  write(workspace: string, note: string, unsaved: Unsaved): boolean;
  clear(workspace: string, note: string): void;
  /** The same for what is no text; `name` tells it from others. */
  writeAct(workspace: string, name: string, act: object): boolean;
}
