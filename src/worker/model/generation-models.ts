import { FindlingError } from '../../errors.ts';
import type { Device, ModelChoice } from '../../protocol.ts';
import { type Generation, type Generations, targetOf } from '../../storage/index/generations.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { GenerationId } from '../../storage/schema.ts';
import type { Embedder } from '../embedder.ts';
import { generationOf, type Preparer } from '../indexer/prepare.ts';
import type { Catalogue } from './catalogue.ts';
import type { LoadModel } from './loader.ts';
import { ModelLoad } from './model-load.ts';
import { DEFAULT_MODEL, type ModelSpec, versionOf } from './models.ts';

/** One generation and what makes its vectors. */
export interface EmbeddingTarget {
  gen: GenerationId;
  embedder: Embedder;
  preparer: Preparer;
}

const generation = (spec: ModelSpec): Generation => ({ gen: generationOf(spec), model: spec.id });
/** What a workspace begins with. */
export const FIRST = generation(DEFAULT_MODEL);

/** What a workspace is searched with. */
export const activeModel = ({ active }: Generations, catalogue: Catalogue): ModelSpec =>
  catalogue.get(active.model) ?? DEFAULT_MODEL;

/**
 * Which generations of vectors a workspace has, and the models of this worker that make them: that
 * of the generation it searches, from the start, and, in the leader, that of one being built.
 */
export class GenerationModels {
  /** What this worker searches, for as long as it runs: another one comes with another worker. */
  readonly gen: GenerationId;
  readonly active: ModelLoad;
  readonly #store: IndexStore;
  readonly #load: LoadModel;
  readonly #catalogue: Catalogue;
  readonly #onChange: () => void;
  #generations: Generations;
  #next: ModelLoad | null = null;

  /**
   * @param catalogue read already
   * @param device of the model that is searched with
   * @param onChange told of every step of a load
   */
  constructor(
    store: IndexStore,
    generations: Generations,
    catalogue: Catalogue,
    load: LoadModel,
    device: Device,
    onChange: () => void,
  ) {
    this.#store = store;
    this.#catalogue = catalogue;
    this.#generations = generations;
    this.#load = load;
    this.#onChange = onChange;
    this.gen = generations.active.gen;
    this.active = new ModelLoad(load, activeModel(generations, catalogue), device, onChange);
  }

  /**
   * Embeds queries; null until it is loaded, or when it did not make the vectors that are searched.
   */
  get queryEmbedder(): Embedder | null {
    return this.gen.startsWith(`${versionOf(this.active.spec)}/`) ? this.active.embedder : null;
  }

  /** What notes are embedded for, as last read. */
  get targetGeneration(): Generation {
    return targetOf(this.#generations);
  }

  /** Whether another generation is being built beside the active one. */
  get building(): boolean {
    return this.#generations.building !== undefined;
  }

  /** Other vectors than this worker's are searched by now. */
  get outdated(): boolean {
    return this.#generations.active.gen !== this.gen;
  }

  /** The load of the model that notes are embedded with, where it has begun. */
  get targetLoad(): ModelLoad {
    return this.#next?.spec.id === this.targetGeneration.model ? this.#next : this.active;
  }

  /** Reads from storage which generations there are; loads nothing. */
  async read(): Promise<void> {
    this.#generations = await this.#store.generations(FIRST);
    // Imported in another tab, perhaps.
    if (!this.#catalogue.get(this.targetGeneration.model)) await this.#catalogue.refresh();
  }

  /**
   * The leader's, at the start. A model or chunker of another version than the vectors', after an
   * update of the app, is a generation to build like any other.
   */
  async settle(now: number): Promise<void> {
    await this.read();
    const spec = this.#catalogue.get(this.targetGeneration.model) ?? DEFAULT_MODEL;
    this.#generations = await this.#store.retarget(generation(spec), FIRST, now);
  }

  /** The present vectors serve until those of the chosen model are complete. */
  async choose(id: string, now: number): Promise<void> {
    await this.#catalogue.refresh();
    const spec = this.#catalogue.get(id);
    if (!spec) throw new FindlingError('model-missing');
    await this.#store.retarget(generation(spec), FIRST, now);
  }

  /** Every model that may be chosen, with what this workspace has of it. */
  async choices(): Promise<ModelChoice[]> {
    await this.#catalogue.refresh();
    const { active, building, kept: previous } = await this.#store.generations(FIRST);
    const stateOf = (id: string): ModelChoice['state'] => {
      if (building?.model === id) return 'building';
      if (active.model === id) return 'active';
      return previous?.model === id ? 'kept' : 'none';
    };
    return this.#catalogue.all.map(({ id, name, bytes, files, shortOf, agreed }) => ({
      id,
      name: name ?? null,
      bytes,
      imported: files !== undefined,
      shortOf: shortOf ?? null,
      agreed: files === undefined || agreed === true,
      state: stateOf(id),
    }));
  }

  /** What notes are embedded with; null when the model cannot be had: `targetLoad` says why. */
  async embeddingTarget(): Promise<EmbeddingTarget | null> {
    const { gen, model } = this.targetGeneration;
    // One after another: the loads share the runtime's settings.
    await this.active.ready.catch(() => {});
    const load = this.#loadOf(model);
    return embeddingTargetOf(gen, load);
  }

  /**
   * What keeps the present vectors up to date while others are built; null when none are, or when
   * this version cannot make such vectors.
   */
  async servingTarget(): Promise<EmbeddingTarget | null> {
    if (!this.building || generationOf(this.active.spec) !== this.gen) return null;
    return embeddingTargetOf(this.gen, this.active);
  }

  #loadOf(model: string): ModelLoad {
    if (model === this.active.spec.id) return this.active;
    if (this.#next?.spec.id !== model || this.#next.error) {
      const spec = this.#catalogue.get(model) ?? DEFAULT_MODEL;
      // Which device suits it is found out once it is the one in use.
      this.#next = new ModelLoad(this.#load, spec, 'wasm', this.#onChange);
      this.#onChange();
    }
    return this.#next;
  }
}

async function embeddingTargetOf(
  gen: GenerationId,
  load: ModelLoad,
): Promise<EmbeddingTarget | null> {
  const embedder = await load.ready.catch(() => null);
  return embedder && load.preparer ? { gen, embedder, preparer: load.preparer } : null;
}
