/** What one writes first: rows after one another in Float32Arrays, and a loop over all of them. */
import { getAll, putAll } from '../page/store.mjs';

const ROWS = 1 << 14;

export function open(dimensions, size, saved) {
  const parts = saved ?? [];
  const row = (id) => (id % ROWS) * dimensions;
  return {
    add(rows, first) {
      rows.forEach((vector, i) => {
        const id = first + i;
        if (id % ROWS === 0) parts.push(new Float32Array(Math.min(ROWS, size - id) * dimensions));
        parts[parts.length - 1].set(vector, row(id));
      });
    },
    search(query, k) {
      const ids = [];
      const scores = [];
      for (let p = 0; p < parts.length; p++) {
        const part = parts[p];
        for (let at = 0; at < part.length; at += dimensions) {
          let dot = 0;
          for (let i = 0; i < dimensions; i++) dot += query[i] * part[at + i];
          if (scores.length === k && dot <= scores[k - 1]) continue;
          let place = scores.length;
          while (place > 0 && scores[place - 1] < dot) place--;
          scores.splice(place, 0, dot);
          ids.splice(place, 0, p * ROWS + at / dimensions);
          if (scores.length > k) {
            scores.pop();
            ids.pop();
          }
        }
      }
      return ids;
    },
    bytes: () => parts.reduce((sum, part) => sum + part.byteLength, 0),
    save: () => putAll(parts),
    restore: async () => open(dimensions, size, await getAll()),
  };
}
