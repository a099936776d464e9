/** Keeps its vectors in IndexedDB alone: what is built is saved, and a restore is opening it. */
import { EntityDB } from '@babycommando/entity-db';

export function open() {
  const db = new EntityDB({ vectorPath: 'vector' });
  return {
    async add(rows, first) {
      for (const [i, row] of rows.entries()) {
        await db.insertManualVectors({ ours: first + i, vector: Array.from(row) });
      }
    },
    search: async (query, k) => {
      const found = await db.queryManualVectors(Array.from(query), { limit: k });
      return found.map(({ ours }) => ours);
    },
    save: async () => {},
    restore: async () => open(),
  };
}
