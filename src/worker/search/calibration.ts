import type { Calibration, Spread } from '../../storage/kv.ts';
import { CALIBRATION_VERSION, SIMILAR_PAIRS } from './calibration-pairs.ts';

export type { Calibration, Spread } from '../../storage/kv.ts';

/** Unrelated pairs: each text is also paired with the second texts of this many other pairs. */
const UNRELATED_PAIRS = 8;
/** Weight of words, 0 to 1, with a model of the usual separation; measured in docs/RANKING.md. */
const WEIGHT = 0.65;
/** Separation of the built-in model, standard deviations. */
const USUAL_SEPARATION = 4.9;
/** Bounds of the words' weight for any model. */
const LEAST_WEIGHT = 0.4;
const MOST_WEIGHT = 0.75;
/**
 * Floor of closeness: standard deviations above unrelated texts; measured in docs/RANKING.md, "The
 * floor".
 */
export const FLOOR_DEVIATIONS = 3.6;

/** The built-in pairs one after the other: a pair's texts at 2i and 2i + 1. */
export const calibrationTexts = (): string[] => SIMILAR_PAIRS.flat();

/**
 * A model's calibration from its vectors of `calibrationTexts()`, in that order. Pure.
 * @param vectors L2-normalised rows of equal length
 */
export function calibrate(vectors: readonly Float32Array[]): Calibration {
  const dimensions = vectors[0]?.length ?? 0;
  const mean = new Float32Array(dimensions);
  for (const row of vectors) for (let i = 0; i < dimensions; i++) mean[i]! += row[i]!;
  for (let i = 0; i < dimensions; i++) mean[i]! /= Math.max(1, vectors.length);

  const similar: number[] = [];
  const unrelated: number[] = [];
  const pairs = vectors.length >> 1;
  for (let a = 0; a < pairs; a++) {
    const first = vectors[2 * a]!;
    similar.push(centredCosine(first, vectors[2 * a + 1]!, mean));
    for (let step = 1; step <= Math.min(UNRELATED_PAIRS, pairs - 1); step++) {
      unrelated.push(centredCosine(first, vectors[2 * ((a + step) % pairs) + 1]!, mean));
    }
  }
  const same = spreadOf(similar);
  const other = spreadOf(unrelated);
  const between = Math.max(1e-6, same.mean - other.mean);
  return {
    version: CALIBRATION_VERSION,
    mean,
    unrelated: other,
    similar: same,
    weight: clamp(
      WEIGHT - 0.1 * (separationOf(same, other) - USUAL_SEPARATION),
      LEAST_WEIGHT,
      MOST_WEIGHT,
    ),
    floor: (FLOOR_DEVIATIONS * other.deviation) / between,
  };
}

/** How far texts that mean the same stand out from unrelated ones, standard deviations. */
export function separationOf(similar: Spread, unrelated: Spread): number {
  const between = Math.max(1e-6, similar.mean - unrelated.mean);
  const deviation = Math.hypot(similar.deviation, unrelated.deviation) / Math.SQRT2;
  return between / Math.max(1e-6, deviation);
}

/**
 * A centred cosine on the model's own scale: 0 as unrelated texts, 1 as texts that mean the same.
 */
export function closeness(cosine: number, { unrelated, similar }: Calibration): number {
  return (cosine - unrelated.mean) / Math.max(1e-6, similar.mean - unrelated.mean);
}

/** Whether a stored calibration can be used for this model now. */
export function isCurrent(stored: unknown, dimensions: number): stored is Calibration {
  const one = stored as Partial<Calibration> | undefined;
  return one?.version === CALIBRATION_VERSION && one.mean?.length === dimensions;
}

/** Cosine of two vectors less the mean; all of one length. */
export function centredCosine(a: Float32Array, b: Float32Array, mean: Float32Array): number {
  let dot = 0;
  let aa = 0;
  let bb = 0;
  for (let i = 0; i < mean.length; i++) {
    const x = a[i]! - mean[i]!;
    const y = b[i]! - mean[i]!;
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}

function spreadOf(values: readonly number[]): Spread {
  const n = Math.max(1, values.length);
  const mean = values.reduce((sum, x) => sum + x, 0) / n;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / n;
  return { mean, deviation: Math.sqrt(variance) };
}

const clamp = (x: number, least: number, most: number): number =>
  Math.min(most, Math.max(least, x));
