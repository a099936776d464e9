/** What is done while something fails: each trace begins with two tabs and some notes, indexed. */

import { makeNote, type Text } from './platform/texts.ts';
import { PATIENCE_MS, type Tab, type World } from './platform/world.ts';

export const OTHER_MODEL = 'use-lite-fp32';
/** Notes that are there before a trace begins. */
const FORMER = 6;

export interface Trace {
  name: string;
  /** Something to be there before, beside the former notes. */
  before?: (act: Acts) => Promise<void>;
  run: (act: Acts) => Promise<void>;
}

/** Does things in tabs, and keeps the account of what must be there afterwards. */
export class Acts {
  readonly world: World;
  readonly tabs: Tab[];
  /** By note: what it may be; null: not there. */
  readonly allowed: Map<string, (Text | null)[]>;

  /** Longest that one thing is waited for, ms of the clock. */
  readonly #patience: number;
  /** By note: what may still come, of something that was not waited for to its end. */
  readonly #late = new Map<string, (Text | null)[]>();
  readonly #removed: Record<string, Text>[] = [];
  /** Notes that were deleted and not taken back: no new note ever has such an id. */
  readonly deleted = new Set<string>();
  /** Whether anything was done. */
  used = false;

  constructor(
    world: World,
    tabs: Tab[],
    patience = PATIENCE_MS,
    allowed: Acts['allowed'] = new Map(),
  ) {
    this.world = world;
    this.tabs = tabs;
    this.#patience = patience;
    this.allowed = allowed;
  }

  /** Until it is done or fails, these notes are as before or as wanted; then as wanted or as before. */
  async #change<T>(
    tab: Tab,
    wanted: ReadonlyMap<string, Text | null>,
    work: () => Promise<T>,
  ): Promise<T | undefined> {
    const before = new Map([...wanted.keys()].map((id) => [id, this.allowed.get(id) ?? [null]]));
    for (const [id, now] of wanted) this.allowed.set(id, [...before.get(id)!, now]);
    this.used = true;
    const outcome = await tab.do(work, this.#patience);
    for (const [id, now] of wanted) {
      const late = this.#late.get(id) ?? [];
      if (outcome.state === 'done') this.allowed.set(id, [now, ...late]);
      // It may wait for another tab, and be done in the end.
      else if (outcome.state === 'never' && tab.alive) this.#late.set(id, [...late, now]);
    }
    return outcome.state === 'done' ? outcome.value : undefined;
  }

  async save(tab: Tab, id: string, text: Text): Promise<void> {
    await this.#change(tab, new Map([[id, text]]), async () => {
      const baseRevision = (await tab.notes!.get(id))?.meta.revision ?? 0;
      await tab.save({ id, ...text, baseRevision });
    });
  }

  /** Files of a folder, some at once, as an import does. */
  async import(tab: Tab, files: Record<string, Text>): Promise<void> {
    const all = Object.entries(files);
    const wanted = new Map(all.map(([id, text]) => [id, text]));
    await this.#change(tab, wanted, async () => {
      const outcomes = await tab.notes!.import(
        all.map(([id, { title, text }]) => ({
          path: `${id}.md`,
          title,
          text,
          hash: `${title} ${text}`,
          tags: [],
        })),
        (known, hash) => {
          if (!known) return 'create';
          return known.importHash === hash ? 'unchanged' : 'update';
        },
      );
      tab.engine!.announce(outcomes.map(({ id }) => id));
    });
  }

  async remove(tab: Tab, ids: string[]): Promise<void> {
    for (const id of ids) this.deleted.add(id);
    const texts = ids.flatMap((id) => {
      const [only, other] = this.allowed.get(id) ?? [];
      return only && other === undefined ? [[id, only] as const] : [];
    });
    await this.#change(tab, new Map(ids.map((id) => [id, null])), async () => {
      await tab.notes!.removeAll(ids);
      tab.engine!.announce(ids);
    });
    if (texts.length > 0) this.#removed.push(Object.fromEntries(texts));
  }

  /** Takes the last deletion back, of those notes that are still deleted. */
  async undo(tab: Tab): Promise<void> {
    const gone = Object.entries(this.#removed.pop() ?? {}).filter(([id]) => {
      const now = this.allowed.get(id) ?? [];
      return now.length === 1 && now[0] === null;
    });
    if (gone.length > 0) await this.restore(tab, Object.fromEntries(gone));
  }

  /** Takes a deletion back. `texts`: as they were. */
  async restore(tab: Tab, texts: Record<string, Text>): Promise<void> {
    const ids = Object.keys(texts);
    for (const id of ids) this.deleted.delete(id);
    await this.#change(tab, new Map(Object.entries(texts)), async () => {
      await tab.notes!.restoreAll(ids);
      tab.engine!.announce(ids);
    });
  }

  /** Deletes for good what is in the trash. */
  async purge(tab: Tab): Promise<void> {
    await tab.do(async () => {
      const deleted = await tab.notes!.deleted();
      const all = await deleted.list();
      tab.engine!.announce(await deleted.purge(all));
    }, this.#patience);
    this.#removed.length = 0;
  }

  /** Notes of a backup. */
  async merge(tab: Tab, texts: Record<string, Text>): Promise<void> {
    const modified = tab.clock.now() + 1_000;
    await this.#change(tab, new Map(Object.entries(texts)), async () => {
      await tab.notes!.merge(
        Object.entries(texts).map(([id, text]) => ({
          id,
          ...text,
          path: '',
          tags: [],
          pinned: false,
          created: modified,
          modified,
        })),
      );
      tab.engine!.announce(Object.keys(texts));
    });
  }

  async chooseModel(tab: Tab, id: string): Promise<void> {
    this.used = true;
    await tab.do(() => tab.engine!.chooseModel(id), this.#patience);
  }

  async control(tab: Tab, verb: 'rebuild' | 'pause' | 'resume' | 'sweep'): Promise<void> {
    this.used = true;
    await tab.do(() => tab.engine!.control(verb), this.#patience);
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
      const [a, b] = act.tabs as [Tab, Tab];
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
      const [a] = act.tabs as [Tab];
      for (const i of [40, 41, 42]) await act.save(a, `c${i}`, makeNote(i));
      // While they are embedded, one of them is written anew.
      await act.world.time.pass(2_020);
      await act.save(a, 'c41', longer(41));
    },
  },
  {
    name: 'swap',
    async run(act) {
      const [a, b] = act.tabs as [Tab, Tab];
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
      const [a, b] = act.tabs as [Tab, Tab];
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
