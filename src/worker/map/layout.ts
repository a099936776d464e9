import { UMAP } from 'umap-js';
import { nearest } from './neighbours.ts';
import { principalPlane } from './project.ts';
import { seeded } from './seeded.ts';

export interface LayoutJob {
  /** [n][dimensions], unit length. */
  vectors: Float32Array;
  dimensions: number;
  /** [n][2], where each was before; NaN for what is new. */
  former: Float32Array;
  /** Whether all may move; else only what is new is given a place. */
  fit: boolean;
}

/** Notes that UMAP is fitted to at most; the others go to their nearest among these. */
const MOST_FITTED = 3_000;
/** UMAP's number of neighbours; its usual value. */
const NEIGHBOURS = 15;
/** With fewer notes, their first two principal components are the map. */
const LEAST_FITTED = 8;
/** UMAP's epochs from the start; its usual value is 200 to 500. */
const EPOCHS = 300;
/** Epochs from former places, which are near already. */
const EPOCHS_AGAIN = 120;
/** Neighbours whose mean is the place of a note that was not fitted. */
const PLACED_BY = 5;
/**
 * Shift of a note placed so, as a share of its neighbours' distance: equal notes do not hide each
 * other.
 */
const JITTER = 0.3;
/** Of the random numbers: the same notes give the same map. */
const SEED = 20_240_229;

/**
 * Places on a plane, near for what is near in meaning.
 * @param onProgress 0 to 1
 * @returns [n][2]
 */
export function layOut(job: LayoutJob, onProgress: (share: number) => void): Float32Array {
  const { vectors, dimensions, fit } = job;
  const places = job.former.slice();
  const rows = Array.from({ length: places.length / 2 }, (_, i) => i);
  const known = rows.filter((row) => !Number.isNaN(places[2 * row]!));
  const unknown = rows.filter((row) => Number.isNaN(places[2 * row]!));
  if (known.length > 0) {
    placeNear(job, places, unknown, known, (share) => onProgress(fit ? share * 0.2 : share));
  }
  if (!fit && known.length > 0) return places;

  const chosen = sample(rows, MOST_FITTED);
  const start =
    known.length > 0
      ? Float32Array.from(chosen.flatMap((row) => [places[2 * row]!, places[2 * row + 1]!]))
      : principalPlane(vectors, dimensions, chosen);
  const fitted =
    chosen.length < LEAST_FITTED
      ? start
      : umap(job, chosen, start, known.length > 0 ? EPOCHS_AGAIN : EPOCHS, (share) =>
          onProgress(0.2 + 0.6 * share),
        );
  chosen.forEach((row, i) => {
    places[2 * row] = fitted[2 * i]!;
    places[2 * row + 1] = fitted[2 * i + 1]!;
  });
  const among = new Set(chosen);
  const others = rows.filter((row) => !among.has(row));
  placeNear(job, places, others, chosen, (share) => onProgress(0.8 + 0.2 * share));
  return places;
}

/** Evenly drawn, in order, the same each time. */
function sample(rows: readonly number[], most: number): number[] {
  if (rows.length <= most) return [...rows];
  const random = seeded(SEED);
  return rows
    .map((row) => [random(), row] as const)
    .sort(([a], [b]) => a - b)
    .slice(0, most)
    .map(([, row]) => row)
    .sort((a, b) => a - b);
}

function umap(
  { vectors, dimensions }: LayoutJob,
  chosen: readonly number[],
  start: Float32Array,
  epochs: number,
  onProgress: (share: number) => void,
): Float32Array {
  const k = Math.min(NEIGHBOURS, chosen.length - 1);
  const near = nearest(vectors, dimensions, chosen, chosen, k, (done) =>
    onProgress((0.3 * done) / chosen.length),
  );
  const numberOf = new Map(chosen.map((row, i) => [row, i]));
  const random = seeded(SEED);
  const model = new UMAP({ nNeighbors: k, minDist: 0.15, spread: 1, nEpochs: epochs, random });
  const lines = <T>(of: (at: number) => T): T[][] =>
    chosen.map((_, i) => Array.from({ length: k }, (_, j) => of(i * k + j)));
  model.setPrecomputedKNN(
    lines((at) => numberOf.get(near.ids[at]!) ?? -1),
    lines((at) => near.distances[at]!),
  );
  // With the neighbours known, only the number of rows is looked at.
  model.initializeFit(chosen.map(() => []));
  // Its own start is random. These are the very rows that it moves.
  const rows = model.getEmbedding();
  rows.forEach((row, i) => {
    row[0] = start[2 * i]! + 0.01 * (random() - 0.5);
    row[1] = start[2 * i + 1]! + 0.01 * (random() - 0.5);
  });
  for (let epoch = 0; epoch < epochs; epoch++) {
    model.step();
    onProgress(0.4 + (0.6 * (epoch + 1)) / epochs);
  }
  return Float32Array.from(rows.flat());
}

/** Gives rows a place near their nearest among those that have one. */
function placeNear(
  { vectors, dimensions }: LayoutJob,
  places: Float32Array,
  rows: readonly number[],
  among: readonly number[],
  onProgress: (share: number) => void,
): void {
  if (rows.length === 0) return;
  const k = Math.min(PLACED_BY, among.length);
  const { ids, distances } = nearest(vectors, dimensions, rows, among, k, (done) =>
    onProgress(done / rows.length),
  );
  const random = seeded(SEED + rows.length);
  rows.forEach((row, r) => {
    let [x, y, weights] = [0, 0, 0];
    const first = ids[r * k]!;
    let reach = 0;
    for (let i = 0; i < k; i++) {
      const id = ids[r * k + i]!;
      // Sharply falling: between two clusters there is nothing, so a mean of both would be wrong.
      const weight = ((distances[r * k]! + 1e-3) / (distances[r * k + i]! + 1e-3)) ** 8;
      x += weight * places[2 * id]!;
      y += weight * places[2 * id + 1]!;
      weights += weight;
      const apart = Math.hypot(
        places[2 * id]! - places[2 * first]!,
        places[2 * id + 1]! - places[2 * first + 1]!,
      );
      if (i > 0) reach = reach === 0 ? apart : Math.min(reach, apart);
    }
    const [angle, away] = [2 * Math.PI * random(), JITTER * (reach || 1) * Math.sqrt(random())];
    places[2 * row] = x / weights + away * Math.cos(angle);
    places[2 * row + 1] = y / weights + away * Math.sin(angle);
  });
}
