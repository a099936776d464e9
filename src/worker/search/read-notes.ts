import type { IndexStore } from '../../storage/index/index-store.ts';
import type { NoteMeta } from '../../storage/schema.ts';
import type { NoteRange } from './rank.ts';
import type { ReadDocuments } from './read-documents.ts';

/** Texts remembered in all, UTF-16 units. */
const MOST = 2_000_000;
/** A longer text is read again each time, UTF-16 units. */
const LONGEST = 100_000;

export interface ReadNote {
  meta: NoteMeta;
  text: string;
}

interface Coming {
  /** What was known of the note when its read began. */
  revision: number | undefined;
  note: Promise<ReadNote | undefined>;
}

/**
 * Notes as search shows them. From one key to the next the results are mostly the same, and reading
 * thirty from storage takes a fifth of an answer, so the last ones read are remembered as long as
 * their revision is the newest.
 */
export class NoteReader {
  readonly #store: Pick<IndexStore, 'notes'>;
  readonly #facts: ReadonlyMap<string, NoteMeta>;
  readonly #documents: ReadDocuments;
  /** The one used last at the end. */
  readonly #texts = new Map<string, { revision: number; text: string }>();
  #size = 0;
  /** Reads under way. */
  readonly #coming = new Map<string, Coming>();

  /** @param facts what is known of every note, kept in step with storage */
  constructor(
    store: Pick<IndexStore, 'notes'>,
    facts: ReadonlyMap<string, NoteMeta>,
    documents: ReadDocuments,
  ) {
    this.#store = store;
    this.#facts = facts;
    this.#documents = documents;
  }

  /** @returns in order; undefined for one that is gone */
  async read(ids: readonly string[]): Promise<(ReadNote | undefined)[]> {
    const notes = ids.map((id) => this.#remembered(id));
    this.#fetch(ids.filter((id, i) => !notes[i] && !this.#isComing(id)));
    return Promise.all(ids.map((id, i) => notes[i] ?? this.#coming.get(id)?.note));
  }

  /** Reads what is likely to be asked for next. */
  readAhead(ids: readonly string[]): void {
    this.#fetch(ids.filter((id) => !this.#isComing(id) && !this.#remembered(id)));
  }

  /**
   * Title and text of ranges of notes, as they are read, in order; '' where the note is gone.
   * @param next notes that are likely to be read soon: they are fetched meanwhile
   */
  async rangeTexts(of: readonly NoteRange[], next: readonly string[]): Promise<string[]> {
    const reading = this.read(of.map(({ note }) => note));
    this.readAhead(next);
    const notes = await reading;
    return of.map(({ start, end }, i) => {
      const note = notes[i];
      if (!note) return '';
      return `${note.meta.title}\n${this.#documents.stretch(note.text, start, end).text}`;
    });
  }

  #fetch(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const reading = this.#store.notes([...ids]);
    for (const [i, id] of ids.entries()) {
      const note = reading.then((notes) => notes[i]);
      const coming = { revision: this.#facts.get(id)?.revision, note };
      this.#coming.set(id, coming);
      note
        .then(
          (read) => read && this.#remember(read),
          // Whoever waits for it is told.
          () => {},
        )
        .finally(() => {
          if (this.#coming.get(id) === coming) this.#coming.delete(id);
        });
    }
  }

  /** A read that began before the note changed may be of what it was. */
  #isComing(id: string): boolean {
    const coming = this.#coming.get(id);
    return coming !== undefined && coming.revision === this.#facts.get(id)?.revision;
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
