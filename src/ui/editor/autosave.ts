import { toFindlingError } from '../../errors.ts';

export interface Draft {
  title: string;
  text: string;
}

export type SaveState =
  /** A new note without anything worth keeping. */
  { kind: 'empty' } | { kind: 'saved' } | { kind: 'saving' } | { kind: 'failed'; error: unknown };

export interface Saved {
  revision: number;
  changed: boolean;
  conflict: boolean;
}

export interface AutosaveDeps {
  /** Resolves when the draft is durable. */
  save(draft: Draft, baseRevision: number): Promise<Saved>;
  /** Runs once after `ms`; returns a way to call it off. */
  schedule(run: () => void, ms: number): () => void;
  onState(state: SaveState): void;
  onSaved(saved: Saved): void;
}

/** Quiet time after the last key before a save. */
export const SAVE_AFTER_MS = 150;
/** Pauses before a failed save is tried again. */
export const RETRY_MS = [1_000, 2_000, 5_000, 15_000, 30_000];

const blank = ({ title, text }: Draft): boolean => title.trim() === '' && text.trim() === '';
const same = (a: Draft, b: Draft): boolean => a.title === b.title && a.text === b.text;

/**
 * Saves one note by itself. At most one save is under way, each on the revision that the one
 * before gave; the latest draft is kept until it is durable, however often saving fails.
 */
export class Autosave {
  readonly #deps: AutosaveDeps;
  #draft: Draft;
  #stored: Draft;
  #revision: number;
  #running: Promise<void> | null = null;
  #cancelTimer: (() => void) | null = null;
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

  get draft(): Draft {
    return this.#draft;
  }
  get revision(): number {
    return this.#revision;
  }
  get state(): SaveState {
    return this.#state;
  }
  /** Whether something is not durable yet. */
  get dirty(): boolean {
    return this.#running !== null || this.#due();
  }

  edit(draft: Draft): void {
    this.#draft = draft;
    if (!this.#due()) {
      if (!this.#running) this.#settle();
      return;
    }
    // After a failure the pause before the next try stands, whatever is typed meanwhile.
    if (this.#failures > 0) return;
    this.#set({ kind: 'saving' });
    this.#plan(SAVE_AFTER_MS);
  }

  /** Saves now what is not saved; settles when all is durable or a save failed. Never rejects. */
  async flush(): Promise<void> {
    this.#stopTimer();
    while (this.#running || this.#due()) {
      await (this.#running ?? this.#begin());
      if (this.#failures > 0) return;
    }
  }

  /** Takes over what another tab stored. Only when not `dirty`: else saving sorts it out. */
  rebase(stored: Draft, revision: number): void {
    this.#draft = stored;
    this.#stored = stored;
    this.#revision = revision;
    this.#settle();
  }

  /** The note was brought back as it was stored: what was typed since is saved on top of that. */
  restored(revision: number): void {
    this.#revision = revision;
    if (this.#due()) this.#plan(0);
  }

  /** The storage was cleared: nothing of this note is durable any more, so it is saved anew. */
  lost(): void {
    this.#era++;
    this.#stored = { title: '', text: '' };
    this.#revision = 0;
    if (this.#due()) this.#plan(0);
    else this.#settle();
  }

  /** Ends the timers; a save under way is left to finish. */
  dispose(): void {
    this.#stopTimer();
  }

  #due(): boolean {
    return !same(this.#draft, this.#stored) && !(this.#revision === 0 && blank(this.#draft));
  }

  #plan(ms: number): void {
    this.#stopTimer();
    this.#cancelTimer = this.#deps.schedule(() => {
      this.#cancelTimer = null;
      // One that is under way looks again when it is done.
      if (!this.#running && this.#due()) void this.#begin();
    }, ms);
  }

  #begin(): Promise<void> {
    this.#stopTimer();
    // A failed save stays "not saved" while it is tried again: no flicker between the two.
    if (this.#failures === 0) this.#set({ kind: 'saving' });
    this.#running = this.#save(this.#draft).finally(() => {
      this.#running = null;
      if (this.#failures > 0) {
        this.#plan(RETRY_MS[Math.min(this.#failures, RETRY_MS.length) - 1]!);
      } else if (!this.#due()) {
        this.#settle();
      } else if (!this.#cancelTimer) {
        void this.#begin();
      }
    });
    return this.#running;
  }

  async #save(draft: Draft): Promise<void> {
    const era = this.#era;
    try {
      const saved = await this.#deps.save(draft, this.#revision);
      if (era !== this.#era) return;
      this.#stored = draft;
      this.#revision = saved.revision;
      this.#failures = 0;
      this.#deps.onSaved(saved);
    } catch (thrown) {
      this.#failures++;
      this.#set({ kind: 'failed', error: toFindlingError(thrown) });
    }
  }

  #settle(): void {
    this.#stopTimer();
    this.#failures = 0;
    this.#set({ kind: this.#revision === 0 ? 'empty' : 'saved' });
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
