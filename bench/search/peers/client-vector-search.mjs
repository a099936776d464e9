import { EmbeddingIndex } from 'client-vector-search';

export function open(_dimensions, _size, objects) {
  const index = new EmbeddingIndex(objects);
  return {
    add(rows, first) {
      rows.forEach((row, i) => {
        index.add({ id: first + i, embedding: Array.from(row) });
      });
    },
    search: async (query, k) => {
      const found = await index.search(Array.from(query), { topK: k });
      return found.map(({ object }) => object.id);
    },
    save: () => index.saveIndex('indexedDB'),
    restore: async () => open(0, 0, await index.getAllObjectsFromIndexedDB()),
  };
}
