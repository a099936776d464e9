import type { KeptFile } from '../schema.ts';
import { NamesIn } from './names-in.ts';

/** How a text names an attachment. */
const ADDRESS = /attachment:([0-9a-f]{64})/g;

/** The ids that a text names, each once: `ShownAmong` tells what is named by its path, too. */
export const attachmentIdsIn = (text: string): Set<string> =>
  new Set(Array.from(text.matchAll(ADDRESS), ([, id]) => id!));

/** Hex digits in a row that count as a part of an id; two ids never share them by chance. */
const PART = 16;
/** Where such a part may stand. */
const DIGITS = new RegExp(`[0-9a-f]{${PART},}`, 'g');

/**
 * THE way to tell which of some attachments a text shows, or may show again by an undo: by their ids,
 * or by the name of a file that was imported. In doubt one counts as shown: wherever its file's name
 * stands in a text, whatever folders stand before it, so that whatever drawing finds (`fileFinder`)
 * is among it.
 *
 * An undo history is JSON, and an address of which a letter was deleted lies in pieces, half in the
 * text and half in the history: there a part of an id or of a name counts as much as the whole.
 */
export class ShownAmong {
  /** Ids by each of their parts. */
  readonly #parts = new Map<string, string>();
  readonly #names: NamesIn;

  /** @param files all that were imported, by path */
  constructor(ids: Iterable<string>, files: Iterable<KeptFile> = []) {
    const all = new Set(ids);
    for (const id of all) {
      for (let at = 0; at + PART <= id.length; at++) this.#parts.set(id.slice(at, at + PART), id);
    }
    this.#names = new NamesIn(
      Array.from(files, ({ path, attachment }) => ({ path, id: attachment })).filter(({ id }) =>
        all.has(id),
      ),
    );
  }

  /** Which of them a text shows. */
  in(text: string): Set<string> {
    const shown = this.#names.in(text);
    const look = (part: string): void => {
      const id = this.#parts.get(part);
      if (id !== undefined) shown.add(id);
    };
    for (const id of attachmentIdsIn(text)) look(id.slice(0, PART));
    for (const [digits] of text.matchAll(DIGITS)) {
      // Wherever a whole id begins in a long row, one of these parts lies within it.
      for (let at = 0; at + PART <= digits.length; at += PART) look(digits.slice(at, at + PART));
      look(digits.slice(-PART));
    }
    return shown;
  }

  /** The same of a text that an undo may change, of the undo history, or of a part of a text. */
  inPieces(text: string): Set<string> {
    return new Set([...this.in(text), ...this.#names.inPieces(text)]);
  }
}
