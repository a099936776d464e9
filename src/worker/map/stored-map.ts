/** Key in `kv`. */
export const MAP_KEY = 'map';
/** Rises when maps are made otherwise. */
export const MAP_VERSION = 2;
