/** Its module imports its .wasm as a module, which browsers cannot yet: the same by hand. */
import * as bindings from 'voy-search/voy_search_bg.js';
import wasm from 'voy-search/voy_search_bg.wasm?url';
import { getAll, putAll } from '../page/store.mjs';

let loaded;
const load = async () => {
  const bytes = await (await fetch(wasm)).arrayBuffer();
  const { instance } = await WebAssembly.instantiate(bytes, { './voy_search_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
};

export async function open(_dimensions, _size, restored) {
  loaded ??= load();
  await loaded;
  const all = [];
  let index = restored;
  return {
    add(rows, first) {
      rows.forEach((row, i) => {
        const id = String(first + i);
        all.push({ id, title: id, url: '', embeddings: Array.from(row) });
      });
    },
    finish() {
      index = new bindings.Voy({ embeddings: all });
      all.length = 0;
    },
    search: (query, k) => index.search(query, k).neighbors.map(({ id }) => Number(id)),
    save: () => putAll([index.serialize()]),
    restore: async () => open(0, 0, bindings.Voy.deserialize((await getAll())[0])),
  };
}
