import type { ReadonlySignal } from '@preact/signals';
import type { EngineSettings } from '../../engine-settings.ts';
import type {
  CheckReport,
  Control,
  DeviceChoice,
  DeviceState,
  EmbedRequest,
  EnqueueResult,
  Health,
  MapLayout,
  ModelChoice,
  ModelReport,
  NoteName,
  SearchHit,
  SearchResponse,
  Status,
  StoredSizes,
} from '../../protocol.ts';

export interface StorageState {
  /** Bytes that the browser counts for this origin; 0 when it does not tell. */
  storageBytes: number;
  /** Bytes that it allows. */
  storageQuota: number;
  /** Whether it promised never to clear them by itself. */
  storageKept: boolean;
}

/** Health as the page knows it: the worker's numbers and this page's own. */
export interface PageHealth extends Health, StorageState {
  queueCapacity: number;
  /** Engine workers of this tab that hold their lock now. */
  workersAlive: number;
}

export interface Notice {
  /** `alert`: the person must act on it. */
  kind: 'status' | 'alert';
  text: string;
  /** What can be done about it. */
  action?: { label: string; run(): void };
  /** Takes it back, where it would stay otherwise. */
  dismiss?: () => void;
}

/** The page's side of the engine: one per tab and workspace. No method throws synchronously. */
export interface Engine {
  readonly workspace: string;
  /** Latest value wins; the same in every tab. */
  readonly status: ReadonlySignal<Status>;
  /** One sentence for the person when something happened to the engine, else null. */
  readonly notice: ReadonlySignal<Notice | null>;
  /** Rises whenever notes changed, here or in another tab: lists and open notes re-read. */
  readonly notesVersion: ReadonlySignal<number>;
  /** When it last rose, page time, ms. */
  changedAt(): number;
  /** Ids of the last change, with `notesVersion`. */
  readonly lastChanged: ReadonlySignal<readonly string[]>;

  /** Asks for one note to be embedded. Synchronous; never waits, never throws. */
  tryEnqueue(request: EmbedRequest): EnqueueResult;
  /**
   * Tells every tab (this one too) that notes were saved, imported, deleted or restored. Call it
   * after the storage write resolved. For bulk imports this is enough: the sweep pulls what is
   * pending.
   */
  announce(ids: readonly string[]): void;
  /**
   * Notes were saved, each by itself: announces them, and asks for them to be embedded. Call it
   * after the storage write resolved.
   * @param how.urgent without waiting for the debounce
   */
  noteSaved(ids: string | readonly string[], how?: { urgent?: boolean }): void;
  /** @throws FindlingError `cancelled` when the signal aborts, `worker-died`, `deadline`. */
  search(
    query: string,
    options: { limit: number; weak?: boolean; sentences?: boolean; signal?: AbortSignal },
  ): Promise<SearchResponse>;
  related(
    note: string,
    options: { limit: number; unlinked?: boolean; signal?: AbortSignal },
  ): Promise<SearchHit[]>;
  /** Groups of nearly identical notes. */
  duplicates(limit: number): Promise<NoteName[][]>;
  health(): Promise<PageHealth>;
  storedSizes(): Promise<StoredSizes>;
  control(verb: Control): Promise<void>;
  /**
   * Compares the stored index with the notes, and has what is wrong repaired.
   * @throws `cancelled`
   */
  checkIndex(options?: { signal?: AbortSignal }): Promise<CheckReport>;
  /**
   * The notes on a plane by meaning. `stored`: as it was last, or null; `kept`: up to date, former
   * places kept; `anew`: all may move. @throws `cancelled`
   */
  noteMap(
    how: 'stored' | 'kept' | 'anew',
    options?: { signal?: AbortSignal; onProgress?: (share: number) => void },
  ): Promise<MapLayout | null>;
  /** Stored, then followed by the workers of all tabs; `health` tells what is followed now. */
  setSetting<K extends keyof EngineSettings>(name: K, value: EngineSettings[K]): Promise<void>;
  models(): Promise<ModelChoice[]>;
  /** The present model's vectors serve until those of the chosen one are complete. */
  chooseModel(id: string): Promise<void>;
  /** The install check of an imported model, in a worker of its own. @throws `cancelled` */
  checkModel(id: string, options?: { signal?: AbortSignal }): Promise<ModelReport>;
  /** What runs the model, and why. */
  device(): Promise<DeviceState>;
  /** No vector is made again for it. WebGPU is used once a trial has shown that it agrees. */
  setDevice(choice: DeviceChoice): Promise<void>;
  /** Another worker takes the place of the present one, once that is up. Never rejects. */
  renew(): Promise<void>;
  /** Holds WebGPU against WebAssembly; what came of it is in `device()`. @throws `cancelled` */
  tryDevices(options?: { signal?: AbortSignal }): Promise<void>;
  /** Pieces of the .jsonl download, in order. */
  exportVectors(options?: { signal?: AbortSignal }): AsyncIterable<string>;
  /** Graceful: finishes the slice under way, commits, ends the worker. */
  shutdown(): Promise<void>;
  /** The safety net: asks, without waiting. */
  [Symbol.dispose](): void;
}
