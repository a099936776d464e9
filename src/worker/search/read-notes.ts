import type { IndexStore } from '../../storage/index/index-store.ts';
import type { NoteMeta } from '../../storage/schema.ts';

/** UTF-16 units remembered. */
const MOST = 2_000_000;
/** A longer text is read anew each time. */
const LONGEST = 100_000;

export interface ReadNote {
  meta: NoteMeta;
  text: string;
}

/**
 * Notes as search shows them. From one key to the next the results are mostly the same, and reading
 * thirty from storage takes a fifth of an answer, so the last ones read are remembered as long as
 * their revision is the newest.
 */
export class NoteReader {
  readonly #store: Pick<IndexStore, 'notes'>;
  readonly #facts: ReadonlyMap<string, NoteMeta>;
  /** The one used last at the end. */
  readonly #texts = new Map<string, { revision: number; text: string }>();
  #size = 0;

  /** @param facts what is known of every note, kept in step with storage */
  constructor(store: Pick<IndexStore, 'notes'>, facts: ReadonlyMap<string, NoteMeta>) {
    this.#store = store;
    this.#facts = facts;
  }

  /** @returns in order; undefined for one that is gone */
  async read(ids: readonly string[]): Promise<(ReadNote | undefined)[]> {
    const notes = ids.map((id) => this.#remembered(id));
    const missing = ids.filter((_, i) => !notes[i]);
    if (missing.length === 0) return notes;
    const read = await this.#store.notes(missing);
    for (const note of read) if (note) this.#remember(note);
    let next = 0;
    return notes.map((note) => note ?? read[next++]);
  }

  #remembered(id: string): ReadNote | undefined {
    const meta = this.#facts.get(id);
    const known = this.#texts.get(id);
    if (!meta || known?.revision !== meta.revision) return undefined;
    this.#texts.delete(id);
    this.#texts.set(id, known);
    return { meta, text: known.text };
  }

  #remember({ meta, text }: ReadNote): void {
    this.#forget(meta.id);
    if (text.length > LONGEST) return;
    this.#texts.set(meta.id, { revision: meta.revision, text });
    this.#size += text.length;
    for (const id of this.#texts.keys()) {
      if (this.#size <= MOST) break;
      this.#forget(id);
    }
  }

  #forget(id: string): void {
    this.#size -= this.#texts.get(id)?.text.length ?? 0;
    this.#texts.delete(id);
  }
}
