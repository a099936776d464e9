import type { MapLayout } from '../../protocol.ts';

/** Key in `kv`. */
export const MAP_KEY = 'map';
/** Rises when maps are made otherwise. */
export const MAP_VERSION = 2;

export interface StoredMap {
  version: number;
  /** Places are of these vectors. */
  gen: string;
  layout: MapLayout;
}
