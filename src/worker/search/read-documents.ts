import { type NoteDocument, parse } from '../../markdown/document.ts';
import { type PlainText, plainText } from '../../markdown/plain-text.ts';

/** UTF-16 units of all that is kept: a tree takes many times its text's room. */
const KEPT = 1_000_000;
/** UTF-16 units: of a longer note only the stretch that is asked for is read. */
export const LONGEST_READ = 200_000;

/** Notes read last: the same results are shown again with each key. */
export class ReadDocuments {
  /** By text, the one asked for longest ago first. */
  readonly #known = new Map<string, NoteDocument>();
  #size = 0;
  readonly #plain = new WeakMap<NoteDocument, PlainText>();

  of(text: string): NoteDocument {
    const doc = this.#known.get(text) ?? parse(text);
    if (!this.#known.delete(text)) this.#size += text.length;
    this.#known.set(text, doc);
    for (const [oldest] of this.#known) {
      if (this.#size <= KEPT || oldest === text) break;
      this.#known.delete(oldest);
      this.#size -= oldest.length;
    }
    return doc;
  }

  /** A note as it is read; null for one so long that only stretches of it are. */
  plain(text: string): PlainText | null {
    if (text.length > LONGEST_READ) return null;
    const doc = this.of(text);
    const plain = this.#plain.get(doc) ?? plainText(doc);
    this.#plain.set(doc, plain);
    return plain;
  }

  /** A stretch of a note as it is read; places are those of the note. */
  stretch(text: string, start: number, end: number): PlainText {
    if (text.length <= LONGEST_READ) return plainText(this.of(text), start, end);
    // It begins and ends with a block, mostly.
    const from = Math.max(0, start);
    const part = plainText(parse(text.slice(from, Math.min(end, from + LONGEST_READ))));
    return {
      text: part.text,
      toSource: (place) => from + part.toSource(place),
      toPlain: (place) => part.toPlain(place - from),
    };
  }
}
