import type { MapLayout } from '../../protocol.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import type { GenerationId } from '../../storage/schema.ts';
import { yieldToMessages } from '../clock.ts';
import type { Resident } from '../search/resident.ts';
import { cluster } from './clusters.ts';
import { labelTerms, labelWords, tagCounts } from './labels.ts';
import type { LayoutJob } from './layout.ts';
import type { LayoutMessage } from './layout-worker.ts';
import { PROJECTED, projection } from './project.ts';
import { MAP_KEY, MAP_VERSION } from './stored-map.ts';

/** Time budget: work at a time before yielding to queries, ms. */
const TIME_BUDGET_MS = 15;
/** Where more than this share of the notes is new, the rest may move too. */
const MOST_NEW = 0.5;
/** Of the work: vectors of notes are means of their passages', and have to be made first. */
const GATHER_SHARE = 0.2;

/** The map of one workspace's notes, as it was last, and brought up to date. */
export class NoteMap {
  readonly #store: IndexStore;
  readonly #gen: GenerationId;
  readonly #resident: Resident;

  constructor(store: IndexStore, gen: GenerationId, resident: Resident) {
    this.#store = store;
    this.#gen = gen;
    this.#resident = resident;
  }

  /** The last map of this generation; null where there is none, or another version made it. */
  async stored(): Promise<MapLayout | null> {
    const known = await this.#store.get(MAP_KEY);
    return known?.version === MAP_VERSION && known.gen === this.#gen ? known.layout : null;
  }

  /** @returns null when cancelled; what was stored stays then */
  async make(
    anew: boolean,
    isCancelled: () => boolean,
    onProgress: (share: number) => void,
  ): Promise<MapLayout | null> {
    const known = await this.stored();
    const { vectors, keyword, facts } = this.#resident;
    const ids = vectors.row.filter(({ slots }) => slots.length > 0).map(({ id }) => id);
    const former = formerPlaces(known, ids);
    const unplaced = ids.filter((_, i) => Number.isNaN(former[2 * i]!)).length;
    let xy = former;
    if (anew || unplaced > 0) {
      const means = await this.#means(ids, isCancelled, (share) =>
        onProgress(GATHER_SHARE * share),
      );
      if (!means) return null;
      const fit = anew || unplaced > MOST_NEW * ids.length;
      const job = { vectors: means, dimensions: PROJECTED, former, fit };
      const places = await layOutElsewhere(job, isCancelled, (share) =>
        onProgress(GATHER_SHARE + (1 - GATHER_SHARE) * share),
      );
      if (!places) return null;
      xy = places;
    }
    const { of, list } = cluster(xy);
    const groups = new Map(ids.map((id, i) => [id, of[i]!]));
    const tags = tagCounts((id) => facts.get(id)?.tags ?? [], groups, list.length);
    const terms = labelTerms(
      chain(
        tags,
        keyword.termsByGroup(list.length, (id) => groups.get(id)),
      ),
      list.map(({ size }) => size),
    );
    const words = keyword.wordsOf(new Set(terms.flat()));
    const layout: MapLayout = {
      ids,
      xy,
      cluster: of,
      clusters: list.map((one, c) => ({
        ...one,
        words: labelWords(terms[c]!, words),
      })),
      missing: Math.max(0, keyword.size - ids.length),
    };
    // Kept for the next visit; without room for it, it is made again then.
    await this.#store
      .set(MAP_KEY, { version: MAP_VERSION, gen: this.#gen, layout })
      .catch(() => {});
    return layout;
  }

  /** @returns [ids][PROJECTED], or null when cancelled */
  async #means(
    ids: readonly string[],
    isCancelled: () => boolean,
    onProgress: (share: number) => void,
  ): Promise<Float32Array | null> {
    const { vectors } = this.#resident;
    const project = projection(vectors.dimensions);
    const all = vectors.meanOfAll();
    const means = new Float32Array(ids.length * PROJECTED);
    let began = performance.now();
    for (const [i, id] of ids.entries()) {
      // Deleted meanwhile: it keeps a place that nobody asks for.
      const mean = vectors.meanOf(id) ?? all;
      project(mean, all, means, i * PROJECTED);
      if (performance.now() - began < TIME_BUDGET_MS) continue;
      onProgress(i / ids.length);
      await yieldToMessages();
      if (isCancelled()) return null;
      began = performance.now();
    }
    return means;
  }
}

function* chain<T>(...parts: Iterable<T>[]): Generator<T> {
  for (const part of parts) yield* part;
}

function formerPlaces(known: MapLayout | null, ids: readonly string[]): Float32Array {
  const places = new Float32Array(ids.length * 2).fill(Number.NaN);
  if (!known) return places;
  const at = new Map(known.ids.map((id, i) => [id, i]));
  ids.forEach((id, i) => {
    const before = at.get(id);
    if (before === undefined) return;
    places[2 * i] = known.xy[2 * before]!;
    places[2 * i + 1] = known.xy[2 * before + 1]!;
  });
  return places;
}

/** How often a layout under way looks whether it was cancelled, ms. */
const CANCEL_LOOK_MS = 50;

/** In a worker of its own, ended when it is done or nobody wants it any more. */
function layOutElsewhere(
  job: LayoutJob,
  isCancelled: () => boolean,
  onProgress: (share: number) => void,
): Promise<Float32Array | null> {
  const worker = new Worker(new URL('./layout-worker.ts', import.meta.url), { type: 'module' });
  let look: ReturnType<typeof setInterval> | undefined;
  return new Promise<Float32Array | null>((resolve, reject) => {
    worker.onmessage = ({ data }: MessageEvent<LayoutMessage>) => {
      if ('share' in data) onProgress(data.share);
      else resolve(data.places);
    };
    worker.onerror = (event) => reject(new Error(event.message || 'the map could not be made'));
    look = setInterval(() => {
      if (isCancelled()) resolve(null);
    }, CANCEL_LOOK_MS);
    worker.postMessage(job, [job.vectors.buffer]);
  }).finally(() => {
    clearInterval(look);
    worker.terminate();
  });
}
