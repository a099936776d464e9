import { type FindlingError, toFindlingError } from '../../errors.ts';
import type { Device } from '../../protocol.ts';
import type { Embedder } from '../embedder.ts';
import { Preparer } from '../indexer/prepare.ts';
import type { LoadModel } from './loader.ts';
import type { ModelSpec } from './models.ts';

/** One model of this worker, from the beginning of its load on: what it has come to by now. */
export class ModelLoad {
  readonly spec: ModelSpec;
  readonly ready: Promise<Embedder>;
  embedder: Embedder | null = null;
  preparer: Preparer | null = null;
  error: FindlingError | null = null;
  /** 0 to 100. */
  percent = 0;

  /** @param onChange told of every step, the last one included */
  constructor(load: LoadModel, spec: ModelSpec, device: Device, onChange: () => void) {
    this.spec = spec;
    this.ready = this.#load(load, device, onChange);
    this.ready.catch(() => {});
  }

  async #load(load: LoadModel, device: Device, onChange: () => void): Promise<Embedder> {
    try {
      const onProgress = (percent: number): void => {
        this.percent = percent;
        onChange();
      };
      const embedder = await load(this.spec, { device, onProgress });
      this.preparer = new Preparer(embedder);
      this.embedder = embedder;
      return embedder;
    } catch (thrown) {
      this.error = toFindlingError(thrown);
      console.error('model not loaded', thrown, thrown instanceof Error ? thrown.cause : '');
      throw this.error;
    } finally {
      onChange();
    }
  }
}
