import type { Engine } from '../core/engine-types.ts';

/** UTF-16 units collected into one Blob part, which the browser may keep on disk. */
const LUMP_UNITS = 4 * 1024 * 1024;

/** Collects the export as a Blob. @param onPassages told how many passages there are so far */
export async function exportVectors(
  engine: Engine,
  signal: AbortSignal,
  onPassages: (passages: number) => void,
): Promise<Blob> {
  const lumps: Blob[] = [];
  let pieces: string[] = [];
  let units = 0;
  let passages = 0;
  for await (const piece of engine.exportVectors({ signal })) {
    pieces.push(piece);
    units += piece.length;
    for (let at = piece.indexOf('\n'); at >= 0; at = piece.indexOf('\n', at + 1)) passages++;
    onPassages(passages);
    if (units >= LUMP_UNITS) {
      lumps.push(new Blob(pieces));
      pieces = [];
      units = 0;
    }
  }
  lumps.push(new Blob(pieces));
  return new Blob(lumps, { type: 'application/jsonl' });
}
