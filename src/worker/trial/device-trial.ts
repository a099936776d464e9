import { FindlingError } from '../../errors.ts';
import type { Device } from '../../protocol.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { DeviceReference } from '../../storage/kv.ts';
import type { Embedder } from '../embedder.ts';
import { browserAndAdapter, readTrial, type TrialResult, writeTrial } from '../model/device.ts';
import { whenGpuLost } from '../model/gpu.ts';
import { type ModelSpec, versionOf } from '../model/models.ts';
import { PROBE_TEXTS, TIMED_TEXTS } from './probe-texts.ts';
import { msPerPassage } from './timing.ts';
import { agreement } from './vectors.ts';

export interface DeviceTrialDeps {
  store: Pick<IndexStore, 'get' | 'set'>;
  spec: ModelSpec;
  device: Device;
  load(): Promise<Embedder>;
  ticks(): number;
}

/** Key in `kv` of WebAssembly's vectors, which WebGPU's are compared with. */
const REFERENCE = 'device-reference';
/** Short texts that both devices embed, beside one of a passage's length. */
const COMPARED = 6;
/**
 * How many times slower than WebAssembly one passage may be before no batch is timed: a software
 * adapter may take minutes for one.
 */
const HOPELESS = 4;
/** A device that has not answered so long after the model was loaded is of no use, ms. */
const PATIENCE_MS = 120_000;

/**
 * First on WebAssembly, whose vectors WebGPU's are compared with; then, in another worker,
 * on WebGPU. What came of it is remembered; nothing is thrown on WebGPU's account.
 */
export async function compareDevices(deps: DeviceTrialDeps): Promise<void> {
  if (deps.device === 'wasm') return takeReference(deps);
  const { store, spec } = deps;
  const reference = await store.get(REFERENCE);
  if (reference?.model !== versionOf(spec)) throw new FindlingError('unknown', 'no reference');
  const where = await browserAndAdapter();
  if (where === null) return;
  const before = await readTrial(store, spec);
  const begun = (before?.where === where ? before.begun : 0) + 1;
  // Written first: it may take this worker, or the whole browser, with it.
  await writeTrial(store, spec, { where, begun, found: null });
  const found = await Promise.race([tryGpu(deps, reference), gpuGone()]).catch((thrown) => {
    console.warn('WebGPU did not get through its trial', thrown);
    return { failed: true } as const;
  });
  await writeTrial(store, spec, { where, begun, found });
}

async function takeReference({ store, spec, load, ticks }: DeviceTrialDeps): Promise<void> {
  const embedder = await load();
  const rows = await embedAlone(embedder);
  const ms = await msPerPassage(embedder, ticks);
  await store.set(REFERENCE, { model: versionOf(spec), rows, ms });
}

async function tryGpu(
  { load, ticks }: DeviceTrialDeps,
  reference: DeviceReference,
): Promise<TrialResult> {
  const embedder = await load();
  return Promise.race([measureGpu(embedder, reference, ticks), outOfPatience()]);
}

async function measureGpu(
  embedder: Embedder,
  reference: DeviceReference,
  ticks: () => number,
): Promise<TrialResult> {
  const agreed = agreement(await embedAlone(embedder), reference.rows);
  const [text] = TIMED_TEXTS;
  const ids = [embedder.encode(text!, 'passage')];
  await embedder.embed(ids);
  const began = ticks();
  await embedder.embed(ids);
  const alone = ticks() - began;
  const webgpu = alone > HOPELESS * reference.ms ? alone : await msPerPassage(embedder, ticks);
  return { agreement: agreed, ms: { webgpu, wasm: reference.ms } };
}

async function embedAlone(embedder: Embedder): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (const text of [...PROBE_TEXTS.slice(0, COMPARED), TIMED_TEXTS[0]!]) {
    rows.push((await embedder.embed([embedder.encode(text, 'passage')])).slice());
  }
  return rows;
}

const outOfPatience = (): Promise<never> =>
  new Promise((_, reject) => {
    setTimeout(() => reject(new FindlingError('deadline')), PATIENCE_MS);
  });

const gpuGone = (): Promise<never> => new Promise((_, reject) => whenGpuLost((why) => reject(why)));
