/** What the fault tests share: arming faults, and the statement of what must be true afterwards. */
import { expect, type Page } from '@playwright/test';
import type { Fault } from '../../src/worker/faults.ts';

export { random } from '../random.ts';

export const ALL = process.env.FINDLING_LONG === 'all';
/** How many seeded moments of a fault to try. */
export const moments = (all: number, few = 3): number => (ALL ? all : few);

const [part, parts] = (process.env.FINDLING_PART ?? '0/1').split('/').map(Number) as [
  number,
  number,
];
/**
 * `FINDLING_PART=k/n`: of many, those of the k-th of n parts. `together`: so many stay in one part.
 */
export const isMine = (index: number, together = 1): boolean =>
  Math.floor(index / together) % parts === part;

/** The moments' numbers: all of this part in a long run, else the first few. */
export const seeds = (all: number, few?: number): number[] =>
  Array.from({ length: moments(all, few) }, (_, i) => i).filter((i) => !ALL || isMine(i));

const WORDS =
  'river stone winter garden letter engine market silver bridge candle forest harbour kettle lantern meadow orchard pebble quarry ribbon saddle thunder valley willow anchor basket copper dragon ember feather glacier'.split(
    ' ',
  );

/** A note of a few paragraphs; no two paragraphs are alike. */
export function makeNote(next: () => number, serial: number): { title: string; text: string } {
  const word = () => WORDS[Math.floor(next() * WORDS.length)]!;
  const paragraph = (p: number) =>
    `Entry ${serial}.${p}: ${Array.from({ length: 6 + Math.floor(next() * 30) }, word).join(' ')}.`;
  const text = Array.from({ length: 1 + Math.floor(next() * 4) }, (_, p) => paragraph(p));
  return { title: `Note ${serial}`, text: text.join('\n\n') };
}

interface FaultWindow extends Window {
  faultList?: Fault[];
  /** The page asks for this before it starts a worker. */
  faultsForNextWorker?: () => Fault[];
  faultHits?: { at: string; act: string }[];
}

/** All that looking into storage needs of a page. */
export type Inspected = Pick<Page, 'evaluate'>;

/** Arms faults in every worker that starts from now on in this page, and counts their hits. */
export async function arm(page: Page, list: Fault[]): Promise<void> {
  const install = (faults: Fault[]) => {
    const self = window as FaultWindow;
    const first = !self.faultHits;
    self.faultList = faults;
    self.faultHits ??= [];
    if (!first) return;
    self.faultsForNextWorker = () => self.faultList ?? [];
    const channel = new BroadcastChannel('findling-faults');
    channel.onmessage = ({ data }) => {
      if (data.faults === 'hit') self.faultHits?.push({ at: data.at, act: data.act });
    };
  };
  await page.addInitScript(install, list);
  if (page.url().startsWith('http')) await page.evaluate(install, list);
}

export const hits = (page: Page): Promise<number> =>
  page.evaluate(() => (window as FaultWindow).faultHits?.length ?? 0);

/** Disarms: workers that start from now on are whole. */
export const disarm = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (window as FaultWindow).faultList = [];
  });

interface Census {
  /** The generation that is searched: the index is judged by it. */
  gen: string;
  /** What is being built beside it. */
  building: string | undefined;
  kept: string | undefined;
  notes: string[];
  pending: number;
  quarantined: number;
  /** Notes whose passage list is of their present revision. */
  current: number;
  /** Passage lists of notes that are gone. */
  stray: string[];
  /** Passages named by a list, without a vector. */
  missing: number;
  /** Vectors that no list names, and rows of generations that nobody remembers. */
  orphans: number;
  vectors: number;
  /** Of them in segments; and of all rows, those that another has too. */
  packed: number;
  twice: number;
  /** Passages of all lists together. */
  passages: number;
  counters: Record<string, number>;
}

/** Reads the database itself: the app's own word is not evidence. */
export function census(page: Inspected, workspace = 'default'): Promise<Census> {
  return page.evaluate(async (name) => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const tx = db.transaction([...db.objectStoreNames]);
    const read = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const all = <T>(store: string) => read(tx.objectStore(store).getAll()) as Promise<T[]>;
    type List = { gen: string; note: string; revision: number; hashes: Uint8Array };
    const [notes, allLists, apart, heads, pending, quarantined, kvKeys, kvValues] =
      await Promise.all([
        all<{ id: string; revision: number }>('notes'),
        all<List>('passages'),
        read(tx.objectStore('vectors').getAllKeys()) as Promise<[string, string][]>,
        all<{ gen: string; hashes: Uint8Array }>('segments'),
        read(tx.objectStore('pending').count()),
        read(tx.objectStore('quarantine').count()),
        read(tx.objectStore('kv').getAllKeys()) as Promise<string[]>,
        all<number>('kv'),
      ]);
    db.close();
    // 16 bytes a hash.
    const hashesIn = (bytes: Uint8Array): string[] =>
      Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0'))
        .join('')
        .match(/.{32}/g) ?? [];
    const packed = heads.flatMap(({ gen, hashes }) =>
      hashesIn(hashes).map((hash): [string, string] => [gen, hash]),
    );
    const allKeys = [...apart, ...packed];
    const generations = kvValues[kvKeys.indexOf('generations')] as unknown as
      | Record<'active' | 'building' | 'kept', { gen: string } | undefined>
      | undefined;
    const gen = generations?.active?.gen ?? allLists[0]?.gen ?? '';
    const remembered = [gen, generations?.building?.gen, generations?.kept?.gen];
    const lists = allLists.filter((list) => list.gen === gen);
    const have = new Set(allKeys.filter(([one]) => one === gen).map(([, hash]) => hash));
    const strangers =
      allKeys.filter(([one]) => !remembered.includes(one)).length +
      allLists.filter((list) => !remembered.includes(list.gen)).length;
    const named = new Set(lists.flatMap(({ hashes }) => hashesIn(hashes)));
    const byId = new Map(notes.map((note) => [note.id, note.revision]));
    return {
      gen,
      building: generations?.building?.gen,
      kept: generations?.kept?.gen,
      notes: notes.map(({ id }) => id),
      pending,
      quarantined,
      current: lists.filter(({ note, revision }) => byId.get(note) === revision).length,
      stray: lists.filter(({ note }) => !byId.has(note)).map(({ note }) => note),
      missing: [...named].filter((hash) => !have.has(hash)).length,
      orphans: [...have].filter((hash) => !named.has(hash)).length + strangers,
      vectors: have.size,
      packed: packed.length,
      twice: allKeys.length - new Set(allKeys.map((key) => key.join(' '))).size,
      passages: lists.reduce((sum, list) => sum + list.hashes.length / 16, 0),
      counters: Object.fromEntries(
        kvKeys.flatMap((key, i) =>
          key.startsWith('counter:') ? [[key.slice(8), kvValues[i]!]] : [],
        ),
      ),
    };
  }, `findling-ws-${workspace}`);
}

/** How often the lease was taken. */
export const leaseEpoch = (page: Inspected): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const request = indexedDB.open('findling-ws-default');
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
          const epoch = request.result.transaction('kv').objectStore('kv').get('epoch');
          epoch.onsuccess = () => {
            request.result.close();
            resolve(epoch.result);
          };
        };
      }),
  );

/**
 * What must be true after any fault: all notes there, each indexed exactly once, nothing
 * unreferenced after the sweep. `quarantined`: notes expected in quarantine.
 */
export async function expectSound(
  page: Inspected,
  expected: { notes: number; quarantined?: number; timeout?: number },
): Promise<Census> {
  const { notes, quarantined = 0, timeout = 120_000 } = expected;
  let found!: Census;
  await expect(async () => {
    found = await census(page);
    expect({
      notes: found.notes.length,
      pending: found.pending,
      quarantined: found.quarantined,
      current: found.current,
      stray: found.stray,
      missing: found.missing,
      orphans: found.orphans,
      twice: found.twice,
    }).toEqual({
      notes,
      pending: 0,
      quarantined,
      current: notes - quarantined,
      stray: [],
      missing: 0,
      orphans: 0,
      twice: 0,
    });
  }).toPass({ timeout, intervals: [500] });
  return found;
}

interface TestWindow extends Window {
  findling?: {
    notes: {
      save(request: { id: string; title: string; text: string; baseRevision: number }): Promise<{
        meta: { revision: number };
      }>;
      remove(id: string): Promise<boolean>;
      restore(id: string): Promise<unknown>;
    };
    engine: {
      announce(ids: string[]): void;
      tryEnqueue(request: { note: string }): string;
      status: { value: { state: string } };
      search(
        query: string,
        options: { limit: number },
      ): Promise<{ hits: { note: string }[]; meaning: string }>;
    };
  };
}

/** Saves notes as the editor does: storage, announce, tryEnqueue; gives the verdicts' counts. */
export function saveNotes(
  page: Inspected,
  notes: { id: string; title: string; text: string; baseRevision?: number }[],
): Promise<Record<string, number>> {
  return page.evaluate(async (all) => {
    const { findling } = window as TestWindow;
    if (!findling) throw new Error('not a test build');
    const verdicts: Record<string, number> = {};
    for (const { baseRevision = 0, ...note } of all) {
      await findling.notes.save({ ...note, baseRevision });
      findling.engine.announce([note.id]);
      const verdict = findling.engine.tryEnqueue({ note: note.id });
      verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    }
    return verdicts;
  }, notes);
}

export type { TestWindow };
