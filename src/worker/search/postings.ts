import type { NoteSlot, UnsignedColumnOf } from './branded-numbers.ts';

/** A note's terms with how often each stands in its title and its text. */
interface Entry {
  id: string;
  /** Term numbers, each once. */
  terms: Uint32Array;
  titleLength: number;
  textLength: number;
}

/** Where a term stands: note slots, and how often in title and text, packed. */
interface Posting {
  slots: NoteSlot[];
  counts: number[];
}
/** As restored: views of what all terms share, until one changes. */
interface Frozen {
  slots: UnsignedColumnOf<NoteSlot>;
  counts: Uint32Array;
}
/** Counts are packed as title * TEXT_COUNTS + text. */
export const TEXT_COUNTS = 65_536;

/** Lengths of a note that is not there. */
const NO_WORDS = { titleLength: 0, textLength: 0 };

export interface Statistics {
  notes: number;
  meanTitleLength: number;
  meanTextLength: number;
}

/**
 * The inverted index: which notes hold a term, how often, and back from a note to its terms. Plain
 * arrays of numbers, about 8 bytes an occurrence. Slots of removed notes are used again.
 */
export class Postings {
  #numbers = new Map<string, number>();
  #postings: (Posting | Frozen)[] = [];
  #entries: (Entry | undefined)[] = [];
  #slots = new Map<string, NoteSlot>();
  #free: NoteSlot[] = [];
  #titleSum = 0;
  #textSum = 0;

  /** Notes. */
  get size(): number {
    return this.#slots.size;
  }

  /** Slots are below this. */
  get slotCount(): number {
    return this.#entries.length;
  }

  /**
   * Number of notes, and mean lengths of titles and texts in words, 1 where there are none: for
   * BM25.
   */
  get statistics(): Statistics {
    const notes = Math.max(1, this.size);
    return {
      notes: this.size,
      meanTitleLength: this.#titleSum / notes || 1,
      meanTextLength: this.#textSum / notes || 1,
    };
  }

  /** Of all notes, in no promised order. */
  ids(): IterableIterator<string> {
    return this.#slots.keys();
  }

  /** A note's slot; undefined where it is not here. */
  slotOf(id: string): NoteSlot | undefined {
    return this.#slots.get(id);
  }

  /** The note at a slot; undefined for a free one. */
  idAt(slot: NoteSlot): string | undefined {
    return this.#entries[slot]?.id;
  }

  /** Words in the title and in the text of the note at a slot; none where there is no note. */
  lengthsAt(slot: NoteSlot): { titleLength: number; textLength: number } {
    return this.#entries[slot] ?? NO_WORDS;
  }

  /** The slots that have a term, in no order, with how often, packed; not to be changed. */
  of(term: string): { slots: ArrayLike<NoteSlot>; counts: ArrayLike<number> } | undefined {
    return this.#find(term);
  }

  /** A note's terms by number, each once, and its length in words. */
  termsAt(slot: NoteSlot): { id: string; terms: Uint32Array; words: number } | undefined {
    const entry = this.#entries[slot];
    return (
      entry && { id: entry.id, terms: entry.terms, words: entry.titleLength + entry.textLength }
    );
  }

  /** In how many notes the term stands. */
  frequency(term: string): number {
    return this.#find(term)?.slots.length ?? 0;
  }

  /** Every term that some note has, with its slots, and whether it is in the title of the i-th. */
  *terms(): Generator<{
    term: string;
    slots: ArrayLike<NoteSlot>;
    inTitle: (i: number) => boolean;
  }> {
    for (const [term, number] of this.#numbers) {
      const { slots, counts } = this.#postings[number]!;
      if (slots.length > 0) yield { term, slots, inTitle: (i) => counts[i]! >= TEXT_COUNTS };
    }
  }

  /** How often the term stands in one note; undefined where it does not. */
  in(term: string, slot: NoteSlot): { title: number; text: number } | undefined {
    const posting = this.#find(term);
    const at = posting ? (posting.slots as NoteSlot[]).indexOf(slot) : -1;
    if (at < 0) return undefined;
    const count = posting!.counts[at]!;
    return { title: Math.floor(count / TEXT_COUNTS), text: count % TEXT_COUNTS };
  }

  /**
   * @param counts by term: how often in the title and in the text
   * @param lengths in words
   */
  set(
    id: string,
    counts: ReadonlyMap<string, { title: number; text: number }>,
    lengths: { titleLength: number; textLength: number },
  ): void {
    this.remove(id);
    const slot = this.#free.pop() ?? (this.#entries.length as NoteSlot);
    const terms = new Uint32Array(counts.size);
    let i = 0;
    for (const [term, { title, text }] of counts) {
      let number = this.#numbers.get(term);
      if (number === undefined) {
        number = this.#postings.length;
        this.#numbers.set(term, number);
        this.#postings.push({ slots: [], counts: [] });
      }
      const posting = this.#writable(number);
      posting.slots.push(slot);
      posting.counts.push(title * TEXT_COUNTS + Math.min(text, TEXT_COUNTS - 1));
      terms[i++] = number;
    }
    this.#entries[slot] = { id, terms, ...lengths };
    this.#slots.set(id, slot);
    this.#titleSum += lengths.titleLength;
    this.#textSum += lengths.textLength;
  }

  /** Frees the note's slot. Takes as long as the lists of its terms are. */
  remove(id: string): void {
    const slot = this.#slots.get(id);
    if (slot === undefined) return;
    const { terms, titleLength, textLength } = this.#entries[slot]!;
    for (const number of terms) {
      const { slots, counts } = this.#writable(number);
      const at = slots.indexOf(slot);
      // Order means nothing: the last one takes the place.
      const lastSlot = slots.pop()!;
      const lastCount = counts.pop()!;
      if (at < slots.length) {
        slots[at] = lastSlot;
        counts[at] = lastCount;
      }
    }
    this.#titleSum -= titleLength;
    this.#textSum -= textLength;
    this.#entries[slot] = undefined;
    this.#slots.delete(id);
    this.#free.push(slot);
  }

  /** Every term with where it stands, slots in no order; those that stand nowhere too. */
  *all(): Generator<{ term: string; slots: ArrayLike<number>; counts: ArrayLike<number> }> {
    for (const [term, number] of this.#numbers) yield { term, ...this.#postings[number]! };
  }

  /**
   * Replaces everything. Slot n is that of `notes[n]`.
   * @param ends by term: where its part of `slots` and `counts` ends
   */
  restore(
    notes: Omit<Entry, 'terms'>[],
    terms: string[],
    ends: Uint32Array,
    slots: Uint32Array,
    counts: Uint32Array,
  ): void {
    this.#numbers = new Map(terms.map((term, number) => [term, number]));
    this.#postings = [];
    const sizes = new Uint32Array(notes.length);
    for (const slot of slots) sizes[slot]!++;
    const own = Array.from(sizes, (size) => new Uint32Array(size));
    for (let number = 0, from = 0; number < terms.length; number++) {
      const to = ends[number]!;
      for (let i = from; i < to; i++) {
        const slot = slots[i]!;
        own[slot]![--sizes[slot]!] = number;
      }
      const having = slots.subarray(from, to) as Frozen['slots'];
      this.#postings.push({ slots: having, counts: counts.subarray(from, to) });
      from = to;
    }
    this.#entries = notes.map((note, slot) => ({ ...note, terms: own[slot]! }));
    this.#slots = new Map(notes.map(({ id }, slot) => [id, slot as NoteSlot]));
    this.#free = [];
    this.#titleSum = notes.reduce((sum, { titleLength }) => sum + titleLength, 0);
    this.#textSum = notes.reduce((sum, { textLength }) => sum + textLength, 0);
  }

  #writable(number: number): Posting {
    const posting = this.#postings[number]!;
    if (Array.isArray(posting.slots)) return posting as Posting;
    const thawed = { slots: [...posting.slots] as NoteSlot[], counts: [...posting.counts] };
    this.#postings[number] = thawed;
    return thawed;
  }

  #find(term: string): Posting | Frozen | undefined {
    const number = this.#numbers.get(term);
    return number === undefined ? undefined : this.#postings[number];
  }
}
