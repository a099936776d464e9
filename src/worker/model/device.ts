/** Which device runs a model: by what the person chose, and what a trial has found. */
import type { Device, DeviceChoice, DeviceReason } from '../../protocol.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { DeviceTrial } from '../../storage/kv.ts';
import { type ModelSpec, versionOf } from './models.ts';

export type { DeviceTrial, TrialResult } from '../../storage/kv.ts';

export interface DeviceFacts {
  choice: DeviceChoice;
  /** The graphics processor stopped in this session. */
  gpuLost: boolean;
  /** Names browser and adapter; null where there is no adapter. */
  where: string | null;
  trial: DeviceTrial | undefined;
}
export interface DevicePlan {
  device: Device;
  reason: DeviceReason;
  /** Whether a trial is called for. */
  due: boolean;
}

/**
 * Least cosine between the devices' vectors of one text: below it a search would rank otherwise
 * than with the vectors that are there.
 */
export const LEAST_AGREEMENT = 0.99;
/** Time on WebGPU, of that on WebAssembly, that is worth a larger runtime. */
const LEAST_GAIN = 0.9;
/** Trials that may end without a result before WebGPU counts as failed. */
const MOST_TRIALS = 5;

/** Pure. */
export function planDevice({ choice, gpuLost, where, trial }: DeviceFacts): DevicePlan {
  const wasm = (reason: DeviceReason, due = false): DevicePlan => ({ device: 'wasm', reason, due });
  if (choice === 'wasm') return wasm('chosen');
  if (gpuLost) return wasm('lost');
  if (where === null) return wasm('no-adapter');
  if (!trial || trial.where !== where) return wasm('untried', true);
  const { found, begun } = trial;
  if (!found && begun < MOST_TRIALS) return wasm('untried', true);
  if (!found || found.failed) return wasm('failed');
  if (found.agreement < LEAST_AGREEMENT) return wasm('differs');
  if (choice === 'webgpu') return { device: 'webgpu', reason: 'chosen', due: false };
  return found.ms.webgpu <= found.ms.wasm * LEAST_GAIN
    ? { device: 'webgpu', reason: 'faster', due: false }
    : wasm('slower');
}

/** Key in `kv` of the person's choice. */
const CHOICE = 'device';
const trialKey = (spec: ModelSpec) => `device-trial:${versionOf(spec)}` as const;

type Kv = Pick<IndexStore, 'get' | 'set'>;

/** `auto` where nothing was chosen. */
export const readChoice = async (store: Kv): Promise<DeviceChoice> =>
  (await store.get(CHOICE)) ?? 'auto';

/** WebGPU asked for by name is tried again, whatever happened to it before. */
export async function writeChoice(store: Kv, choice: DeviceChoice, spec: ModelSpec): Promise<void> {
  await store.set(CHOICE, choice);
  const trial = await readTrial(store, spec);
  const ended = trial?.found && !trial.found.failed;
  if (choice === 'webgpu' && trial && !ended) await store.set(trialKey(spec), undefined);
}

/** The last comparison for this model and its version; undefined: none yet. */
export const readTrial = (store: Kv, spec: ModelSpec): Promise<DeviceTrial | undefined> =>
  store.get(trialKey(spec));

/** Takes the place of the model's last comparison. */
export const writeTrial = (store: Kv, spec: ModelSpec, trial: DeviceTrial): Promise<void> =>
  store.set(trialKey(spec), trial);

/** For a worker that begins: no adapter is asked for where nothing would come of it. */
export async function deviceFor(store: Kv, spec: ModelSpec, gpuLost: boolean): Promise<Device> {
  const choice = await readChoice(store);
  const trial = await readTrial(store, spec);
  const hoped = planDevice({ choice, gpuLost, trial, where: trial?.where ?? null });
  if (hoped.device === 'wasm') return 'wasm';
  return (await browserAndAdapter()) === trial?.where ? 'webgpu' : 'wasm';
}

/** @returns null where there is no WebGPU to be had */
export async function browserAndAdapter(): Promise<string | null> {
  const { gpu, userAgentData, userAgent } = navigator as NavigatorWithGpu;
  const adapter = await gpu
    ?.requestAdapter({ powerPreference: 'high-performance' })
    .catch(() => null);
  if (!adapter) return null;
  const { vendor, architecture, device, description } = adapter.info ?? {};
  const brands = userAgentData?.brands.map(({ brand, version }) => `${brand} ${version}`);
  const browser = brands ? brands.sort().join(', ') : userAgent;
  return [browser, vendor, architecture, device, description].filter(Boolean).join(' · ');
}

type NavigatorWithGpu = Navigator & {
  gpu?: {
    requestAdapter(
      options: object,
    ): Promise<{ info?: Partial<Record<AdapterFact, string>> } | null>;
  };
  userAgentData?: { brands: { brand: string; version: string }[] };
};
type AdapterFact = 'vendor' | 'architecture' | 'device' | 'description';
