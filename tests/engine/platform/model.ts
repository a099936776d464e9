import { pauseOf } from '../../../src/clock.ts';
import type { WorkerClock } from '../../../src/worker/clock.ts';
import type { Embedder } from '../../../src/worker/embedder.ts';
import type { LoadModel } from '../../../src/worker/model/loader.ts';
import type { ModelSpec } from '../../../src/worker/model/models.ts';

/** How long a passage takes, and loading a model, ms of the clock. */
const PASSAGE_MS = 5;
const LOAD_MS = 40;
/** Of each word. */
const COMPONENTS = 6;

/** FNV-1a, 32 bits. */
function numberOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * A word is a token; a text's vector is the sum of its words', which depend on the model's name.
 */
function toyModel(spec: ModelSpec, clock: WorkerClock): Embedder {
  const seed = numberOf(spec.id);
  const tokenize = (text: string): number[] =>
    (text.toLowerCase().match(/[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []).map(numberOf);
  return {
    spec,
    device: 'wasm',
    threads: 1,
    room: spec.window,
    tokenize,
    encode: (text) => {
      const ids = tokenize(text).slice(0, spec.window);
      return ids.length > 0 ? ids : [0];
    },
    async embed(ids) {
      await pauseOf(clock, PASSAGE_MS * ids.length);
      const { dimensions } = spec;
      const rows = new Float32Array(ids.length * dimensions);
      for (const [r, row] of ids.entries()) {
        const vector = rows.subarray(r * dimensions, (r + 1) * dimensions);
        for (const id of row) {
          let state = (id ^ seed) >>> 0;
          for (let i = 0; i < COMPONENTS; i++) {
            state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
            vector[(state >>> 8) % dimensions]! += (state & 1) * 2 - 1;
          }
        }
        const length = Math.hypot(...vector);
        // Words that cancel each other out would leave no vector at all.
        if (length === 0) vector[0] = 1;
        else for (let i = 0; i < dimensions; i++) vector[i]! /= length;
      }
      return rows;
    },
  };
}

export const toyLoader =
  (clock: WorkerClock): LoadModel =>
  async (spec, { onProgress }) => {
    onProgress(50);
    await pauseOf(clock, LOAD_MS);
    return toyModel(spec, clock);
  };
