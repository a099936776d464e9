import './setup.ts';
import { signal } from '@preact/signals';
import type { Clock } from '../../../src/clock.ts';
import { databaseName } from '../../../src/storage/database-names.ts';
import { type Notes, openNotes } from '../../../src/storage/notes/index.ts';
import { openWorkspaces, type Workspaces } from '../../../src/storage/workspaces.ts';
import type { Engine, Notice } from '../../../src/ui/core/engine-types.ts';
import { createEngine } from '../../../src/ui/engine/engine.ts';
import type { PageEvents } from '../../../src/ui/engine/page.ts';
import type { Faults } from '../../../src/worker/faults.ts';
import { startWorker } from '../../../src/worker/start.ts';
import { type App, type Given, PAGE_ACTIONS, type PageAction } from '../page-actions.ts';
import type { ActingTab, Outcome } from '../traces.ts';
import { Airwaves } from './broadcast.ts';
import { armed, type FaultList } from './faults.ts';
import { type Disk, isWriting, newDisk, readStore } from './indexeddb.ts';
import { LockSpace } from './locks.ts';
import { toyLoader } from './model.ts';
import { connectWorker } from './ports.ts';
import { Process } from './process.ts';
import { Time } from './time.ts';

/** Small, so that a few notes fill one. */
const SEGMENTS = { most: 16, least: 8, fewest: 4 };
/** Longest that something is waited for, ms of the clock. */
const PATIENCE_MS = 20 * 60_000;

/** How long garbage, segments and the kept words take once all is indexed, ms of the clock. */
const CLEARED_UP_MS = 2_500;

/** One browser: its disk, its locks, its channels, its time, and the tabs that are open. */
export class World {
  readonly time = new Time();
  readonly locks = new LockSpace();
  readonly airwaves = new Airwaves();
  readonly disk: Disk;
  readonly tabs: Tab[] = [];
  faults: FaultList = { list: [], hits: [] };
  #serial = 0;

  constructor(disk = newDisk()) {
    this.disk = disk;
  }

  nextId(): number {
    return ++this.#serial;
  }

  /** Opens a tab. It may fail, and is then there without an engine. */
  async open(workspace?: string): Promise<Tab> {
    const tab = new Tab(this, `tab${this.nextId()}`);
    this.tabs.push(tab);
    await tab.show(workspace);
    return tab;
  }

  /** Whether nothing is left to do: every tab that could do it says so, and nothing is pending. */
  get isIdle(): boolean {
    const awake = this.live.filter(({ page }) => !page.still);
    if (awake.some(({ status }) => status !== 'idle') || isWriting(this.disk)) return false;
    return awake.every(
      ({ workspace }) =>
        readStore(this.disk, databaseName(workspace), 'pending').length === 0 &&
        !this.#isBuilding(workspace),
    );
  }

  #isBuilding(workspace: string): boolean {
    const kv = readStore<{ building?: unknown }>(this.disk, databaseName(workspace), 'kv');
    return kv.find(({ key }) => key === 'generations')?.value.building !== undefined;
  }

  /**
   * Lets time pass until all is done, the clearing up included.
   * @returns whether it came to that
   */
  async idle(patience = PATIENCE_MS): Promise<boolean> {
    // What is done once nothing is pending is done within a moment.
    for (let tries = 0; tries < 5; tries++) {
      if (!(await this.time.until(() => this.isIdle, patience))) return false;
      await this.time.pass(CLEARED_UP_MS);
      if (this.isIdle) return true;
    }
    return false;
  }

  get live(): Tab[] {
    return this.tabs.filter((tab) => tab.alive);
  }

  /** The browser is gone, and all its tabs. */
  killAll(): void {
    for (const tab of this.tabs) tab.kill();
  }
}

class Events extends EventTarget {
  constructor(process: Process) {
    super();
    const add = this.addEventListener.bind(this);
    this.addEventListener = (type: string, listener: unknown) =>
      add(type, (event) => process.enter(() => (listener as (event: Event) => void)(event)));
  }
}

/** A page with the real engine in it, and the worker that the engine keeps. */
export class Tab implements ActingTab {
  readonly page: Process;
  readonly name: string;
  engine: Engine | null = null;
  notes: Notes | null = null;
  workspaces: Workspaces | null = null;
  workspace = 'default';
  /** The workers that were made, oldest first. */
  readonly workers: Process[] = [];
  readonly #world: World;
  readonly #window: Events;
  readonly #document: Events & { visibilityState: string };
  readonly #notice = signal<Notice | null>(null);

  constructor(world: World, name: string) {
    this.#world = world;
    this.name = name;
    this.page = new Process(name, undefined, world.disk);
    this.#window = new Events(this.page);
    this.#document = Object.assign(new Events(this.page), { visibilityState: 'visible' });
  }

  get alive(): boolean {
    return !this.page.dead;
  }

  get clock(): Clock {
    return this.#world.time.clockOf(this.page);
  }

  get worker(): Process | undefined {
    return this.workers.findLast((one) => !one.dead);
  }

  get notice(): Notice | null {
    return this.#notice.peek();
  }

  get status(): string {
    return this.engine?.status.peek().state ?? 'none';
  }

  /** Has something done by the page, and lets time pass until it is. */
  async do<T>(work: () => Promise<T>, patience = PATIENCE_MS): Promise<Outcome<T>> {
    const outcome = this.begin(work);
    await this.#world.time.until(() => outcome.state !== 'never' || !this.alive, patience);
    return outcome;
  }

  /** The same, without waiting. */
  begin<T>(work: () => Promise<T>): Outcome<T> {
    const outcome = { state: 'never' } as { state: string; value?: T; error?: unknown };
    this.page.enter(() => {
      work().then(
        (value) => {
          if (this.alive) Object.assign(outcome, { state: 'done', value });
        },
        (error) => {
          if (this.alive) Object.assign(outcome, { state: 'failed', error });
        },
      );
    });
    return outcome as Outcome<T>;
  }

  perform<D extends PageAction>(
    action: D,
    given: Given<D>,
    patience: number,
  ): Promise<Outcome<void>> {
    const act = PAGE_ACTIONS[action] as (app: App, given: Given<D>) => Promise<void>;
    const { notes, engine } = this;
    return this.do(() => act({ notes: notes!, engine: engine! }, given), patience);
  }

  /** What it gives; throws what it fails with. */
  async ask<T>(work: () => Promise<T>): Promise<T> {
    const outcome = await this.do(work);
    if (outcome.state === 'done') return outcome.value;
    throw outcome.state === 'failed' ? outcome.error : new Error(`${this.name} does not answer`);
  }

  /** Shows a workspace: the one that there is where it is not named. */
  async show(workspace = this.workspace, patience = PATIENCE_MS): Promise<Outcome<void>> {
    this.workspace = workspace;
    return this.do(() => this.#open(), patience);
  }

  async #open(): Promise<void> {
    const world = this.#world;
    const clock = world.time.clockOf(this.page);
    const { now, after } = clock;
    const newId = (): string => `${this.name}-${world.nextId()}`;
    await this.engine?.shutdown();
    this.notes?.close();
    this.engine = null;
    this.workspaces ??= await openWorkspaces({ now, after, firstName: 'My notes' });
    const find = async () =>
      (await this.workspaces!.list()).find(({ id }) => id === this.workspace);
    if (!(await find())) {
      const record = { id: this.workspace, name: this.workspace, created: now() };
      // Another tab may be as quick.
      await this.workspaces.create(record).catch(() => {});
    }
    const permit = this.workspaces.creationPermit((await find())!);
    this.notes = await openNotes(this.workspace, { now, newId, after }, {}, permit);
    const page = Object.assign(this.#window, { document: this.#document, navigator: {} });
    this.engine = createEngine({
      workspace: this.workspace,
      realm: {
        locks: world.locks.of(this.page),
        broadcast: world.airwaves.openFor(this.page),
        clock,
        page: page as unknown as PageEvents,
      },
      base: 'https://findling.test/',
      spawn: (name) => this.#spawn(name),
      explain: (error) => error,
      newId,
      after: Promise.resolve(),
      count: this.notes.count,
      notice: this.#notice,
      describe: (error) => error.code,
      otherVersion: () => {},
      gpu: { lost: () => false, remember() {}, lostText: '' },
    });
  }

  #spawn(name: string): Worker {
    const world = this.#world;
    const worker = new Process(`${this.name}/worker${this.workers.length + 1}`, this.page);
    this.workers.push(worker);
    const clock = world.time.clockOf(worker);
    const { handle, own } = connectWorker(this.page, worker);
    setImmediate(() =>
      worker.enter(() => {
        void startWorker({
          name,
          locks: world.locks.of(worker),
          broadcast: world.airwaves.openFor(worker),
          clock,
          endpoint: own,
          post: (message) => own.postMessage(message),
          close: () => worker.kill(),
          modelLoader: () => toyLoader(clock),
          openFaults: (): Faults => armed(world, worker),
          deviceMemory: undefined,
          segmentSizes: SEGMENTS,
        });
      }),
    );
    return handle;
  }

  // ——— What happens to a page ———

  /** Closed: it hears of it, and has no time left. */
  close(): void {
    this.page.enter(() => {
      this.#window.dispatchEvent(Object.assign(new Event('pagehide'), { persisted: false }));
    });
    this.kill();
  }

  /** Crashed, or discarded, or the browser is gone. */
  kill(): void {
    this.page.kill();
  }

  freeze(): void {
    this.page.enter(() => this.#document.dispatchEvent(new Event('freeze')));
    this.page.standStill();
    this.worker?.standStill();
  }

  resume(): void {
    this.page.resume();
    this.worker?.resume();
    this.page.enter(() => this.#document.dispatchEvent(new Event('resume')));
  }

  // ——— What a person does ———

  /** As the editor saves: storage, announce, enqueue. */
  async save(note: { id: string; title: string; text: string; baseRevision?: number }) {
    const { notes, engine } = this;
    const saved = await notes!.save({ baseRevision: 0, ...note });
    engine!.announce([note.id]);
    const verdict = engine!.tryEnqueue({ note: note.id });
    return { ...saved, verdict };
  }
}
