import { type Remote, releaseProxy, wrap } from 'comlink';
import { FAULTS, faultsForNextWorker, WAIT_FACTOR } from '../../build-id.ts';
import { type Clock, pauseOf } from '../../clock.ts';
import { type ErrorCode, FindlingError, toFindlingError } from '../../errors.ts';
import { LIMITS } from '../../limits.ts';
import {
  CALL_DEADLINE_MS,
  PROTOCOL_VERSION,
  SHUTDOWN_DEADLINE_MS,
  VERBS,
  type Verb,
  type WorkerApi,
  type WorkerConfig,
  type WorkerRequest,
  workerLock,
} from '../../protocol.ts';
import type { Realm } from '../../realm.ts';
import { greeted, limits } from './waiting.ts';

/** Pause between two pings, which a live worker answers at once, ms. */
const PING_EVERY_MS = 10_000;
/** A worker that ran this long was healthy: the next restart is quick again, ms. */
const HEALTHY_AFTER_MS = 60_000;

export interface CallOptions {
  /** null: as long as it takes, until the worker dies or the signal aborts. */
  deadlineMs?: number | null;
  signal?: AbortSignal;
}

type Answer<V extends Verb> = Awaited<ReturnType<WorkerApi[V]>>;

function ask<V extends Verb>(
  api: Remote<WorkerApi>,
  verb: V,
  args: Parameters<WorkerApi[V]>,
): Promise<Answer<V>> {
  const remote = api[verb] as unknown as (...args: Parameters<WorkerApi[V]>) => Promise<Answer<V>>;
  return remote(...args);
}

export interface SupervisorEvents {
  /** Looks closer at a worker that would not start. */
  explain: (error: FindlingError) => FindlingError;
  onReady: () => void;
  /** The worker is gone, uninvited; `retryInMs` null when no other will be tried. */
  onDeath: (error: FindlingError, retryInMs: number | null) => void;
  /** The graphics processor is gone; the next worker, begun at once, does without. */
  onGpuLost: () => void;
}

/** A worker that has greeted, and what is under way in it. */
interface RunningWorker {
  worker: Worker;
  api: Remote<WorkerApi>;
  /** Writes under way. */
  writes: Set<Promise<unknown>>;
  /** Rejects, and only ever rejects, when the worker dies. */
  death: Promise<never>;
  end: (error: FindlingError) => void;
}

/**
 * Keeps one engine worker alive and answers for its calls, which Comlink alone would leave hanging:
 * a call waits until the worker is ready, has a deadline, and settles when the worker dies. Death
 * is known from a lock that the worker holds.
 */
export class Supervisor {
  readonly #spawn: (name: string) => Worker;
  readonly #config: Omit<WorkerConfig, 'generation' | 'protocol' | 'gpuLost'>;
  readonly #events: SupervisorEvents;
  readonly #clock: Clock;
  readonly #locks: Realm['locks'];
  /** Workers of this tab so far: the number of the last one. */
  #started = 0;
  /** WebGPU failed: workers are told to leave it alone. */
  gpuLost = false;
  /** The worker that is being started, or was; `#current` once it is up. */
  #starting: Promise<RunningWorker> | null = null;
  #current: RunningWorker | null = null;
  #backoffMs = LIMITS.restartBackoffMs;
  /** `new`: calls wait for the start; `stopped`: they are refused. */
  #state: 'new' | 'running' | 'stopped' = 'new';
  #callOffRetry = (): void => {};

  constructor(
    spawn: (name: string) => Worker,
    config: Omit<WorkerConfig, 'generation' | 'protocol' | 'gpuLost'>,
    events: SupervisorEvents,
    { clock, locks }: Realm,
  ) {
    this.#clock = clock;
    this.#locks = locks;
    this.#spawn = spawn;
    this.#config = config;
    this.#events = events;
  }

  /** Workers of this tab that are up. */
  get alive(): number {
    return this.#current ? 1 : 0;
  }

  /** Spawns the first worker; calls made before wait for it. */
  start(): void {
    if (this.#state === 'running') return;
    this.#state = 'running';
    this.#begin();
  }

  /**
   * Asks the worker for one verb. When the worker dies a read is asked once more of the next one; a
   * write says that its outcome is unknown (`VERBS`).
   * @throws FindlingError of any kind; `worker-died`, `outcome-unknown`, `deadline`, `cancelled`,
   * `closed`.
   */
  async call<V extends Verb>(
    verb: V,
    args: Parameters<WorkerApi[V]>,
    { deadlineMs = CALL_DEADLINE_MS, signal }: CallOptions = {},
  ): Promise<Answer<V>> {
    const kind = VERBS[verb];
    const limit = limits(this.#clock, deadlineMs, signal);
    try {
      for (let tries = 0; ; tries++) {
        const running = await Promise.race([this.#up(), limit.over]);
        try {
          const answer = ask(running.api, verb, args);
          if (kind === 'write') {
            running.writes.add(answer);
            const settled = (): void => void running.writes.delete(answer);
            answer.then(settled, settled);
          }
          return await Promise.race([answer, running.death, limit.over]);
        } catch (thrown) {
          const error = toFindlingError(thrown);
          // A worker that does not answer is as good as dead: the next call gets a new one.
          if (error.code === 'deadline') running.end(new FindlingError('worker-died'));
          if (error.code !== 'worker-died') throw error;
          if (kind === 'write') throw new FindlingError('outcome-unknown');
          if (tries > 0) throw error;
        }
      }
    } finally {
      limit.clear();
    }
  }

  /** Replaces the worker, gracefully: calls wait for the next one. */
  async recycle(): Promise<void> {
    const running = this.#current;
    const starting = this.#starting;
    if (!running || !starting || this.#state !== 'running') return;
    this.#starting = null;
    this.#current = null;
    await this.#shutDown(running);
    if (this.#state === 'running' && !this.#starting) this.#begin();
  }

  /** At once: what it was computing will never be done. */
  #replaceWithoutGpu(worker: Worker): void {
    const running = this.#current;
    if (running?.worker !== worker || this.#state !== 'running') return;
    this.gpuLost = true;
    this.#starting = null;
    this.#current = null;
    running.end(new FindlingError('worker-died'));
    this.#events.onGpuLost();
    this.#begin();
  }

  async #shutDown(running: RunningWorker): Promise<void> {
    const limit = limits(this.#clock, SHUTDOWN_DEADLINE_MS);
    // A write that is cut off could not say whether it was done.
    const end = async (): Promise<void> => {
      await Promise.allSettled(running.writes);
      await running.api.shutdown();
    };
    await Promise.race([end(), running.death, limit.over]).catch(nothing);
    limit.clear();
    running.end(new FindlingError('worker-died'));
  }

  /** Without waiting and without an answer: for notices to a worker that may be gone. */
  tell(run: (api: Remote<WorkerApi>) => unknown): void {
    const api = this.#current?.api;
    if (api) void Promise.resolve(run(api)).catch(() => {});
  }

  /** The worker's own shutdown, within a deadline after which it is terminated. */
  async stop(): Promise<void> {
    this.#state = 'stopped';
    this.#callOffRetry();
    if (this.#current) await this.#shutDown(this.#current);
    (await this.#starting?.catch(() => null))?.end(new FindlingError('closed'));
    this.#starting = null;
  }

  /**
   * The safety net, without waiting: the worker is asked to stop, and the browser ends it with the
   * page.
   */
  stopSoon(): void {
    this.tell((api) => api.shutdown());
    this.#forget();
  }

  /**
   * The page is about to stand still, and its worker with it, perhaps within the very next task: a
   * request to stop could be lost, and the lease stay with it. What it had begun stays pending.
   */
  stopNow(): void {
    this.#current?.end(new FindlingError('closed'));
    this.#forget();
  }

  #forget(): void {
    this.#state = 'stopped';
    this.#callOffRetry();
    this.#starting = null;
    this.#current = null;
  }

  #up(): Promise<RunningWorker> {
    if (this.#state === 'stopped') return Promise.reject(new FindlingError('closed'));
    // Between two workers: wait for the next one, up to the caller's own limit.
    return (
      this.#starting ??
      new Promise((resolve, reject) => {
        const poll = () => {
          if (this.#state === 'stopped') reject(new FindlingError('closed'));
          else if (this.#starting) this.#starting.then(resolve, reject);
          else this.#clock.after(100, poll);
        };
        poll();
      })
    );
  }

  #begin(): void {
    const began = this.#clock.ticks();
    const starting = this.#open();
    this.#starting = starting;
    starting.then(
      (up) => {
        // Stopped, perhaps started again, while this one was still on its way.
        if (this.#state === 'stopped' || this.#starting !== starting)
          return up.end(new FindlingError('closed'));
        this.#current = up;
        this.#events.onReady();
        void this.#listen(up);
        up.death.catch((error: FindlingError) => {
          if (this.#clock.ticks() - began > HEALTHY_AFTER_MS)
            this.#backoffMs = LIMITS.restartBackoffMs;
          this.#gone(starting, error);
        });
      },
      (error: FindlingError) => this.#gone(starting, error),
    );
  }

  /**
   * Pings, even while nobody asks anything else: a worker that is stuck may hold a
   * transaction open, and then every save waits for it.
   */
  async #listen(running: RunningWorker): Promise<void> {
    for (;;) {
      await pauseOf(this.#clock, PING_EVERY_MS);
      if (this.#current !== running) return;
      const limit = limits(this.#clock, CALL_DEADLINE_MS);
      try {
        await Promise.race([running.api.ping(), running.death, limit.over]);
      } catch (thrown) {
        const { code } = toFindlingError(thrown);
        if (code === 'deadline' && this.#current === running) {
          running.end(new FindlingError('worker-died'));
        }
        return;
      } finally {
        limit.clear();
      }
    }
  }

  #gone(starting: Promise<RunningWorker>, error: FindlingError): void {
    if (this.#starting !== starting) return;
    this.#starting = null;
    this.#current = null;
    if (this.#state === 'stopped') return;
    if (HOPELESS.has(error.code)) {
      this.#events.onDeath(error, null);
      return;
    }
    const pause = this.#backoffMs;
    this.#backoffMs = Math.min(LIMITS.longestRestartBackoffMs, pause * 2);
    this.#events.onDeath(error, pause);
    this.#callOffRetry = this.#clock.after(pause, () => this.#begin());
  }

  /** Spawns a worker and resolves once it has greeted: it never receives a call before that. */
  async #open(): Promise<RunningWorker> {
    const config: WorkerConfig = {
      ...this.#config,
      gpuLost: this.gpuLost,
      protocol: PROTOCOL_VERSION,
      generation: ++this.#started,
      ...(FAULTS ? { faults: faultsForNextWorker(), waitFactor: WAIT_FACTOR } : {}),
    };
    const worker = this.#spawn(JSON.stringify(config));
    try {
      await greeted(worker, this.#clock);
    } catch (thrown) {
      worker.terminate();
      throw this.#events.explain(toFindlingError(thrown));
    }
    worker.addEventListener('message', ({ data }: MessageEvent<WorkerRequest>) => {
      if (data?.findling === 'recycle') void this.recycle();
      else if (data?.findling === 'gpu-lost') this.#replaceWithoutGpu(worker);
    });
    const api = wrap<WorkerApi>(worker);
    const watch = new AbortController();
    let fail: (error: FindlingError) => void = () => {};
    const death = new Promise<never>((_, reject) => {
      fail = reject;
    });
    death.catch(() => {});
    let over = false;
    const end = (error: FindlingError): void => {
      if (over) return;
      over = true;
      watch.abort();
      worker.terminate();
      fail(error);
      api[releaseProxy]();
    };
    // Granted when the worker's own hold on it ends, whatever ended it.
    this.#locks
      .request(workerLock(config), { signal: watch.signal }, () => {
        end(new FindlingError('worker-died'));
      })
      .catch(() => {});
    return { worker, api, writes: new Set(), death, end };
  }
}

const nothing = (): void => {};

/** Errors after which no other worker is tried: it would only fail again. */
const HOPELESS: ReadonlySet<ErrorCode> = new Set([
  'no-module-workers',
  'protocol-mismatch',
  'storage-unavailable',
  'storage-newer',
]);
