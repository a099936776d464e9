import { isCode, toFindlingError } from '../../errors.ts';
import type { TextChange } from '../../text-change.ts';
import type { Unsaved } from '../core/journal-types.ts';

export interface Draft {
  title: string;
  text: string;
}

export type SaveState =
  /** A new note without anything worth keeping. */
  | { kind: 'empty' }
  | { kind: 'saved' }
  | { kind: 'saving' }
  | { kind: 'failed'; error: unknown }
  /** The note was deleted elsewhere while this was typed: the person decides. */
  | { kind: 'deleted' };

export interface Saved {
  revision: number;
  changed: boolean;
  conflict: boolean;
}

export interface AutosaveDeps {
  /**
   * Resolves when the draft is durable.
   * @param seq number of the last key in it
   * @throws FindlingError `note-deleted`: it was deleted elsewhere
   */
  save(draft: Draft, baseRevision: number, seq: number): Promise<Saved>;
  /** Runs once after `ms`; returns a way to call it off. */
  schedule(run: () => void, ms: number): () => void;
  /** A clock that never goes back, ms. */
  now(): number;
  /** Where what is not durable is written in the key's own task. */
  journal: {
    /** The next key's number; rises for as long as the tab lives. */
    next(): number;
    /** @returns false where it did not fit */
    write(unsaved: Unsaved): boolean;
    clear(): void;
  };
  onState(state: SaveState): void;
  onSaved(saved: Saved): void;
}

/** Quiet time after the last key before a save, ms. */
export const SAVE_AFTER_MS = 150;
/** Longest time from a key to the save that has it, however quickly others follow, ms. */
export const SAVE_AT_MOST_MS = 500;
/** A longer text is hashed for the journal in a task of its own, UTF-16 units. */
const LONG_UNITS = 200_000;
/** Backoff before a failed save is tried again, by failures in a row, ms. */
export const BACKOFF_MS = [1_000, 2_000, 5_000, 15_000, 30_000];

const blank = ({ title, text }: Draft): boolean => title.trim() === '' && text.trim() === '';
const same = (a: Draft, b: Draft): boolean => a.title === b.title && a.text === b.text;

/**
 * Saves one note by itself. At most one save is under way, each on the revision that the one
 * before gave; the latest draft is kept until it is durable, however often saving fails. Until
 * then it stands in the journal, which outlives this page.
 */
export class Autosave {
  readonly #deps: AutosaveDeps;
  #draft: Draft;
  #stored: Draft;
  #revision: number;
  /** The draft that is being saved. */
  #saving: Draft | null = null;
  #running: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
  /** When the first key came that no save has begun with; null when there is none. */
  #unsavedSince: number | null = null;
  /** A change of a long text that was not put together yet, and how to get the text. */
  #touch: { change: TextChange; pull(): void } | null = null;
  #seq = 0;
  #journaled = true;
  #failures = 0;
  /** Rises when what was stored is gone: a save from before counts for nothing. */
  #era = 0;
  #state: SaveState;

  /** @param revision 0 for a note that is not stored yet */
  constructor(deps: AutosaveDeps, stored: Draft, revision: number) {
    this.#deps = deps;
    this.#draft = stored;
    this.#stored = stored;
    this.#revision = revision;
    this.#state = { kind: revision === 0 ? 'empty' : 'saved' };
  }

  /** The text as it is now, a long one put together first. */
  get draft(): Draft {
    this.#pull();
    return this.#draft;
  }
  /** Of the note that the draft grew from; 0 for one that is not stored. */
  get revision(): number {
    return this.#revision;
  }
  /** What the editor shows of it; `saved` only for the very text shown. */
  get state(): SaveState {
    return this.#state;
  }
  /** Whether something is not durable yet. */
  get dirty(): boolean {
    return this.#running !== null || this.#due();
  }
  /** Whether something would be lost if the page ended now. */
  get atRisk(): boolean {
    return this.dirty && !this.#journaled;
  }

  /** A key: starts the wait for the next save, and writes to the journal in the same task. */
  edit(draft: Draft): void {
    this.#draft = draft;
    this.#touch = null;
    this.#typed();
  }

  /**
   * A key in a text that is too long to be put together at every key.
   * @param change from the last draft to the text as it is now
   * @param pull calls `edit` with that text
   */
  touch(change: TextChange, pull: () => void): void {
    this.#touch = { change, pull };
    this.#typed();
  }

  /** Saves now what is not saved; settles when all is durable or a save failed. Never rejects. */
  async flush(): Promise<void> {
    this.#pull();
    this.#stopTimer();
    if (this.#state.kind === 'deleted') return;
    while (this.#running || this.#due()) {
      await (this.#running ?? this.#begin());
      if (this.#failures > 0 || this.#isDeleted()) return;
      this.#pull();
    }
  }

  /** Takes over what another tab stored. Only when not `dirty`: else saving sorts it out. */
  rebase(stored: Draft, revision: number): void {
    this.#draft = stored;
    this.#stored = stored;
    this.#revision = revision;
    this.#settle();
  }

  /**
   * The note is there again, after it was deleted elsewhere: what was typed is saved on top of it.
   * @param stored as it is there; null where it is not, so that it is made again
   */
  back(stored: (Draft & { revision: number }) | null): void {
    if (!stored) this.#revision = 0;
    // Another text than the one this grew from: saving meets it, and keeps both.
    else if (same(stored, this.#stored)) this.#revision = stored.revision;
    if (!stored) this.#stored = { title: '', text: '' };
    if (!this.#due()) {
      this.#settle();
      return;
    }
    this.#set({ kind: 'saving' });
    this.#mirror();
    this.#plan(0);
  }

  /** The storage was cleared: nothing of this note is durable any more, so it is saved again. */
  lost(): void {
    this.#era++;
    this.#stored = { title: '', text: '' };
    this.#revision = 0;
    this.#mirror();
    if (this.#due()) this.#plan(0);
    else this.#settle();
  }

  /** The note is deleted, or saved: what was typed since is given up, in the journal too. */
  giveUp(): void {
    this.#touch = null;
    this.#draft = this.#stored;
    this.#stopTimer();
    this.#deps.journal.clear();
  }

  #due(): boolean {
    if (this.#touch) return true;
    return !same(this.#draft, this.#stored) && !(this.#revision === 0 && blank(this.#draft));
  }

  #pull(): void {
    const touch = this.#touch;
    this.#touch = null;
    touch?.pull();
  }

  #isDeleted(): boolean {
    return this.#state.kind === 'deleted';
  }

  #typed(): void {
    this.#seq = this.#deps.journal.next();
    this.#mirror();
    if (this.#isDeleted()) return;
    if (!this.#due()) {
      if (!this.#running) this.#settle();
      return;
    }
    // After a failure the pause before the next try stands, whatever is typed meanwhile.
    if (this.#failures > 0) return;
    this.#set({ kind: 'saving' });
    const now = this.#deps.now();
    this.#unsavedSince ??= now;
    const left = Math.max(0, this.#unsavedSince + SAVE_AT_MOST_MS - now);
    this.#plan(Math.min(SAVE_AFTER_MS, left));
  }

  /** Brings the journal up to date with what is not durable. */
  #mirror(): void {
    if (!this.#due() && !this.#running) {
      this.#journaled = true;
      this.#deps.journal.clear();
      return;
    }
    const bases = [{ ...this.#stored, revision: this.#revision }];
    if (this.#saving) bases.push({ ...this.#saving, revision: this.#revision + 1 });
    const { title, text } = this.#draft;
    const change = this.#touch?.change ?? null;
    this.#journaled = this.#deps.journal.write({ seq: this.#seq, title, text, change, bases });
  }

  #plan(ms: number): void {
    this.#stopTimer();
    this.#cancelTimer = this.#deps.schedule(() => {
      this.#cancelTimer = null;
      this.#pull();
      // What was pulled has planned again; it is saved now.
      this.#stopTimer();
      // One that is under way looks again when it is done.
      if (!this.#running && this.#due()) void this.#begin();
    }, ms);
  }

  #begin(): Promise<void> {
    this.#stopTimer();
    this.#unsavedSince = null;
    // A failed save stays "not saved" while it is tried again: no flicker between the two.
    if (this.#failures === 0) this.#set({ kind: 'saving' });
    this.#saving = this.#draft;
    this.#running = this.#save(this.#draft, this.#seq).finally(() => {
      this.#running = null;
      this.#saving = null;
      this.#mirror();
      if (this.#isDeleted()) return;
      if (this.#failures > 0) {
        this.#plan(BACKOFF_MS[Math.min(this.#failures, BACKOFF_MS.length) - 1]!);
      } else if (!this.#due()) {
        this.#settle();
      } else if (!this.#cancelTimer) {
        this.#pull();
        this.#stopTimer();
        void this.#begin();
      }
    });
    // From here on the stored text may be this one, too. Looking through a long one takes a while, and
    // the transaction takes longer than the next task to come.
    if (this.#draft.text.length <= LONG_UNITS) this.#mirror();
    else this.#deps.schedule(() => this.#saving && this.#mirror(), 0);
    return this.#running;
  }

  async #save(draft: Draft, seq: number): Promise<void> {
    const era = this.#era;
    try {
      const saved = await this.#deps.save(draft, this.#revision, seq);
      if (era !== this.#era) return;
      this.#stored = draft;
      this.#revision = saved.revision;
      this.#failures = 0;
      this.#deps.onSaved(saved);
    } catch (thrown) {
      if (era !== this.#era) return;
      if (isCode(thrown, 'note-deleted')) {
        this.#failures = 0;
        this.#set({ kind: 'deleted' });
        return;
      }
      this.#failures++;
      this.#set({ kind: 'failed', error: toFindlingError(thrown) });
    }
  }

  #settle(): void {
    this.#stopTimer();
    this.#failures = 0;
    this.#unsavedSince = null;
    this.#set({ kind: this.#revision === 0 ? 'empty' : 'saved' });
    this.#mirror();
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #set(state: SaveState): void {
    this.#state = state;
    this.#deps.onState(state);
  }
}
