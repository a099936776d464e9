/** With similarity 0: its default threshold hides most of the true neighbours. */
import { create, insertMultiple, load, save, search } from '@orama/orama';
import { getAll, putAll } from '../page/store.mjs';

export function open(dimensions, _size, saved) {
  const db = create({ schema: { vector: `vector[${dimensions}]` } });
  if (saved) load(db, saved);
  return {
    async add(rows, first) {
      const documents = rows.map((row, i) => ({ id: String(first + i), vector: Array.from(row) }));
      await insertMultiple(db, documents, documents.length);
    },
    search: async (query, k) => {
      const { hits } = await search(db, {
        mode: 'vector',
        vector: { value: Array.from(query), property: 'vector' },
        similarity: 0,
        limit: k,
      });
      return hits.map(({ id }) => Number(id));
    },
    save: () => putAll([save(db)]),
    restore: async () => open(dimensions, 0, (await getAll())[0]),
  };
}
