/** ENTRY of `npm run calibrate`, bundled by run.mjs: the calibration of the model that comes along. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { versionOf } from '../../src/worker/model/models.ts';
import { calibrate, calibrationTexts } from '../../src/worker/search/calibration.ts';
import { loadNodeModel } from './node-model.ts';
import { VectorCache } from './vector-cache.ts';

export async function main({ root }: { root: string }): Promise<void> {
  const model = await loadNodeModel(join(root, 'public/models/use-lite'));
  const cache = await VectorCache.open(model, null);
  const { mean, ...rest } = calibrate(await cache.vectors(calibrationTexts()));
  const base64 = Buffer.from(mean.buffer, mean.byteOffset, mean.byteLength).toString('base64');
  const known = { [versionOf(model.spec)]: { ...rest, mean: base64 } };
  const file = join(root, 'src/worker/search/known-calibrations.json');
  await writeFile(file, `${JSON.stringify(known, null, 2)}\n`);
}
