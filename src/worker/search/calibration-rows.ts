import type { Embedder } from '../embedder.ts';
import { generationOf } from '../indexer/prepare.ts';
import type { ModelSpec } from '../model/models.ts';
import { calibrationTexts } from './calibration.ts';

/** Where a model's calibration is remembered. */
export const calibrationKey = (spec: ModelSpec) => `calibration:${generationOf(spec)}` as const;

/** A model's vectors of `calibrationTexts()`, each embedded alone. @param run waits its turn */
export async function calibrationRows(
  model: Embedder,
  run: <T>(work: () => Promise<T>) => Promise<T> = (work) => work(),
): Promise<Float32Array[]> {
  const rows: Float32Array[] = [];
  for (const [i, text] of calibrationTexts().entries()) {
    // Each pair is a question and what answers it.
    const ids = model.encode(text, i % 2 === 0 ? 'query' : 'passage');
    rows.push((await run(() => model.embed([ids]))).slice());
  }
  return rows;
}
