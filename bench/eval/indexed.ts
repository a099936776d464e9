/** A collection in the app's own two indexes, as its worker holds them. */
import { Preparer } from '../../src/worker/indexer/prepare.ts';
import { quantise } from '../../src/worker/model/quantise.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';
import type { RankDeps } from '../../src/worker/search/rank.ts';
import { ReadDocuments } from '../../src/worker/search/read-documents.ts';
import { searchedText } from '../../src/worker/search/searched-text.ts';
import { VectorIndex } from '../../src/worker/search/vectors.ts';
import type { Collection } from './collection.ts';
import type { NodeModel } from './node-model.ts';
import type { VectorCache } from './vector-cache.ts';

export interface Indexed {
  keyword: KeywordIndex;
  vectors: VectorIndex;
  passages: number;
  /** The vectors of different passages. */
  rows: Float32Array[];
}

export async function indexCollection(
  { docs }: Pick<Collection, 'docs'>,
  model: NodeModel,
  cache: VectorCache,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<Indexed> {
  const preparer = new Preparer(model);
  const keyword = new KeywordIndex();
  const vectors = new VectorIndex(model.spec.dimensions);
  const prepared = [];
  for (const { id, title, text } of docs) {
    keyword.set({ id, title, text: searchedText(text).usual });
    prepared.push({ id, passages: await preparer.prepare(title, text) });
  }
  const all = prepared.flatMap(({ passages }) => passages);
  const rows = await cache.vectors(
    all.map(({ embedText }) => embedText),
    onProgress,
  );
  const byHash = new Map(all.map(({ hash }, i) => [hash, rows[i]!]));
  for (const { id, passages } of prepared) {
    vectors.setNote({ note: id, revision: 1, passages }, (hash) => quantise(byHash.get(hash)!));
  }
  return { keyword, vectors, passages: all.length, rows: [...byHash.values()] };
}

/** What `rank` reads of a collection's first results. */
export function readerOf({ docs }: Pick<Collection, 'docs'>): RankDeps['reader'] {
  const byId = new Map(docs.map((doc) => [doc.id, doc]));
  const documents = new ReadDocuments();
  return {
    rangeTexts: async (of) =>
      of.map(({ note, start, end }) => {
        const doc = byId.get(note);
        return doc ? `${doc.title}\n${documents.stretch(doc.text, start, end).text}` : '';
      }),
  };
}
