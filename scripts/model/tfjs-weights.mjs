import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const WIDTH = { float32: 4, int32: 4 };

/** Reads every float32 weight as {name, shape, data}, in the order of the manifest. */
export async function readWeights(source) {
  const shards = source.shards.map((name) => readFile(join(source.folder, 'dist', name)));
  const bytes = Buffer.concat(await Promise.all(shards));
  const weights = new Map();
  let offset = 0;
  for (const { name, shape, dtype } of source.topology.weightsManifest.flatMap((g) => g.weights)) {
    const width = WIDTH[dtype];
    if (!width) throw new Error(`The weight ${name} has the unknown type ${dtype}.`);
    const end = offset + shape.reduce((a, b) => a * b, 1) * width;
    // The copy makes the view aligned, which a Float32Array needs.
    const raw = new Uint8Array(bytes.subarray(offset, end)).buffer;
    if (dtype === 'float32') weights.set(name, { name, shape, data: new Float32Array(raw) });
    offset = end;
  }
  if (offset !== bytes.length) throw new Error('The weight files do not match their manifest.');
  return weights;
}
