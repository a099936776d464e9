/** HNSW with the parameters of its README's examples, ef 100. */
import { loadHnswlib, syncFileSystem } from 'hnswlib-wasm';

const FILE = 'bench.dat';

export async function open(dimensions, size, library) {
  const lib = library ?? (await loadHnswlib());
  const index = new lib.HierarchicalNSW('ip', dimensions, '');
  if (!library) index.initIndex(size, 16, 200, 100);
  const peer = {
    add(rows, first) {
      index.addPoints(
        rows,
        rows.map((_, i) => first + i),
        false,
      );
    },
    finish: () => index.setEfSearch(100),
    search: (query, k) => index.searchKnn(query, k, undefined).neighbors,
    async save() {
      await index.writeIndex(FILE);
      await syncFileSystem('write');
    },
    async restore() {
      const anew = await open(dimensions, size, lib);
      await syncFileSystem('read');
      await anew.read();
      return anew;
    },
    async read() {
      await index.readIndex(FILE, size);
      index.setEfSearch(100);
    },
  };
  return peer;
}
