import { type ModelSpec, versionOf } from '../model/models.ts';
import type { Calibration } from './calibration.ts';
import known from './known-calibrations.json';

/**
 * The calibration of a model that comes with the app, so that its first query need not wait for one.
 * Made by `npm run calibrate`; the tests hold it to what the model's vectors give.
 */
export function knownCalibration(spec: ModelSpec): Calibration | undefined {
  const stored = (known as Partial<Record<string, (typeof known)['use-lite@1']>>)[versionOf(spec)];
  if (!stored || spec.files) return undefined;
  const bytes = Uint8Array.from(atob(stored.mean), (letter) => letter.charCodeAt(0));
  return { ...stored, mean: new Float32Array(bytes.buffer) };
}
