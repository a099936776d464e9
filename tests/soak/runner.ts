/** Does in real tabs what the plan says, and holds the databases against the model. */
import type { BrowserContext, Page } from '@playwright/test';
import { CHANNEL_CAPACITY } from '../../src/protocol.ts';
import { folderOf, go, importFolder } from '../browser/support/app.ts';
import { fillStorage, freeStorage } from '../browser/support/storage.ts';
import type { Action, Kind } from './actions.ts';
import {
  appShown,
  control,
  endWorker,
  giveFaults,
  hitsOf,
  idsByPath,
  moveAll,
  type SoakWindow,
  saveAll,
  showWorkspace,
  tabState,
  workersAlive,
} from './in-page.ts';
import {
  type CallsMade,
  embeddedOf,
  judgeCounters,
  judgeIndex,
  judgeNotes,
  passagesIn,
} from './judge.ts';
import type { ModelNote, World } from './model.ts';
import { type Snapshot, takeSnapshot } from './snapshot.ts';
import { type Next, pick } from './texts.ts';

const QUIET_WITHIN_MS = 150_000;
const ACTION_WITHIN_MS = 90_000;
/** Counts are written in lots: those of a page's last moments may be lost with it. */
const COUNTS_WRITTEN_MS = 2_000;
const SEARCHES_A_TAB = 3;
const LONGEST_LINE = 240;

export class SoakFailure extends Error {}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

function within<T>(work: Promise<T>, what: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout>;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not end`)), ACTION_WITHIN_MS);
  });
  return Promise.race([work, limit]).finally(() => clearTimeout(timer));
}

function inWords(action: Action): string {
  const { kind, tab } = action;
  switch (kind) {
    case 'import':
    case 'reimport': {
      const cut = action.cutAfterMs === null ? '' : `, cut after ${action.cutAfterMs} ms`;
      return `${tab}: ${kind} ${action.folder}, ${Object.keys(action.files).length} files${cut}`;
    }
    case 'rush':
      return `${tab}: rush, ${action.notes.length} notes`;
    case 'clear':
      return `${tab}: clear, ${action.keys.length} notes`;
    case 'fault':
      return `${tab}: fault ${JSON.stringify(action.fault)}`;
    case 'open':
    case 'switch':
      return `${tab}: ${kind} ${action.workspace}`;
    default:
      return `${tab}: ${kind}${'key' in action ? ` ${action.key}` : ''}`;
  }
}

export class Soak {
  readonly done: Partial<Record<Kind, number>> = {};
  readonly history: string[] = [];
  checks = 0;
  searches = 0;
  readonly #context: BrowserContext;
  readonly #url: string;
  readonly #world: World;
  readonly #began = Date.now();
  readonly #pages = new Map<string, Page>();
  /** What each tab shows now: the model is a step ahead. */
  readonly #shown = new Map<string, string>();
  readonly #errors: string[] = [];
  readonly #calls = new Map<string, CallsMade>();
  readonly #embedded = new Map<string, number>();
  /** Calls of each tab that may not be counted in the database yet. */
  #fresh: { tab: string; at: number; calls: number }[] = [];

  constructor(context: BrowserContext, url: string, world: World) {
    this.#context = context;
    this.#url = url;
    this.#world = world;
  }

  async start(): Promise<void> {
    await this.#context.addInitScript(giveFaults);
    await this.#open('tab1', 'default');
  }

  async perform(action: Action): Promise<void> {
    await sleep(action.waitMs);
    this.#note(inWords(action));
    await within(this.#do(action), inWords(action));
    this.done[action.kind] = (this.done[action.kind] ?? 0) + 1;
  }

  #note(what: string): void {
    const seconds = ((Date.now() - this.#began) / 1000).toFixed(1);
    this.history.push(`${seconds} s  ${what.slice(0, LONGEST_LINE)}`);
  }

  async #do(action: Action): Promise<void> {
    const { tab, kind } = action;
    if (kind === 'open') return this.#open(tab, action.workspace);
    const page = this.#page(tab);
    switch (kind) {
      case 'save':
      case 'edit':
      case 'rename':
      case 'conflict': {
        const { title, text } = action;
        const note = { id: this.#idOf(tab, action.key), title, text };
        this.#called(tab, 1);
        const { conflicts } = await saveAll(page, [note], { stale: kind === 'conflict' });
        if (conflicts !== (kind === 'conflict' ? 1 : 0)) {
          throw new SoakFailure(`${conflicts} conflicts at “${kind}” of ${action.key}`);
        }
        return;
      }
      case 'rush': {
        const notes = action.notes.map(({ key: id, title, text }) => ({ id, title, text }));
        this.#called(tab, notes.length);
        const { verdicts } = await saveAll(page, notes);
        const { queued = 0, merged = 0, full = 0, closed = 0 } = verdicts;
        if (closed > 0 || queued + merged + full !== notes.length) {
          throw new SoakFailure(`a rush was answered ${JSON.stringify(verdicts)}`);
        }
        const { queueDepth } = await tabState(page);
        if (queueDepth > CHANNEL_CAPACITY) throw new SoakFailure(`${queueDepth} requests held`);
        return;
      }
      case 'delete':
        return this.#move(tab, 'remove', [action.key]);
      case 'clear':
        return this.#move(tab, 'remove', action.keys);
      case 'restore':
        return this.#move(tab, 'restore', [action.key]);
      case 'import':
      case 'reimport':
        return this.#import(action);
      case 'kill':
        return this.#kill(page);
      case 'fault':
        await page.evaluate((fault) => {
          (window as SoakWindow).soakFaults = [fault];
        }, action.fault);
        return this.#kill(page);
      case 'close':
        this.#unsure(tab);
        this.#pages.delete(tab);
        return page.close();
      case 'reload':
        return this.#reload(tab);
      case 'switch':
        return this.#switch(tab, action.workspace);
      case 'pause':
      case 'resume':
      case 'rebuild':
        return control(page, kind);
      case 'search':
        return this.#search(tab, action.word, this.#idOf(tab, action.key), action.found);
      case 'squeeze':
        return this.#squeeze(action);
    }
  }

  async #open(tab: string, workspace: string): Promise<void> {
    const page = await this.#context.newPage();
    page.on('pageerror', (error) => this.#errors.push(`${tab}: uncaught ${error.message}`));
    page.on('console', (message) => {
      const type = message.type();
      if (type === 'error' || type === 'warning') this.#note(`${tab}: (${message.text()})`);
    });
    page.on('crash', () => this.#errors.push(`${tab}: the page crashed`));
    this.#pages.set(tab, page);
    await page.goto(this.#url);
    const shown = await appShown(page);
    this.#shown.set(tab, shown);
    if (shown !== workspace) await this.#switch(tab, workspace);
  }

  async #reload(tab: string): Promise<void> {
    this.#unsure(tab);
    const page = this.#page(tab);
    await page.reload();
    const workspace = this.#shown.get(tab);
    const shown = await appShown(page);
    if (shown !== workspace) throw new SoakFailure(`a reload shows ${shown}, not ${workspace}`);
  }

  async #switch(tab: string, workspace: string): Promise<void> {
    const shown = await showWorkspace(this.#page(tab), workspace);
    this.#shown.set(tab, shown);
    if (shown !== workspace) throw new SoakFailure(`a switch shows ${shown}, not ${workspace}`);
  }

  async #kill(page: Page): Promise<void> {
    // Between two workers there is none to end. One that has not greeted is missed by its page
    // only at the start's deadline.
    for (let tries = 0; tries < 20; tries++) {
      const answers = await tabState(page).catch(() => null);
      if (answers && (await endWorker(page))) return;
      await sleep(500);
    }
    throw new SoakFailure('no worker came up that could be ended');
  }

  async #move(tab: string, how: 'remove' | 'restore', keys: string[]): Promise<void> {
    this.#called(tab, keys.length);
    const ids = keys.map((key) => this.#idOf(tab, key));
    const moved = await moveAll(this.#page(tab), how, ids);
    if (moved !== keys.length) throw new SoakFailure(`${how}: ${moved} of ${keys.length}`);
  }

  async #import(action: Extract<Action, { imported: number }>): Promise<void> {
    const { tab, folder, files, cutAfterMs, imported, skipped } = action;
    const page = this.#page(tab);
    const inside = Object.entries(files).map(([path, text]) => [
      path.slice(folder.length + 1),
      text,
    ]);
    const { dir, remove } = folderOf(Object.fromEntries(inside), folder);
    // A page behind another is not told what was picked.
    await page.bringToFront();
    try {
      if (cutAfterMs !== null) {
        await go(page, 'Import');
        await page.getByLabel('Import folder').setInputFiles(dir);
        await sleep(cutAfterMs);
        await this.#reload(tab);
      }
      const said = await importFolder(page, dir);
      const expected = `Imported ${imported} notes, skipped ${skipped}`;
      if (cutAfterMs === null && !said.includes(expected)) {
        throw new SoakFailure(`import said “${said.slice(0, 80)}”, not “${expected}”`);
      }
    } finally {
      remove();
    }
    const ids = await idsByPath(page);
    const ws = this.#workspace(tab);
    for (const note of ws.notes.values()) if (note.path) note.id ??= ids[note.path] ?? null;
  }

  async #squeeze({ tab, key: id, title, text }: Extract<Action, { kind: 'squeeze' }>) {
    const page = this.#page(tab);
    const ended = await fillStorage(page);
    if (ended !== 'QuotaExceededError') throw new SoakFailure(`filling ended with “${ended}”`);
    // It may fail, and may not: what matters is that a failure is told, and that this ends.
    const tried = await saveAll(page, [{ id, title, text }]).catch(() => null);
    if (tried) this.#called(tab, 1);
    await sleep(1_500);
    await freeStorage(page);
    for (let tries = 0; ; tries++) {
      const saved = await saveAll(page, [{ id, title, text }]).catch(() => null);
      if (saved) break;
      if (tries > 60) throw new SoakFailure('there is room again, and still nothing can be saved');
      await sleep(1_000);
    }
    this.#called(tab, 1);
  }

  async #search(tab: string, word: string, id: string, found: boolean): Promise<void> {
    this.searches++;
    let hits: string[] | null = null;
    const until = Date.now() + 45_000;
    while (Date.now() < until) {
      hits = await hitsOf(this.#page(tab), word);
      if (hits?.includes(id) === found) return;
      await sleep(200);
    }
    const what = found ? 'does not find' : 'still finds the deleted';
    throw new SoakFailure(`${tab}: “${word}” ${what} ${id}: ${JSON.stringify(hits)}`);
  }

  /** Waits for quiet, then says so; throws with all that is still wrong when it does not come. */
  async check(next: Next): Promise<void> {
    const until = Date.now() + QUIET_WITHIN_MS;
    await this.#checkNotes();
    for (;;) {
      const wrong = await within(this.#unquiet(), 'reading the databases');
      if (wrong.length === 0) break;
      if (Date.now() > until) throw new SoakFailure(wrong.join('\n'));
      await sleep(500);
    }
    for (const { id: tab } of this.#world.tabs.values()) {
      const { notes, trash } = this.#workspace(tab);
      for (let i = 0; i < SEARCHES_A_TAB && notes.size > 0; i++) {
        const { word, id } = pick(next, [...notes.values()]);
        await this.#search(tab, word, id!, true);
      }
      if (trash.size === 0) continue;
      const { word, id } = pick(next, [...trash.values()]);
      await this.#search(tab, word, id!, false);
    }
    this.checks++;
  }

  /** Every workspace, shown or not: true at any moment, however busy. */
  async #checkNotes(): Promise<void> {
    const wrong: string[] = [];
    for (const ws of this.#world.workspaces.values()) {
      const found = await takeSnapshot(this.#anyPage(), ws.id);
      if (!found) wrong.push(`${ws.id}: its database is gone`);
      else wrong.push(...judgeNotes(ws, found).map((what) => `${ws.id}: ${what}`));
    }
    if (wrong.length > 0) throw new SoakFailure(wrong.join('\n'));
  }

  async #unquiet(): Promise<string[]> {
    const wrong = [...this.#errors];
    const snapshots = new Map<string, Snapshot>();
    for (const ws of this.#world.workspaces.values()) {
      const found = await takeSnapshot(this.#anyPage(), ws.id);
      if (!found) throw new SoakFailure(`${ws.id}: its database is gone`);
      snapshots.set(ws.id, found);
      const calls = this.#calls.get(ws.id) ?? { all: 0, unsure: 0 };
      const shown = [...this.#world.tabs.values()].some(({ workspace }) => workspace === ws.id);
      const all = [
        ...judgeNotes(ws, found),
        ...judgeCounters(found, calls, this.#embedded.get(ws.id) ?? 0),
        // Nobody works at what no tab shows.
        ...(shown ? judgeIndex(found) : []),
      ];
      this.#embedded.set(ws.id, embeddedOf(found));
      wrong.push(...all.map((what) => `${ws.id}: ${what}`));
    }
    for (const [tab, page] of this.#pages) {
      const { workspace, ...state } = await tabState(page);
      const found = snapshots.get(workspace)!;
      const should = {
        status: 'idle',
        workersAlive: 1,
        queueDepth: 0,
        passages: passagesIn(found),
        notes: found.notes.length,
      };
      const differs = (Object.keys(should) as (keyof typeof should)[])
        .filter((name) => state[name] !== should[name])
        .map((name) => `${name} is ${state[name]}, not ${should[name]}`);
      if (differs.length > 0) wrong.push(`${tab}: ${differs.join(', ')}`);
    }
    const alive = await workersAlive(this.#anyPage());
    if (alive !== this.#pages.size) {
      wrong.push(`${alive} workers alive in ${this.#pages.size} tabs`);
    }
    return wrong;
  }

  /** Shows each workspace that no tab shows, so that its index can be judged too. */
  async visitOthers(next: Next): Promise<void> {
    const { tabs, workspaces } = this.#world;
    const [first] = tabs.values();
    const shown = new Set([...tabs.values()].map(({ workspace }) => workspace));
    for (const ws of workspaces.values()) {
      if (shown.has(ws.id)) continue;
      this.#note(`at the end, ${first!.id}: switch ${ws.id}`);
      first!.workspace = ws.id;
      await this.#switch(first!.id, ws.id);
      if (ws.paused) await control(this.#page(first!.id), 'resume');
      ws.paused = false;
      await this.check(next);
    }
  }

  #page(tab: string): Page {
    return this.#pages.get(tab)!;
  }

  #anyPage(): Page {
    return [...this.#pages.values()][0]!;
  }

  #workspace(tab: string) {
    return this.#world.workspaces.get(this.#world.tabs.get(tab)!.workspace)!;
  }

  #idOf(tab: string, key: string): string {
    const { notes, trash } = this.#workspace(tab);
    const note: ModelNote | undefined = notes.get(key) ?? trash.get(key);
    if (!note?.id) throw new SoakFailure(`the note of ${key} was never seen`);
    return note.id;
  }

  #callsOf(tab: string): CallsMade {
    const workspace = this.#shown.get(tab)!;
    const calls = this.#calls.get(workspace) ?? { all: 0, unsure: 0 };
    this.#calls.set(workspace, calls);
    return calls;
  }

  #called(tab: string, calls: number): void {
    this.#callsOf(tab).all += calls;
    const at = Date.now();
    this.#fresh = this.#fresh.filter((one) => at - one.at < COUNTS_WRITTEN_MS);
    this.#fresh.push({ tab, at, calls });
  }

  /** The tab's page ends: what it counted last may go with it. */
  #unsure(tab: string): void {
    const at = Date.now();
    this.#callsOf(tab).unsure += this.#fresh
      .filter((one) => one.tab === tab && at - one.at < COUNTS_WRITTEN_MS)
      .reduce((sum, { calls }) => sum + calls, 0);
    this.#fresh = this.#fresh.filter((one) => one.tab !== tab);
  }
}
