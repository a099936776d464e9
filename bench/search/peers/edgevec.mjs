/** Its HNSW as it comes, by L2 of unit vectors: its cosine and dot return the farthest. */
import init, { EdgeVec, EdgeVecConfig } from 'edgevec';

const NAME = 'bench';

export async function open(dimensions, _size, restored) {
  await init();
  const config = new EdgeVecConfig(dimensions);
  config.metric = 'l2';
  const index = restored?.index ?? new EdgeVec(config);
  /** Its ids to ours. */
  const ids = restored?.ids ?? new Map();
  return {
    add(rows, first) {
      rows.forEach((row, i) => {
        ids.set(Number(index.insert(row)), first + i);
      });
    },
    search: (query, k) => index.search(query, k).map(({ id }) => ids.get(Number(id)) ?? -1),
    save: () => index.save(NAME),
    restore: async () => open(dimensions, _size, { index: await EdgeVec.load(NAME), ids }),
  };
}
