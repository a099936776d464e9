/** What the runner asks of a page: by the app's own API, as the views do. */
import type { Page } from '@playwright/test';
import type { Control, EnqueueResult, SearchHit } from '../../src/protocol.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import type { Fault } from '../../src/worker/faults.ts';

export interface SoakWindow extends Window {
  /** What a test build shows (src/ui/shell/session.ts). */
  findling?: AppContext;
  soakFaults?: Fault[];
  faultsForNextWorker?: () => Fault[];
}

export type Verdicts = Partial<Record<EnqueueResult, number>>;

export interface Writing {
  id: string;
  title: string;
  text: string;
}

/** Gives the faults to one new worker: the worker after it is whole. */
export function giveFaults(): void {
  const self = window as SoakWindow;
  self.faultsForNextWorker = () => self.soakFaults?.splice(0) ?? [];
}

export async function appShown(page: Page): Promise<string> {
  await page.waitForFunction(() => Boolean((window as SoakWindow).findling), null, {
    timeout: 30_000,
  });
  return page.evaluate(() => (window as SoakWindow).findling!.workspace.id);
}

/** As the editor saves; `stale`: grown from the revision before the present one. */
export function saveAll(
  page: Page,
  notes: Writing[],
  { stale = false } = {},
): Promise<{ verdicts: Verdicts; conflicts: number }> {
  return page.evaluate(
    async ([all, isStale]) => {
      const { notes, engine } = (window as SoakWindow).findling!;
      const verdicts: Verdicts = {};
      let conflicts = 0;
      for (const note of all) {
        const revision = (await notes.get(note.id))?.meta.revision ?? 0;
        const saved = await notes.save({
          ...note,
          baseRevision: isStale ? revision - 1 : revision,
        });
        if (saved.conflict) conflicts++;
        engine.announce([note.id]);
        const verdict = engine.tryEnqueue({ note: note.id });
        verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
      }
      return { verdicts, conflicts };
    },
    [notes, stale] as const,
  );
}

/** Deletes or restores, as the views do. @returns how many were */
export function moveAll(page: Page, how: 'remove' | 'restore', ids: string[]): Promise<number> {
  return page.evaluate(
    async ([verb, all]) => {
      const { notes, engine } = (window as SoakWindow).findling!;
      let moved = 0;
      for (const id of all) {
        if (await notes[verb](id)) moved++;
        engine.announce([id]);
        engine.tryEnqueue({ note: id, urgent: true });
      }
      return moved;
    },
    [how, ids] as const,
  );
}

/** Pause, resume, rebuild: asked again when the worker died before it answered. */
export function control(page: Page, verb: Control): Promise<void> {
  return page.evaluate(async (asked) => {
    const { engine } = (window as SoakWindow).findling!;
    for (let tries = 0; ; tries++) {
      try {
        return await engine.control(asked);
      } catch (thrown) {
        if (tries > 5) throw thrown;
      }
    }
  }, verb);
}

/** Shows another workspace in this tab, made first where there is none. */
export function showWorkspace(page: Page, id: string): Promise<string> {
  return page.evaluate(async (wanted) => {
    const { workspaces, switchTo } = (window as SoakWindow).findling!;
    let record = (await workspaces.list()).find((one) => one.id === wanted);
    if (!record) {
      record = { id: wanted, name: wanted, created: Date.now() };
      await workspaces.create(record);
    }
    await switchTo(record);
    return (window as SoakWindow).findling!.workspace.id;
  }, id);
}

/** Ids by path, of the notes that are there. */
export function idsByPath(page: Page): Promise<Record<string, string>> {
  return page.evaluate(async () => {
    const { notes } = (window as SoakWindow).findling!;
    return Object.fromEntries((await notes.list()).map(({ path, id }) => [path, id]));
  });
}

/** The hits that have the word itself; null when the worker died meanwhile. */
export function hitsOf(page: Page, word: string): Promise<string[] | null> {
  return page.evaluate(async (query) => {
    const { engine } = (window as SoakWindow).findling!;
    const literal = ({ why }: SearchHit) => why.includes('words') || why.includes('title');
    try {
      const { hits } = await engine.search(query, { limit: 10 });
      return hits.filter(literal).map(({ note }) => note);
    } catch {
      return null;
    }
  }, word);
}

export interface TabState {
  workspace: string;
  status: string;
  workersAlive: number;
  queueDepth: number;
  passages: number;
  notes: number;
}

export function tabState(page: Page): Promise<TabState> {
  return page.evaluate(async () => {
    const { engine, workspace } = (window as SoakWindow).findling!;
    const { workersAlive, queueDepth, passages, notes } = await engine.health();
    const { state: status } = engine.status.value;
    return { workspace: workspace.id, status, workersAlive, queueDepth, passages, notes };
  });
}

/** Engine workers of all tabs that are alive, by the locks that they hold. */
export function workersAlive(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const { held = [] } = await navigator.locks.query();
    return held.filter(({ name }) => name?.startsWith('findling-worker:')).length;
  });
}

/** Ends the tab's engine worker from within; false when it has none at the moment. */
export async function endWorker(page: Page): Promise<boolean> {
  const ends = page.workers().map((worker) =>
    worker
      .evaluate(() => {
        // The model's own threads have other names.
        if (!self.name.startsWith('{')) return false;
        self.close();
        return true;
      })
      // It was gone before it could be asked, or went before it could answer.
      .catch(() => false),
  );
  const limit = new Promise<boolean[]>((resolve) => setTimeout(resolve, 5_000, []));
  return (await Promise.race([Promise.all(ends), limit])).some(Boolean);
}
