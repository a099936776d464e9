import type { Channel } from '../channel.ts';
import { type EngineSettings, USUAL_SETTINGS } from '../engine-settings.ts';
import { LIMITS } from '../limits.ts';
import type { Device, DeviceChoice, DeviceState, ModelChoice } from '../protocol.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import type { KvSchema } from '../storage/kv.ts';
import type { WorkerClock } from './clock.ts';
import type { EffortKeeper } from './lifecycle/effort.ts';
import type { LeaderSession } from './lifecycle/leader-session.ts';
import {
  browserAndAdapter,
  deviceFor,
  planDevice,
  readChoice,
  readTrial,
  writeChoice,
} from './model/device.ts';
import type { GenerationModels } from './model/generation-models.ts';

export interface SettingsDeps {
  store: IndexStore;
  clock: WorkerClock;
  channel: Channel;
  models: GenerationModels;
  leaderSession: LeaderSession;
  effort: EffortKeeper;
  /** That runs the model. */
  device: Device;
  /** WebGPU failed in this session of the tab. */
  gpuLost: boolean;
  /** What is set now cannot be followed by this worker. */
  askToBeReplaced: (why: string) => void;
  closed: () => boolean;
}

/** What the person has set for this workspace: read, followed, and changed for every worker. */
export class Settings {
  /** As they were last read. */
  followed: EngineSettings = USUAL_SETTINGS;
  readonly #d: SettingsDeps;
  /** Browser and adapter: looked for when it is first asked for. */
  #where: Promise<string | null> | null = null;

  constructor(deps: SettingsDeps) {
    this.#d = deps;
  }

  /** Stored, then followed by all workers. */
  async set<K extends keyof EngineSettings>(name: K, value: EngineSettings[K]): Promise<void> {
    await this.#d.store.set(name, value as KvSchema[K]);
    await this.tell();
  }

  /** As `GenerationModels.choices`. */
  models(): Promise<ModelChoice[]> {
    return this.#d.models.choices();
  }

  /**
   * Builds that model's vectors beside those that are searched.
   * @throws FindlingError `model-missing`
   */
  async chooseModel(id: string): Promise<void> {
    await this.#d.models.choose(id, this.#d.clock.now());
    await this.tell();
  }

  /** What runs the model and why; looks for an adapter the first time. */
  async device(): Promise<DeviceState> {
    this.#where ??= browserAndAdapter();
    const where = await this.#where;
    const choice = await readChoice(this.#d.store);
    const trial = await readTrial(this.#d.store, this.#d.models.active.spec);
    const plan = planDevice({ choice, trial, where, gpuLost: this.#d.gpuLost });
    const found = trial?.where === where ? trial?.found : undefined;
    return { choice, ...plan, ms: (found && !found.failed && found.ms) || null };
  }

  /** Another device means another worker. Without a choice, reads a trial's result. */
  async setDevice(choice?: DeviceChoice): Promise<void> {
    if (choice) await writeChoice(this.#d.store, choice, this.#d.models.active.spec);
    await this.tell();
  }

  /** What could not be read now is read a moment later: nobody tells of it again. */
  follow(): void {
    if (this.#d.closed()) return;
    this.read().catch((thrown) => {
      console.warn('the settings could not be read', thrown);
      this.#d.clock.after(LIMITS.readAgainMs, () => this.follow());
    });
  }

  /** Other vectors to search need another worker; others to embed for, another indexer. */
  async read(): Promise<void> {
    this.#d.leaderSession.paused = (await this.#d.store.get('paused')) ?? false;
    this.followed = await this.#stored();
    this.#d.effort.effort = this.followed.effort;
    const before = this.#d.models.targetGeneration.gen;
    await this.#d.models.read();
    this.#d.leaderSession.retargeted(before);
    // Storage closes behind it: nothing more is read.
    if (this.#d.models.outdated) return this.#d.askToBeReplaced('other vectors are searched');
    const { spec } = this.#d.models.active;
    if ((await deviceFor(this.#d.store, spec, this.#d.gpuLost)) !== this.#d.device) {
      this.#d.askToBeReplaced('another device runs the model');
    }
    this.#d.leaderSession.publish();
    this.#d.leaderSession.wake();
  }

  async #stored(): Promise<EngineSettings> {
    const names = Object.keys(USUAL_SETTINGS) as (keyof EngineSettings)[];
    const stored = names.map(async (name) => [name, await this.#d.store.get(name)] as const);
    const set = (await Promise.all(stored)).filter(([, value]) => value !== undefined);
    return { ...USUAL_SETTINGS, ...Object.fromEntries(set) };
  }

  /** Something was set, and is stored: all other workers hear it, and this one reads it. */
  async tell(): Promise<void> {
    this.#d.channel.post({ t: 'settings' });
    await this.read();
  }
}
