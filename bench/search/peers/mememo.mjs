/** Vectors in memory: its store in IndexedDB is emptied when it is opened. */
import { HNSW } from 'mememo';
import { getAll, putAll } from '../page/store.mjs';

const make = () => new HNSW({ distanceFunction: 'cosine-normalized', useIndexedDB: false });

export function open(_dimensions, _size, restored) {
  const index = restored ?? make();
  const kept = [];
  return {
    async add(rows, first) {
      const vectors = rows.map((row) => Array.from(row));
      const keys = rows.map((_, i) => String(first + i));
      await index.bulkInsert(keys, vectors);
      kept.push({ keys, vectors });
    },
    search: async (query, k) => {
      const { keys } = await index.query(Array.from(query), k);
      return keys.map(Number);
    },
    save: () => putAll([index.exportIndex(), ...kept]),
    async restore() {
      const [graph, ...parts] = await getAll();
      const anew = make();
      anew.loadIndex(graph);
      for (const { keys, vectors } of parts) await anew.bulkInsertSkipIndex(keys, vectors);
      return open(0, 0, anew);
    },
  };
}
