/**
 * What lies in the stores named `kv`, of a workspace's database and of the register: every key with
 * its type. The names are on disk, and other versions of the app read them.
 */
import type { EngineSettings } from '../engine-settings.ts';
import type { WorkspaceDb } from './db.ts';
import type { Starts } from './notes/purge-plan.ts';
import type { CounterName, GenerationId } from './schema.ts';

/**
 * Attachments that nothing showed when it was last looked, each with the time it was first so,
 * epoch ms.
 */
export type UnusedSince = Record<string, number>;

/** How far notes imported before got the names of their files. */
export interface FileNames {
  /** `named` and `undone`: it is over. */
  state: 'naming' | 'named' | 'undoing' | 'undone';
  /** While naming: the notes that are looked at, and the id of the last one. */
  store: 'notes' | 'trash';
  after?: string;
  /** Notes looked at, or given their former titles. */
  done: number;
  renamed: number;
  /** Lists of what was renamed: `file-names:0` and so on. */
  lists: number;
  /** The person has read how many were renamed. */
  dismissed?: boolean;
}

/**
 * How far the tags and properties of notes were read that an earlier version stored: `after` is the id of
 * the last one that was looked at. Absent: not begun.
 */
export interface SaidTags {
  after?: string;
  done?: true;
}

/** A note that was renamed, by its title before and after. */
export interface Renamed {
  id: string;
  from: string;
  to: string;
}

/** Vectors that belong together: made by one model from passages of one chunker. */
export interface Generation {
  /** Names model and chunker, each with its version: the key of passages and vectors. */
  gen: GenerationId;
  /** The model's id. */
  model: string;
}

/**
 * `active` is searched. `building` takes its place once it is complete; pending flags then speak of
 * it. `kept` is the previous one, for going back at once.
 */
export interface Generations {
  active: Generation;
  building?: Generation;
  kept?: Generation;
}

export type UnfinishedKind = 'import' | 'restore';

/** An import or a restore that was begun, as far as it got; by it the next visit goes on. */
export interface Unfinished {
  kind: UnfinishedKind;
  /** Of what was chosen, as a person knows it: a file or a folder. */
  name: string;
  /** Files dealt with, of all. */
  done: number;
  total: number;
  /** SHA-256 (hex) by which a backup that is chosen again is known. */
  mark?: string;
  /** What a restore has counted by then. */
  counts?: { added: number; updated: number; same: number; kept: number };
  /** What it did not take, as far as it is remembered. */
  skipped?: { path: string; reason: string }[];
  /** Folders and files that were dropped, where the browser lets them be kept. */
  handles?: unknown[];
}

/** What all vectors of a generation have in common; as many floats as a vector has. */
export interface StoredMean {
  gen: GenerationId;
  mean: Float32Array;
}

/** The map of the notes as it was last made. */
export interface StoredMap {
  version: number;
  /** Places are of these vectors. */
  gen: GenerationId;
  /** As the wire has it, `MapLayout`. */
  layout: {
    ids: string[];
    xy: Float32Array;
    cluster: Uint16Array;
    clusters: { words: string[]; x: number; y: number; size: number }[];
    missing: number;
  };
}

/** Cosines of one kind of pair. */
export interface Spread {
  mean: number;
  deviation: number;
}

/** Scale of one model: the mean of its vectors, and what a cosine between two of them means. */
export interface Calibration {
  version: number;
  /** What all of the model's vectors have in common; `dimensions` floats. */
  mean: Float32Array;
  /** Cosines, centred by `mean`, of texts that have nothing to do with each other. */
  unrelated: Spread;
  /** Cosines, centred, of texts that mean about the same. */
  similar: Spread;
  /** What words count against meaning, 0 to 1: less with a model that tells more apart. */
  weight: number;
  /** Calibrated closeness below which a passage is no answer. */
  floor: number;
}

/** The last comparison of WebGPU with WebAssembly for one model. */
export interface DeviceTrial {
  /** Of browser and adapter: another one makes this worthless. */
  where: string;
  /** Trials that were begun: one that never ends, however it ends, is not begun for ever. */
  begun: number;
  /** null until it has ended. */
  found: TrialResult | null;
}
export type TrialResult =
  | { failed: true }
  | {
      failed?: undefined;
      /** The least cosine of a probe text's two vectors. */
      agreement: number;
      /** Milliseconds a passage. */
      ms: { webgpu: number; wasm: number };
    };

/** What WebAssembly made of the probe set. */
export interface DeviceReference {
  model: string;
  rows: Float32Array[];
  /** Milliseconds a passage. */
  ms: number;
}

/** A workspace's `kv`. */
export interface KvSchema
  extends EngineSettings,
    Record<`counter:${CounterName}`, number>,
    Record<`unfinished:${UnfinishedKind}`, Unfinished> {
  /** A random mark: another one tells that the browser had cleared the database. */
  birth: string;
  'trash-starts': Starts;
  'attachments-unused': UnusedSince;
  /** Purges so far, and the last one of which the worker keeps nothing any more. */
  purged: number;
  'purges-done': number;
  'file-names': FileNames;
  'said-tags': SaidTags;
  /** A hundred at most. */
  [renamed: `file-names:${number}`]: Renamed[];
  generations: Generations;
  /** Rises with every leader. */
  epoch: number;
  /** Number of the last commit. */
  seq: number;
  /** Number of the newest segment. */
  segment: number;
  /** Notes done in the run under way. */
  runCompleted: number;
  /** A rebuild of the index is asked for. */
  rebuild: boolean;
  paused: boolean;
  mean: StoredMean;
  map: StoredMap;
  /** What the person chose to run the model on. */
  device: 'auto' | 'webgpu' | 'wasm';
  'device-reference': DeviceReference;
  /** By the model with its version; none where the trial is to be made again. */
  [trial: `device-trial:${string}`]: DeviceTrial;
  /** By the generation's name. It may be of another version: see `isCurrent`. */
  [calibration: `calibration:${string}`]: Calibration;
}

/** The register's `kv`. Settings of one workspace end in its id. */
export interface RegisterKv {
  birth: string;
  /** Everything is being deleted. */
  'deleting-all': boolean;
  'last-workspace': string;
  /** Whether related notes are shown without those that are linked. */
  'related-unlinked': boolean;
  /** Of a workspace, newest first. */
  [searches: `recent-searches:${string}`]: string[];
  /** The look. */
  theme: string;
  textSize: string;
  density: string;
  dates: string;
}

/** A `kv` store to read in. */
export interface KvReader<S = KvSchema> {
  get<K extends keyof S>(key: K): Promise<S[K] | undefined>;
}
/** The same to write in. */
export interface Kv<S = KvSchema> extends KvReader<S> {
  put<K extends keyof S>(value: S[K], key: K): Promise<unknown>;
  delete(key: keyof S): Promise<unknown>;
}

/** A transaction that `kv` is part of. */
interface KvTx<Mode extends IDBTransactionMode> {
  readonly mode: Mode;
  objectStore(name: 'kv'): unknown;
}
type KvOf<S, Mode> = Mode extends 'readonly' ? KvReader<S> : Kv<S>;

/** THE way to a workspace's `kv` in a transaction. */
export const kvIn = <Mode extends IDBTransactionMode>(tx: KvTx<Mode>): KvOf<KvSchema, Mode> =>
  tx.objectStore('kv') as KvOf<KvSchema, Mode>;

/** The same in one of the register's. */
export const registerKvIn = <Mode extends IDBTransactionMode>(
  tx: KvTx<Mode>,
): KvOf<RegisterKv, Mode> => tx.objectStore('kv') as KvOf<RegisterKv, Mode>;

/** Reads one key in a transaction of its own. */
export async function readKv<K extends keyof KvSchema>(
  db: WorkspaceDb,
  key: K,
): Promise<KvSchema[K] | undefined> {
  return kvIn(db.transaction('kv')).get(key);
}
