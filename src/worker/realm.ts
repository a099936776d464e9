import type { Endpoint } from 'comlink';
import type { WorkerConfig } from '../protocol.ts';
import type { Realm } from '../realm.ts';
import type { SegmentSizes } from '../storage/index/segments.ts';
import type { WorkerClock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { LoadModel } from './model/loader.ts';

/** What the engine worker has of its surroundings. */
export interface WorkerRealm extends Realm {
  clock: WorkerClock;
  /** `self.name`: the configuration, JSON. */
  name: string;
  /** Where the page is heard, and answered. */
  endpoint: Endpoint;
  post(message: unknown): void;
  /** Ends this worker. */
  close(): void;
  /** `base`: URL of the app's folder, ending in `/`. */
  modelLoader(base: string): LoadModel;
  openFaults(config: WorkerConfig): Faults;
  /** Gigabytes, where the browser tells. */
  deviceMemory: number | undefined;
  /** Vectors in a segment, at most and at least; as `segments.ts` has them where absent. */
  segmentSizes?: SegmentSizes;
}
