import type { Device, Health } from '../protocol.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import type { Leader } from './lifecycle/leader.ts';
import type { LeaderSession } from './lifecycle/leader-session.ts';
import type { GenerationModels } from './model/generation-models.ts';
import { wasmBytes } from './model/heap.ts';
import type { Intake } from './queue/intake.ts';
import type { Resident } from './search/resident.ts';
import type { Settings } from './settings.ts';

/** As Health shows them. */
const DEVICE_NAMES: Record<Device, string> = { webgpu: 'WebGPU', wasm: 'WebAssembly' };

export interface HealthDeps {
  store: IndexStore;
  models: GenerationModels;
  resident: Resident;
  intake: Intake;
  leader: Leader;
  leaderSession: LeaderSession;
  settings: Settings;
}

/** Counts of the workspace from storage; memory, device and queue of this worker. */
export async function healthOf(of: HealthDeps): Promise<Health> {
  const { store } = of;
  const { spec, embedder, error } = of.models.active;
  const [notes, pending, failed, counters, paused] = await Promise.all([
    store.noteCount(),
    store.pendingCount(),
    store.quarantined(),
    store.counters(),
    store.get('paused'),
  ]);
  return {
    ...counters,
    notes,
    passages: of.resident.vectors.passageCount,
    pending,
    quarantined: failed.length,
    queueDepth: of.intake.depth,
    memoryBytes: wasmBytes(),
    device: embedder ? DEVICE_NAMES[embedder.device] : error ? 'none' : 'loading',
    threads: embedder?.threads ?? 0,
    model: spec.id,
    rate: of.leaderSession.rate.perSecond,
    leader: of.leader.leads,
    settings: of.settings.followed,
    paused: paused ?? false,
    failed: failed.map(({ note, title, reason, at }) => ({ note, title, reason, at })),
    damaged: of.resident.damaged,
  };
}
