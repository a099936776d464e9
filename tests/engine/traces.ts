/** What is done while something fails: each trace begins with two tabs and some notes, indexed. */

import type { Given, PageAction } from './page-actions.ts';
import { makeNote, type Text } from './platform/texts.ts';

export const OTHER_MODEL = 'use-lite-fp32';
/** Notes that are there before a trace begins. */
const FORMER = 6;
/** Longest that something is waited for, ms of the clock. */
const PATIENCE_MS = 20 * 60_000;

export interface Trace {
  name: string;
  /** Something to be there before, beside the former notes. */
  before?: (act: Acts) => Promise<void>;
  run: (act: Acts) => Promise<void>;
}

/** What became of something that was asked of a tab: `never` where the tab is gone, or hangs. */
export type Outcome<T> =
  | { state: 'done'; value: T }
  | { state: 'failed'; error: unknown }
  | { state: 'never' };

/** A tab, here or in a real browser. */
export interface ActingTab {
  readonly alive: boolean;
  readonly clock: { now(): number };
  /** @param patience ms of the clock */
  perform<D extends PageAction>(
    action: D,
    given: Given<D>,
    patience: number,
  ): Promise<Outcome<void>>;
}

/** Does things in tabs, and keeps the account of what must be there afterwards. */
export class Acts<T extends ActingTab = ActingTab> {
  readonly tabs: readonly T[];
  /** By note: what it may be; null: not there. */
  readonly allowed: Map<string, (Text | null)[]>;
  /** Notes that were deleted and not taken back: no new note ever has such an id. */
  readonly deleted = new Set<string>();
  /** Whether anything was done. */
  used = false;
  /** What was not done, and why. */
  readonly failures: unknown[] = [];

  readonly #time: { pass(ms: number): Promise<void> };
  /** Longest that one thing is waited for, ms of the clock. */
  readonly #patience: number;
  /** By note: what may still come, of something that was not waited for to its end. */
  readonly #late = new Map<string, (Text | null)[]>();
  readonly #removed: Record<string, Text>[] = [];

  constructor(
    { time }: { time: { pass(ms: number): Promise<void> } },
    tabs: readonly T[],
    patience = PATIENCE_MS,
    allowed: Acts['allowed'] = new Map(),
  ) {
    this.#time = time;
    this.tabs = tabs;
    this.#patience = patience;
    this.allowed = allowed;
  }

  pass(ms: number): Promise<void> {
    return this.#time.pass(ms);
  }

  async #perform<D extends PageAction>(tab: T, action: D, given: Given<D>): Promise<Outcome<void>> {
    const outcome = await tab.perform(action, given, this.#patience);
    if (outcome.state === 'failed') this.failures.push(outcome.error);
    return outcome;
  }

  /**
   * Until it is done or fails, these notes are as before or as wanted; then as wanted or as before.
   */
  async #change<D extends PageAction>(
    tab: T,
    wanted: ReadonlyMap<string, Text | null>,
    action: D,
    given: Given<D>,
  ): Promise<void> {
    const before = new Map([...wanted.keys()].map((id) => [id, this.allowed.get(id) ?? [null]]));
    for (const [id, now] of wanted) this.allowed.set(id, [...before.get(id)!, now]);
    this.used = true;
    const outcome = await this.#perform(tab, action, given);
    for (const [id, now] of wanted) {
      const late = this.#late.get(id) ?? [];
      if (outcome.state === 'done') this.allowed.set(id, [now, ...late]);
      // It may wait for another tab, and be done in the end.
      else if (outcome.state === 'never' && tab.alive) this.#late.set(id, [...late, now]);
    }
  }

  save(tab: T, id: string, text: Text): Promise<void> {
    return this.#change(tab, new Map([[id, text]]), 'save', { id, text });
  }

  import(tab: T, files: Record<string, Text>): Promise<void> {
    return this.#change(tab, new Map(Object.entries(files)), 'import', files);
  }

  async remove(tab: T, ids: string[]): Promise<void> {
    for (const id of ids) this.deleted.add(id);
    const texts = ids.flatMap((id) => {
      const [only, other] = this.allowed.get(id) ?? [];
      return only && other === undefined ? [[id, only] as const] : [];
    });
    await this.#change(tab, new Map(ids.map((id) => [id, null])), 'remove', ids);
    if (texts.length > 0) this.#removed.push(Object.fromEntries(texts));
  }

  /** Takes the last deletion back, of those notes that are still deleted. */
  async undo(tab: T): Promise<void> {
    const gone = Object.entries(this.#removed.pop() ?? {}).filter(([id]) => {
      const now = this.allowed.get(id) ?? [];
      return now.length === 1 && now[0] === null;
    });
    if (gone.length > 0) await this.restore(tab, Object.fromEntries(gone));
  }

  /** Takes a deletion back. `texts`: as they were. */
  restore(tab: T, texts: Record<string, Text>): Promise<void> {
    const ids = Object.keys(texts);
    for (const id of ids) this.deleted.delete(id);
    return this.#change(tab, new Map(Object.entries(texts)), 'restore', ids);
  }

  async purge(tab: T): Promise<void> {
    await this.#perform(tab, 'purge', null);
    this.#removed.length = 0;
  }

  merge(tab: T, texts: Record<string, Text>): Promise<void> {
    const modified = tab.clock.now() + 1_000;
    return this.#change(tab, new Map(Object.entries(texts)), 'merge', { texts, modified });
  }

  async chooseModel(tab: T, id: string): Promise<void> {
    this.used = true;
    await this.#perform(tab, 'chooseModel', id);
  }

  async control(tab: T, verb: Given<'control'>): Promise<void> {
    this.used = true;
    await this.#perform(tab, 'control', verb);
  }
}

export const former = (i: number): string => `former${i}`;

/** Two tabs, the first of which indexes, and notes in storage that are indexed. */
export async function prepare(act: Acts): Promise<void> {
  for (let i = 0; i < FORMER; i++) await act.save(act.tabs[0]!, former(i), makeNote(i));
}

/** The paragraphs of one note that stay when another is put before them. */
const longer = (i: number): Text => ({
  title: makeNote(i).title,
  text: `${makeNote(i, 1).text}\n\n${makeNote(i).text}`,
});

export const TRACES: readonly Trace[] = [
  {
    name: 'save',
    async run(act) {
      const [a, b] = act.tabs as [ActingTab, ActingTab];
      await act.save(a, 'new', makeNote(20));
      await act.save(b, former(1), longer(1));
    },
  },
  {
    name: 'import',
    async run(act) {
      const files = Object.fromEntries([30, 31, 32, 33].map((i) => [`f${i}`, makeNote(i)]));
      await act.import(act.tabs[1]!, files);
    },
  },
  {
    name: 'commit',
    async run(act) {
      const [a] = act.tabs as [ActingTab];
      for (const i of [40, 41, 42]) await act.save(a, `c${i}`, makeNote(i));
      // While they are embedded, one of them is written anew.
      await act.pass(2_020);
      await act.save(a, 'c41', longer(41));
    },
  },
  {
    name: 'swap',
    async run(act) {
      const [a, b] = act.tabs as [ActingTab, ActingTab];
      await act.chooseModel(b, OTHER_MODEL);
      await act.save(a, former(2), longer(2));
    },
  },
  {
    name: 'swap back',
    async before(act) {
      await act.chooseModel(act.tabs[0]!, OTHER_MODEL);
    },
    async run(act) {
      const [a, b] = act.tabs as [ActingTab, ActingTab];
      await act.save(a, former(2), longer(2));
      await act.chooseModel(b, 'use-lite');
    },
  },
  {
    name: 'pack',
    async before(act) {
      // Long ones, so that there is enough for a segment when one more comes.
      await act.save(act.tabs[0]!, 'p1', longer(50));
    },
    async run(act) {
      for (const i of [51, 52, 53]) await act.save(act.tabs[0]!, `p${i}`, longer(i));
    },
  },
  {
    name: 'delete',
    async run(act) {
      await act.remove(act.tabs[1]!, [former(0), former(3)]);
    },
  },
  {
    name: 'restore',
    async before(act) {
      await act.remove(act.tabs[0]!, [former(0), former(3)]);
    },
    async run(act) {
      const texts = { [former(0)]: makeNote(0), [former(3)]: makeNote(3) };
      await act.restore(act.tabs[1]!, texts);
    },
  },
  {
    name: 'purge',
    async before(act) {
      await act.remove(act.tabs[0]!, [former(0), former(3)]);
    },
    async run(act) {
      await act.purge(act.tabs[0]!);
    },
  },
  {
    name: 'backup brought in',
    async run(act) {
      const texts = { [former(1)]: longer(1), b60: makeNote(60), b61: makeNote(61) };
      await act.merge(act.tabs[0]!, texts);
    },
  },
  {
    name: 'rebuild',
    async run(act) {
      await act.control(act.tabs[1]!, 'rebuild');
    },
  },
];
