import { computed, type Signal, signal } from '@preact/signals';
import { type Channel, openChannel } from '../../channel.ts';
import type { Clock } from '../../clock.ts';
import { FindlingError, isCode } from '../../errors.ts';
import {
  CHANNEL_CAPACITY,
  type ChannelMessage,
  type EmbedRequest,
  type EnqueueResult,
  type ExportPage,
  pageLock,
  type Status,
} from '../../protocol.ts';
import type { CounterDeltas } from '../../storage/notes/index.ts';
import type { Engine, Notice } from '../core/engine-types.ts';
import type { GpuMemory } from './gpu-memory.ts';
import { tryDevicesWhenIdle } from './idle-trial.ts';
import { Ledger } from './ledger.ts';
import type { PageRealm } from './page.ts';
import { watchPresence } from './presence.ts';
import { storageState } from './storage-state.ts';
import { Supervisor } from './supervisor.ts';

/** Counters are written at most this often, ms. */
const COUNT_EVERY_MS = 400;
/** Ids in one message at most. */
const ANNOUNCE_AT_ONCE = 500;
/** How often a long call is asked how far it is, ms. */
const PROGRESS_EVERY_MS = 200;
/** Notes in one page of the export. */
const EXPORT_NOTES = 20;

export interface EngineDeps {
  workspace: string;
  realm: PageRealm;
  /** URL of the app's folder, ending in `/`. */
  base: string;
  spawn: (name: string) => Worker;
  /** Looks closer at a worker that would not start. */
  explain: (error: FindlingError) => FindlingError;
  newId: () => string;
  /** The first worker waits for this: the service worker must be there to keep what it loads. */
  after: Promise<unknown>;
  /** Adds to the workspace's counters, durably. */
  count: (deltas: CounterDeltas) => Promise<void>;
  /** Where to tell it. */
  notice: Signal<Notice | null>;
  /** What to tell the person when the worker fails. */
  describe: (error: FindlingError, retryInMs: number | null) => string;
  /** Told of a tab of another version, by the version of its protocol. */
  otherVersion: (version: number) => void;
  /** Whether WebGPU failed in this session, and what to say when it does. */
  gpu: GpuMemory & { lostText: string };
}

/** The page's engine: bounded enqueue, supervised calls, and what every tab hears. */
export function createEngine(deps: EngineDeps): Engine {
  const { realm } = deps;
  const { page, clock } = realm;
  const { document } = page;
  const tab = deps.newId();
  const told = signal<Status>({ state: 'loading', percent: 0 });
  /** Requests of this page that no worker has taken up yet. */
  const asked = signal(0);
  const ledger = new Ledger(CHANNEL_CAPACITY, (inUse) => {
    asked.value = inUse;
  });
  /** What the leader told; not idle, though, while something was asked that it has not heard of. */
  const status = computed<Status>(() =>
    told.value.state === 'idle' && asked.value > 0
      ? { state: 'indexing', completed: 0, total: asked.value, etaMs: null }
      : told.value,
  );
  const { notice } = deps;
  const notesVersion = signal(0);
  const lastChanged = signal<readonly string[]>([]);
  let changedAt = Number.NEGATIVE_INFINITY;
  const counts = createCounts(deps.count, clock);
  let statusEpoch = 0;
  let closed = false;
  let warned = false;
  /** Frozen, or kept for "back". */
  let still = false;
  /** Notes that changed meanwhile. */
  const missed = new Set<string>();

  const changed = (ids: readonly string[]): void => {
    lastChanged.value = ids;
    changedAt = clock.ticks();
    notesVersion.value++;
  };
  const heard = (message: ChannelMessage): void => {
    if (message.t === 'status' && message.epoch >= statusEpoch) {
      statusEpoch = message.epoch;
      told.value = message.status;
    } else if (message.t === 'notes') {
      // Some are delivered even to a frozen page; what it began to read would never end, and the
      // transaction would hold up every other tab's writes, for a minute.
      if (still) for (const id of message.ids) missed.add(id);
      else changed(message.ids);
    }
  };
  const channel: Channel = openChannel(realm.broadcast, deps.workspace, heard, deps.otherVersion);

  const supervisor = new Supervisor(
    deps.spawn,
    { workspace: deps.workspace, tab, base: deps.base },
    {
      explain: deps.explain,
      onReady() {
        if (notice.peek() !== gpuNotice) notice.value = null;
        // In a cleared database the epochs count from the start.
        statusEpoch = 0;
        channel.post({ t: 'hello' });
      },
      onDeath(error, retryInMs) {
        ledger.clear();
        counts.add({ restarts: retryInMs === null ? 0 : 1 });
        // The page has the same workspace open, and says what became of it.
        if (error.code === 'workspace-gone') return;
        notice.value = {
          kind: retryInMs === null ? 'alert' : 'status',
          text: deps.describe(error, retryInMs),
        };
      },
      onGpuLost() {
        ledger.clear();
        counts.add({ restarts: 1 });
        deps.gpu.remember(true);
        notice.value = gpuNotice;
      },
    },
    realm,
  );
  supervisor.gpuLost = deps.gpu.lost();
  const gpuNotice: Notice = {
    kind: 'status',
    text: deps.gpu.lostText,
    dismiss() {
      if (notice.peek() === gpuNotice) notice.value = null;
    },
  };

  const send = (request: EmbedRequest): void => {
    supervisor.call('enqueue', [request], { deadlineMs: null }).then(
      (how) => {
        const { resend, urgent } = ledger.release(request.note, how);
        if (resend) send({ note: request.note, urgent });
        if (ledger.inUse < CHANNEL_CAPACITY / 2) warned = false;
      },
      // Worker gone or shutting down: the note is pending in storage, the sweep finds it.
      () => ledger.release(request.note, 'closed'),
    );
  };

  /** The id of a call, by which the worker hears that nobody waits for it any more. */
  const cancelIdOf = (abort: AbortSignal | undefined): string => {
    const cancelId = deps.newId();
    abort?.addEventListener('abort', () => supervisor.tell((api) => api.cancel(cancelId)));
    return cancelId;
  };

  const stopPresence = watchPresence(realm, (spare) => channel.post({ t: 'presence', spare }));
  const onVisible = (): void => {
    if (document.visibilityState === 'visible') supervisor.tell((api) => api.control('sweep'));
  };
  // No counts are written before a standstill: that transaction might stay open, too.
  const standStill = (): void => {
    still = true;
    supervisor.stopNow();
  };
  const resume = (): void => {
    still = false;
    if (closed) return;
    changed([...missed]);
    missed.clear();
    supervisor.start();
  };
  const onHide = (event: PageTransitionEvent): void => {
    if (event.persisted) {
      standStill();
      return;
    }
    counts.flush();
    supervisor.stopSoon();
  };
  const onShow = (event: PageTransitionEvent): void => {
    if (event.persisted) resume();
  };
  // The page's own liveness lock: its worker ends when it is free.
  const liveness = new AbortController();
  void realm.locks
    .request(pageLock(tab), { signal: liveness.signal }, () => {
      return new Promise<void>((resolve) =>
        liveness.signal.addEventListener('abort', () => resolve()),
      );
    })
    .catch(() => {});

  document.addEventListener('visibilitychange', onVisible);
  document.addEventListener('freeze', standStill);
  document.addEventListener('resume', resume);
  page.addEventListener('pagehide', onHide);
  page.addEventListener('pageshow', onShow);
  void deps.after.finally(() => {
    if (!closed) supervisor.start();
  });

  const leave = (): void => {
    closed = true;
    stopTrial();
    stopPresence();
    document.removeEventListener('visibilitychange', onVisible);
    document.removeEventListener('freeze', standStill);
    document.removeEventListener('resume', resume);
    page.removeEventListener('pagehide', onHide);
    page.removeEventListener('pageshow', onShow);
    counts.flush();
    channel.close();
    liveness.abort();
  };

  const engine: Engine = {
    workspace: deps.workspace,
    status,
    notice,
    notesVersion,
    changedAt: () => changedAt,
    lastChanged,

    tryEnqueue(request: EmbedRequest): EnqueueResult {
      if (closed) return 'closed';
      const { result, send: mustSend } = ledger.admit(request.note, request.urgent ?? false);
      if (mustSend) send(request);
      if (result === 'queued') counts.add({ accepted: 1 });
      else if (result === 'merged') counts.add({ merged: 1 });
      else {
        counts.add({ dropped: 1 });
        if (!warned) console.warn('embed queue full: the note stays pending and is swept up later');
        warned = true;
      }
      return result;
    },

    announce(ids) {
      if (closed) return;
      for (let at = 0; at < ids.length; at += ANNOUNCE_AT_ONCE) {
        const some = ids.slice(at, at + ANNOUNCE_AT_ONCE);
        channel.post({ t: 'notes', ids: some });
      }
      changed(ids);
    },

    noteSaved(ids, { urgent } = {}) {
      const saved = typeof ids === 'string' ? [ids] : ids;
      engine.announce(saved);
      for (const note of saved) {
        engine.tryEnqueue(urgent === undefined ? { note } : { note, urgent });
      }
    },

    search: (query, { signal: abort, ...options }) => {
      const cancelId = cancelIdOf(abort);
      return supervisor.call('search', [query, { ...options, cancelId }], { signal: abort });
    },
    related: (note, { signal: abort, ...options }) => {
      const cancelId = cancelIdOf(abort);
      return supervisor.call('related', [note, { ...options, cancelId }], { signal: abort });
    },
    duplicates: (limit) => supervisor.call('duplicates', [limit]),
    async health() {
      const [health, storage] = await Promise.all([
        supervisor.call('health', []),
        storageState(page.navigator),
      ]);
      // What this page counted and did not write yet belongs to the same moment.
      const own = counts.unwritten();
      return {
        ...health,
        accepted: health.accepted + (own.accepted ?? 0),
        merged: health.merged + (own.merged ?? 0),
        dropped: health.dropped + (own.dropped ?? 0),
        restarts: health.restarts + (own.restarts ?? 0),
        queueDepth: ledger.inUse,
        queueCapacity: CHANNEL_CAPACITY,
        workersAlive: supervisor.alive,
        ...storage,
      };
    },
    storedSizes: () => supervisor.call('storedSizes', []),
    checkIndex: async ({ signal: abort } = {}) => {
      const cancelId = cancelIdOf(abort);
      const report = await supervisor.call('checkIndex', [cancelId], {
        deadlineMs: null,
        signal: abort,
      });
      if (!report) throw new FindlingError('cancelled');
      return report;
    },
    async noteMap(how, { signal: abort, onProgress } = {}) {
      const cancelId = cancelIdOf(abort);
      const timer =
        onProgress &&
        setInterval(() => {
          supervisor.call('noteMapProgress', [], { signal: abort }).then(onProgress, () => {});
        }, PROGRESS_EVERY_MS);
      try {
        return await supervisor.call('noteMap', [how, cancelId], {
          deadlineMs: null,
          signal: abort,
        });
      } finally {
        clearInterval(timer);
      }
    },
    control: (verb) => supervisor.call('control', [verb]),
    setSetting: (name, value) => supervisor.call('setSetting', [name, value]),
    models: () => supervisor.call('models', []),
    chooseModel: (id) => supervisor.call('chooseModel', [id]),
    async checkModel(id, { signal: abort } = {}) {
      const { checkModel } = await import('./model-check.ts');
      const { workspace, base } = deps;
      return checkModel(deps.spawn, { workspace, base, clock, tab: deps.newId() }, id, abort);
    },
    device: () => supervisor.call('device', []),
    async setDevice(choice) {
      const anew = choice === 'webgpu' && supervisor.gpuLost;
      if (anew) {
        supervisor.gpuLost = false;
        deps.gpu.remember(false);
        gpuNotice.dismiss?.();
      }
      await supervisor.call('setDevice', [choice]);
      // The worker was told to leave it alone for as long as it runs.
      if (anew) await supervisor.recycle();
    },
    async renew() {
      // Its promise ends with the worker's start, or with the engine: then there is nothing to do.
      const isUp = supervisor.call('ping', []);
      await isUp.then(() => supervisor.recycle()).catch(() => {});
    },
    async tryDevices({ signal: abort } = {}) {
      const { tryDevices } = await import('./device-trial.ts');
      const { workspace, base } = deps;
      await tryDevices(deps.spawn, { workspace, base, clock, tab: deps.newId() }, abort);
      await supervisor.call('setDevice', []);
    },
    async *exportVectors({ signal: abort } = {}) {
      let after: string | null = null;
      do {
        const from: string | null = after;
        const page: ExportPage = await supervisor.call('exportVectors', [from, EXPORT_NOTES], {
          signal: abort,
        });
        yield page.jsonl;
        after = page.next;
      } while (after !== null);
    },
    async shutdown() {
      closed = true;
      await supervisor.stop();
      ledger.clear();
      leave();
    },
    [Symbol.dispose]() {
      supervisor.stopSoon();
      leave();
    },
  };
  const stopTrial = tryDevicesWhenIdle(engine, realm);
  return engine;
}

/** Collects counts and writes them in lots; what cannot be written stays for the next time. */
function createCounts(write: (deltas: CounterDeltas) => Promise<void>, clock: Clock) {
  let waiting: CounterDeltas = {};
  let callOff: (() => void) | null = null;
  const flush = (): void => {
    callOff?.();
    callOff = null;
    const deltas = waiting;
    waiting = {};
    if (Object.values(deltas).every((n) => !n)) return;
    write(deltas).catch((thrown) => {
      if (!isCode(thrown, 'storage-closed')) add(deltas);
    });
  };
  const add = (deltas: CounterDeltas): void => {
    for (const [name, n] of Object.entries(deltas)) {
      const key = name as keyof CounterDeltas;
      waiting[key] = (waiting[key] ?? 0) + n;
    }
    callOff ??= clock.after(COUNT_EVERY_MS, flush);
  };
  return { add, flush, unwritten: (): Readonly<CounterDeltas> => waiting };
}
