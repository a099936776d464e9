import type { Device } from '../../protocol.ts';
import type { Embedder } from '../embedder.ts';
import { ModelFiles } from './files.ts';
import type { ModelSpec } from './models.ts';

/**
 * Loads a model.
 * @param how.onProgress told how far it is, 0 to 100
 * @throws FindlingError as `loadEmbedder`
 */
export type LoadModel = (
  spec: ModelSpec,
  how: { device: Device; onProgress: (percent: number) => void },
) => Promise<Embedder>;

/** From the app's folder, or as imported, by the real runtime. @param base ends in `/` */
export const modelLoader =
  (base: string): LoadModel =>
  async (spec, how) => {
    // Its files come while the code of the runtime does.
    const files = new ModelFiles(spec, { base, ...how });
    const { loadEmbedder } = await import('../embedder.ts');
    return loadEmbedder(files);
  };
