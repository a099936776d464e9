/** Ranks a collection's queries as the app would: by words, by meaning, by both. */
import { plainCase } from '../../src/worker/chunk/plain-case.ts';
import { calibrate, calibrationTexts } from '../../src/worker/search/calibration.ts';
import { Meaning } from '../../src/worker/search/meaning.ts';
import { rank } from '../../src/worker/search/rank.ts';
import type { VectorIndex } from '../../src/worker/search/vectors.ts';
import { byWords } from '../../tests/support/by-words.ts';
import type { Collection } from './collection.ts';
import { indexCollection, readerOf } from './indexed.ts';
import { bootstrap, type Measures, mean, meanOf, measure } from './measures.ts';
import type { NodeModel } from './node-model.ts';
import type { VectorCache } from './vector-cache.ts';

/** Results looked at: recall@100 needs as many. */
const DEPTH = 100;
/** As a large library would, but not so few that all would be compared, or nothing told. */
const LEAST_NEAREST = 100;
const LEAST_SAMPLED = 50;

export const METHODS = ['keyword', 'meaning', 'hybrid'] as const;
export type Method = (typeof METHODS)[number];

export interface Report extends Record<Method, Measures> {
  name: string;
  docs: number;
  passages: number;
  queries: number;
  /**
   * Mean difference of hybrid and keyword in nDCG@10, and its 95 % interval by paired bootstrap.
   */
  gain: { mean: number; interval: [number, number] };
  /** Mean time to rank one query by both, ms, without embedding it. */
  rankMs: number;
  /** What the collection's passages and queries were embedded as. */
  passageVectors: Float32Array[];
  queryVectors: Float32Array[];
}

export interface EvaluateOptions {
  onProgress?: (done: number, total: number) => void;
  /** By the nearest hundredth of the passages, found by their sign bits, as in a large library. */
  asLarge?: boolean;
}

export async function evaluate(
  collection: Collection,
  model: NodeModel,
  cache: VectorCache,
  { onProgress, asLarge = false }: EvaluateOptions = {},
): Promise<Report> {
  const { keyword, vectors, passages, rows } = await indexCollection(
    collection,
    model,
    cache,
    onProgress,
  );
  const calibration = calibrate(await cache.vectors(calibrationTexts()));
  const large = {
    allUpTo: 0,
    nearest: Math.max(LEAST_NEAREST, Math.ceil(passages / 100)),
    sampled: Math.max(LEAST_SAMPLED, Math.ceil(collection.docs.length / 20)),
  };
  const meaning = new Meaning(vectors, asLarge ? large : {});
  if (asLarge) centre(vectors);
  const deps = { keyword, meaning, reader: readerOf(collection) };
  const queryVectors = await cache.vectors(collection.queries.map(({ text }) => plainCase(text)));
  const all: Record<Method, Measures[]> = { keyword: [], meaning: [], hybrid: [] };
  let ms = 0;
  for (const [i, { text, relevant }] of collection.queries.entries()) {
    const vector = queryVectors[i]!;
    const words = byWords(keyword, text, DEPTH).map(({ note }) => note);
    const byMeaning = [...meaning.match(vector, calibration)]
      .sort(([a, x], [b, y]) => y.score - x.score || (a < b ? -1 : 1))
      .map(([note]) => note);
    const began = performance.now();
    const { ranked } = await rank(deps, { text, typing: true, vector, calibration });
    ms += performance.now() - began;
    all.keyword.push(measure(words, relevant));
    all.meaning.push(measure(byMeaning, relevant));
    all.hybrid.push(
      measure(
        ranked.slice(0, DEPTH).map(({ id }) => id),
        relevant,
      ),
    );
  }
  const differences = all.hybrid.map(({ ndcg10 }, i) => ndcg10 - all.keyword[i]!.ndcg10);
  return {
    name: collection.name,
    docs: collection.docs.length,
    passages,
    queries: collection.queries.length,
    keyword: meanOf(all.keyword),
    meaning: meanOf(all.meaning),
    hybrid: meanOf(all.hybrid),
    gain: { mean: mean(differences), interval: bootstrap(differences) },
    rankMs: ms / Math.max(1, collection.queries.length),
    passageVectors: rows,
    queryVectors,
  };
}

/** As `Resident` does: the sign bits are of what sets a passage apart. */
function centre(vectors: VectorIndex): void {
  vectors.setMean(vectors.meanOfAll());
  while (!vectors.recode());
}
