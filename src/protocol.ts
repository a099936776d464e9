import type { EngineSettings } from './engine-settings.ts';
import type { ErrorCode } from './errors.ts';

/**
 * THE wire: every message, verb and limit that crosses between realms (page, engine worker, other
 * tabs). Types and constants only; it imports types alone. Bump PROTOCOL_VERSION when the meaning of
 * anything here changes: the handshake refuses a peer of another version by name.
 */
export const PROTOCOL_VERSION = 6;

/** Requests that may be held in the channel and the worker's pending set together. */
export const CHANNEL_CAPACITY = 256;
/** What one slice of inference should take, ms: the longest a query, cancel or shutdown waits. */
export const SLICE_TARGET_MS = 60;
/** Status messages are coalesced to at most one per this many ms. */
export const STATUS_EVERY_MS = 100;
/** Deaths or failures in the middle of a note before it is quarantined. */
export const MAX_ATTEMPTS = 5;
/** How long a graceful shutdown may take before the worker is terminated, ms. */
export const SHUTDOWN_DEADLINE_MS = 5_000;
/** Deadline of an ordinary call to the worker, ms. */
export const CALL_DEADLINE_MS = 30_000;

/** How the page names its worker: read by the worker from `self.name` (JSON). */
export interface WorkerConfig {
  protocol: number;
  workspace: string;
  /** This tab's id; names the locks by which page and worker know of each other's death. */
  tab: string;
  /** Nth worker of this tab. */
  generation: number;
  /** Absolute URL of the app's folder, ending in `/`; models and runtime live below it. */
  base: string;
  /** The graphics processor failed this tab already: it is left alone. */
  gpuLost?: boolean;
  /** `trial`: serves a `TrialApi` instead, with a runtime of its own on that device. */
  trial?: Device;
  /** What is to break in this worker, in a test build (src/worker/faults.ts) … */
  faults?: object[];
  /** … and by what its waits are multiplied there (src/limits.ts). */
  waitFactor?: number;
}

/** First words of a worker, posted once its lock is held and its API exposed. */
export type WorkerGreeting =
  | { findling: 'ready'; protocol: number }
  | { findling: 'failed'; code: string; message: string };

/**
 * The worker asks to be replaced. `recycle`: its heap has passed its budget, or inference is stuck,
 * or it needs another model or device. `gpu-lost`: it cannot even finish what it does.
 */
export interface WorkerRequest {
  findling: 'recycle' | 'gpu-lost';
}
/** WASM heap above which a worker is replaced, bytes: it never shrinks. */
export const HEAP_BUDGET = 512 * 1024 * 1024;
/** The same on a device of two gigabytes or less. */
export const HEAP_BUDGET_SMALL = 192 * 1024 * 1024;

/**
 * Liveness lock of one worker, exclusive, held by that worker; its page asks for it to notice its
 * death.
 */
export const workerLock = (c: Pick<WorkerConfig, 'tab' | 'generation'>): string =>
  `findling-worker:${c.tab}:${c.generation}`;
/** Liveness lock of a page, held by the page; its worker ends when it is free. */
export const pageLock = (tab: string): string => `findling-page:${tab}`;
/** Held by the one worker that indexes a workspace, exclusive. */
export const leaseLock = (workspace: string): string => `findling-lease:${workspace}`;
/** BroadcastChannel of one workspace's tabs and workers. */
export const channelName = (workspace: string): string => `findling:${workspace}`;

/** One note to embed. `urgent`: an explicit act (import, retry), which skips the debounce. */
export interface EmbedRequest {
  note: string;
  urgent?: boolean;
}
/** What `tryEnqueue` says, synchronously. */
export type EnqueueResult = 'queued' | 'merged' | 'full' | 'closed';
/** How the worker gave a credit back: took the note into a batch, or merged it with one waiting. */
export type Release = 'taken' | 'merged' | 'closed';

/** `busy`: indexing waits until the person is idle, as they chose. */
export type PauseCode = 'user' | 'storage' | 'model' | 'busy';

export type Status =
  | { state: 'loading'; percent: number }
  | { state: 'idle' }
  | { state: 'indexing'; completed: number; total: number; etaMs: number | null }
  /** `error`: with `model`, why it is not there. */
  | { state: 'paused'; code: PauseCode; error?: ErrorCode };

export type Why = 'words' | 'meaning' | 'title';

/**
 * Where words stand that are not in the passage itself: in a heading above it, or where nobody reads
 * them: an address, a code block's language, the front matter …
 */
export type PlaceOfWords = 'heading' | 'link' | 'language' | 'property' | 'comment';

export interface PassageHit {
  /** Range in the note's text, UTF-16 units, end exclusive. */
  start: number;
  end: number;
  /** Heading path, outermost first. */
  headings: string[];
  /** What to show: the text around the match, as it is read. */
  text: string;
  /** Ranges within `text` to mark, UTF-16 units, ordered and disjoint. */
  marks: [number, number][];
  /** Ranges within each of the headings to mark; absent where there are none. */
  headingMarks?: [number, number][][];
  /** Where the words stand, if not in the passage. */
  place?: PlaceOfWords;
}

/** A name of a note other than its title, by which a query found it. */
export interface CalledBy {
  /** `file`: the name of its file; `former`: a title that it had before. */
  kind: 'alias' | 'file' | 'former';
  text: string;
  /** Ranges within `text` to mark, UTF-16 units, ordered and disjoint. */
  marks: [number, number][];
}

export interface SearchHit {
  note: string;
  title: string;
  /** Ranges within the title to mark, UTF-16 units, ordered and disjoint. */
  titleMarks: [number, number][];
  /** The terms by which it was found, to be marked wherever they stand (`words/marks.ts`). */
  terms: string[];
  /** Where another name than the title matched. */
  called: CalledBy | null;
  path: string;
  score: number;
  why: Why[];
  passage: PassageHit | null;
}

/** A note as it is listed. */
export interface NoteName {
  note: string;
  title: string;
  path: string;
}

/** What of a query was not understood, and was searched as words instead. */
export interface QueryHint {
  /**
   * `quote`: never closed; `empty`: nothing after the colon; `is`: none of the words that may stand
   * after `is:`, or after another operator that takes a few words.
   */
  code: 'date' | 'is' | 'empty' | 'quote';
  piece: string;
}

export interface SearchResponse {
  query: string;
  hits: SearchHit[];
  /** Notes that were left out because they hardly fit; 0 when they were asked for. */
  weaker: number;
  hint: QueryHint | null;
  /** Where nothing fits: the notes that are nearest in meaning, a few. */
  nearest: SearchHit[];
  /** Where no note has a word of the query, and one like it is in some: the query with that one. */
  corrected: { query: string; word: string; by: string } | null;
  /**
   * Whether meaning took part: `loading` until the model is up, `none` without one; `unknown` where the
   * model does not know the words.
   */
  meaning: 'used' | 'loading' | 'none' | 'unknown';
  /** Notes loaded so far into the resident indexes, of all. */
  loaded: number;
  total: number;
}

export interface FailedNote {
  note: string;
  title: string;
  /** `stopped`, an error's code, or a sentence of an earlier version. */
  reason: string;
  at: number;
}

export interface Health {
  notes: number;
  passages: number;
  pending: number;
  quarantined: number;
  accepted: number;
  merged: number;
  dropped: number;
  embedded: number;
  reused: number;
  batches: number;
  failures: number;
  restarts: number;
  /** Notes waiting in this tab's worker. */
  queueDepth: number;
  /** Bytes of the WASM heap, 0 before the model is up. */
  memoryBytes: number;
  device: string;
  threads: number;
  model: string;
  /** Passages a second, moving average; 0 when nothing was embedded yet. */
  rate: number;
  leader: boolean;
  /** That this worker follows. */
  settings: EngineSettings;
  /** By the person. */
  paused: boolean;
  failed: FailedNote[];
  /** How the vectors that could not be read were dealt with. */
  damaged: number;
}

/** One line of `Export vectors`. `vector` is the model's own, L2-normalised, never centred. */
export interface ExportedPassage {
  id: string;
  note: string;
  title: string;
  text: string;
  model: string;
  vector: number[];
}
export interface ExportPage {
  /** JSON lines, newline-terminated. */
  jsonl: string;
  passages: number;
  /** Pass to the next call; null at the end. */
  next: string | null;
}

/**
 * A model that this workspace can be searched with. `building`: its vectors are being made, beside
 * those of the `active` one; `kept`: the previous one, whose vectors are still there, so that going
 * back takes no time.
 */
export interface ModelChoice {
  id: string;
  /** As its files call it; null for the built-in ones. */
  name: string | null;
  /** Of its weights. */
  bytes: number;
  /** From disk, or fetched from beside the app, and kept on this device. */
  imported: boolean;
  /** The model whose vectors this one cuts. */
  shortOf: string | null;
  /** Built in, or found fit by an install check and then wanted. */
  agreed: boolean;
  state: 'active' | 'building' | 'kept' | 'none';
}

/** What runs the model, and what the person wants to run it. */
export type Device = 'webgpu' | 'wasm';
export type DeviceChoice = 'auto' | Device;

/**
 * Why it runs there. `untried`: WebGPU was not compared yet; `no-adapter`: there is none; `lost`:
 * it stopped in this session; `failed`: it did not get through the comparison; `differs`: it gives
 * other vectors; `slower`, `faster`: than WebAssembly.
 */
export type DeviceReason =
  | 'chosen'
  | 'untried'
  | 'no-adapter'
  | 'lost'
  | 'failed'
  | 'differs'
  | 'slower'
  | 'faster';

export interface DeviceState {
  choice: DeviceChoice;
  /** Of this tab's worker, by what is known now. */
  device: Device;
  reason: DeviceReason;
  /** WebGPU is there and was not compared with WebAssembly yet, for this model and browser. */
  due: boolean;
  /** Milliseconds a passage, where they were compared. */
  ms: { webgpu: number; wasm: number } | null;
}

/** A cluster of notes with similar meaning. */
export interface MapCluster {
  /** The words that tell it from the others, best first; few or none. */
  words: string[];
  x: number;
  y: number;
  size: number;
}

/** Positions of notes on a plane: similar meaning, small distance. */
export interface MapLayout {
  ids: string[];
  /** [ids][2], in units of no meaning. */
  xy: Float32Array;
  /** By note: which of the clusters. */
  cluster: Uint16Array;
  /** Largest first. */
  clusters: MapCluster[];
  /** Notes that have no place yet: not indexed, or empty. */
  missing: number;
}

/** About how many bytes of this workspace each kind of thing takes, estimated from samples. */
export interface StoredSizes {
  notes: number;
  passages: number;
  keyword: number;
  attachments: number;
  /** Earlier texts, undo histories, deleted notes. */
  versions: number;
}

/** What "Check index" found, and had indexed again. */
export interface CheckReport {
  notes: number;
  passages: number;
  /** Notes that were neither indexed nor about to be. */
  unindexed: number;
  /** Vectors that were not there. */
  missing: number;
  /** Vectors that could not be read. */
  damaged: number;
  /** Passage lists of notes that are gone. */
  strays: number;
  /** Repaired: notes that are indexed again. */
  repaired: string[];
}

export type Control = 'pause' | 'resume' | 'retry-failed' | 'rebuild' | 'sweep';

/** The engine worker's verbs, as the page calls them through the supervisor. */
export interface WorkerApi {
  /** Settles when the request's credit comes back, never before. */
  enqueue(request: EmbedRequest): Promise<Release>;
  /** `cancelId` makes the call answer `cancelled` early after `cancel(cancelId)`. */
  search(
    query: string,
    /**
     * `weak`: also what hardly fits. `sentences`: marks by the vectors of sentences, which takes
     * longer.
     */
    options: { limit: number; weak?: boolean; sentences?: boolean; cancelId: string },
  ): Promise<SearchResponse>;
  /** `unlinked`: without the notes that this one links to. None after `cancel(cancelId)`. */
  related(
    note: string,
    options: { limit: number; unlinked?: boolean; cancelId: string },
  ): Promise<SearchHit[]>;
  /** Groups of nearly identical notes, at most `limit`, largest first. */
  duplicates(limit: number): Promise<NoteName[][]>;
  cancel(cancelId: string): void;
  health(): Promise<Health>;
  storedSizes(): Promise<StoredSizes>;
  control(verb: Control): Promise<void>;
  /** Compares the index with the notes and repairs it; null when cancelled. */
  checkIndex(cancelId: string): Promise<CheckReport | null>;
  /**
   * The map of all notes; null when cancelled. Former places are kept, and what is new goes near
   * its neighbours.
   * @param how `stored`: as it was last, at once, or null; `anew`: all may move
   */
  noteMap(how: 'stored' | 'kept' | 'anew', cancelId: string): Promise<MapLayout | null>;
  /** How far the map under way has got, 0 to 1. */
  noteMapProgress(): number;
  /** Stored, then followed by all workers. */
  setSetting<K extends keyof EngineSettings>(name: K, value: EngineSettings[K]): Promise<void>;
  models(): Promise<ModelChoice[]>;
  /** What is searched stays as it is until the chosen model's vectors are complete. */
  chooseModel(id: string): Promise<void>;
  device(): Promise<DeviceState>;
  /** Vectors stay as they are. Without a choice: reads again what a trial has found. */
  setDevice(choice?: DeviceChoice): Promise<void>;
  exportVectors(after: string | null, limit: number): Promise<ExportPage>;
  /** Token ids and vectors of texts, straight from the model: for checks against golden rows. */
  probe(texts: string[]): Promise<{ ids: number[][]; vectors: number[][] }>;
  /** Answered at once by a worker that is not stuck. */
  ping(): void;
  /** Stop intake, finish the slice under way, commit, release the lease. */
  shutdown(): Promise<void>;
}

export type Verb = keyof WorkerApi;

/**
 * THE table of verbs. A `read` leaves everything as it is, so that it may be asked again of another
 * worker; of a `write` whose worker died nobody knows whether it was done.
 */
export const VERBS = {
  enqueue: 'write',
  search: 'read',
  related: 'read',
  duplicates: 'read',
  cancel: 'read',
  health: 'read',
  storedSizes: 'read',
  control: 'write',
  checkIndex: 'read',
  noteMap: 'read',
  noteMapProgress: 'read',
  setSetting: 'write',
  models: 'read',
  chooseModel: 'write',
  device: 'read',
  setDevice: 'write',
  exportVectors: 'read',
  probe: 'read',
  ping: 'read',
  shutdown: 'write',
} as const satisfies Record<Verb, 'read' | 'write'>;

/** What a worker made for one trial does; it is ended afterwards. */
export interface TrialApi {
  /**
   * Embeds a probe set with the active model on this worker's device, and remembers what came of
   * it: WebAssembly first, then WebGPU, which is compared with it.
   */
  compareDevices(): Promise<void>;
  /** Loads a model and finds out what it is worth; what it finds is kept with the model. */
  checkModel(id: string): Promise<ModelReport>;
}

/**
 * Why a model is refused. `operator`: it needs one that the runtime lacks, named in `detail`;
 * `shape`: its output is no vectors of the stated length; `numbers`: not finite, or not of length
 * one; `unsteady`: the same text twice gives two vectors; `batch`: a text's vector depends on what
 * it is embedded with, by too much.
 */
export type ModelFault = 'load' | 'operator' | 'shape' | 'numbers' | 'unsteady' | 'batch';

/** What an install check has found. */
export interface ModelReport {
  fault: ModelFault | null;
  detail: string;
  /** It must be run one passage at a time. */
  single: boolean;
  dimensions: number;
  /**
   * How far related texts stand out from unrelated ones, in English, standard deviations; 0: not.
   */
  separation: number;
  /**
   * That is so little that meaning is hardly found; a model of another language may be good at it.
   */
  vague: boolean;
  /** Milliseconds a passage. */
  ms: number;
  /** Of the runtime with this model in it. */
  memoryBytes: number;
}

/** Where, below the app's folder, the system posts what other apps share. */
export const SHARE_PATH = 'share';
/** The cache in which the service worker keeps it, as posted, until a page has made notes of it. */
export const sharedCache = (folder: string): string => `findling:${folder}:shared`;

/**
 * What pages say to each other, whatever workspace they show. `closing`: it is about to be deleted,
 * or, where null, everything is; let go of it. `closed`: it is gone. `workspaces`: one was created,
 * renamed or marked as deleted; the register has the list.
 */
export type TabsMessage =
  | { t: 'workspaces' }
  | { t: 'closing'; workspace: string | null }
  | { t: 'closed'; workspace: string | null };
/** BroadcastChannel of all pages, whatever workspace they show. */
export const TABS_CHANNEL = 'findling-tabs';

/** What tabs and workers of one workspace say to each other on its BroadcastChannel. */
export type ChannelMessage =
  /** Notes were saved, imported, deleted or restored (by the page that did it). */
  | { t: 'notes'; ids: string[] }
  /** A follower's debounce ran out: there is work for whoever leads. */
  | { t: 'work' }
  /** Indexed notes, by the leader; a gap in `seq` means: reload. */
  | { t: 'commit'; epoch: number; seq: number; ids: string[] }
  /** A new leader: number of the last commit, whoever made it. Whoever knows of another reloads. */
  | { t: 'lead'; epoch: number; seq: number }
  /** `longestMs`: the leader's longest slice, by which its silence is judged. */
  | { t: 'status'; epoch: number; status: Status; longestMs: number }
  /** A tab or worker that has just started asks for the status. */
  | { t: 'hello' }
  /** Settings that the engine heeds changed (pause, effort, model). */
  | { t: 'settings' }
  /** Somebody uses a tab (at most every few seconds), and whether the device asks to be spared. */
  | { t: 'presence'; spare: boolean };

/** A message as it travels: tagged with its version, so that another build's is recognised. */
export interface Envelope {
  findling: typeof PROTOCOL_VERSION;
  message: ChannelMessage;
}
