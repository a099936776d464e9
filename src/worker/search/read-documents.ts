import { type NoteDocument, parse } from '../../markdown/document.ts';

/** UTF-16 units of all that is kept: a tree takes many times its text's room. */
const KEPT = 1_000_000;

/** Notes read last: the same results are shown again with each key. */
export class ReadDocuments {
  /** By text, the one asked for longest ago first. */
  readonly #known = new Map<string, NoteDocument>();
  #size = 0;

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
}
