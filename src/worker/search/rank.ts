import { type Calibration, closeness } from './calibration.ts';
import { expansionTerms } from './expand.ts';
import { bestOf, byScore, keepLiteralHits, zScores } from './fuse.ts';
import type { KeywordIndex, WordMatch } from './keyword.ts';
import type { Meaning, MeaningHit } from './meaning.ts';

/** From the best passages of so many first results words are taken; words count less till then. */
const FEEDBACK = 6;
const FEEDBACK_DISCOUNT = 0.1;
/** Where the words of the query cover less than this of its weight in any note, they count less. */
const WELL_COVERED = 0.5;
const COVERAGE_SLOPE = 0.5;
/** The further the nearest note stands out from the tenth in meaning, the more meaning counts. */
const PEAK_DEPTH = 10;
const USUAL_PEAK = 0.1;
const PEAK_SLOPE = 1.5;
const LEAST_WEIGHT = 0.1;
const MOST_WEIGHT = 0.8;
/** A note with less of the query's weight in words is no answer for its words. */
const WORDS_FLOOR = 0.34;
/** Neither does, but both together: so much of the two floors in sum. */
const JOINT_FLOOR = 1.5;
/** Below this share of the floor a note is not even a weak match. */
const WEAK = 0.6;

export interface Ranked {
  id: string;
  score: number;
  /** Words or meaning carry it over the floor. */
  strong: boolean;
  meaning: MeaningHit | undefined;
  /** Close enough in meaning to say so. */
  alike: boolean;
}

export interface Ranking {
  /** All notes that words or meaning speak for, best first, the weak ones too. */
  ranked: Ranked[];
  words: WordMatch;
  /** Words that the first results have in common, with weights: what the query is about. */
  about: ReadonlyMap<string, number>;
}

export interface RankDeps {
  keyword: KeywordIndex;
  meaning: Meaning;
  /** Title and text of a stretch of each note, '' for one that is gone. */
  passages(of: { note: string; start: number; end: number }[]): Promise<string[]>;
}

export interface RankQuery {
  text: string;
  /** Its last word may be unfinished. */
  typing: boolean;
  /** Unit length; null without a model. */
  vector: Float32Array | null;
  calibration: Calibration | null;
  /** Notes that may be in the answer; all when absent. */
  allowed?: (note: string) => boolean;
}

/**
 * Notes by words and meaning together: z-scores of both over all notes, weighed by what the query's
 * words cover; after a first round with the words of the nearest passages. A note with just this
 * title comes first, and no literal hit stands below notes that share no word.
 */
export async function rank(
  deps: RankDeps,
  { text, typing, vector, calibration, allowed = () => true }: RankQuery,
): Promise<Ranking> {
  const { keyword } = deps;
  const words = keyword.match(text, typing);
  const meaning =
    vector && calibration ? deps.meaning.match(vector, calibration) : new Map<string, MeaningHit>();
  const floor = calibration ? deps.meaning.floor(calibration) : 1;
  const candidates: Ranked[] = [];
  for (const id of keyword.ids()) {
    const hit = meaning.get(id);
    const near = hit && calibration ? closeness(hit.cosine, calibration) / floor : 0;
    if ((near < WEAK && !words.scores.has(id)) || !allowed(id)) continue;
    const said = words.share(id) / WORDS_FLOOR;
    const strong = near >= 1 || said >= 1 || (said > 0 && near + said >= JOINT_FLOOR);
    candidates.push({ id, score: 0, strong, meaning: hit, alike: near >= 1 });
  }
  const { scoreOf, about } =
    meaning.size > 0 && calibration
      ? await fused(deps, words, meaning, calibration, candidates)
      : { scoreOf: (id: string) => words.scores.get(id) ?? 0, about: new Map<string, number>() };
  const ranked = candidates.map((one) => ({ ...one, score: scoreOf(one.id) }));
  const titled = keyword.titled(text);
  const order = keepLiteralHits(
    ranked.sort(byScore),
    (id) => words.coverage(id) === 1,
    (id) => words.scores.has(id),
  );
  const first = order.filter(({ id }) => titled.has(id));
  const rest = order.filter(({ id }) => !titled.has(id));
  return { ranked: [...first, ...rest], words, about };
}

async function fused(
  { keyword, passages }: RankDeps,
  words: WordMatch,
  meaning: ReadonlyMap<string, MeaningHit>,
  calibration: Calibration,
  candidates: readonly Ranked[],
): Promise<{ scoreOf: (id: string) => number; about: ReadonlyMap<string, number> }> {
  const alike = new Map([...meaning].map(([note, { score }]) => [note, score]));
  // A note that is not embedded yet counts as the mean of those that are.
  const meanAlike = [...alike.values()].reduce((sum, x) => sum + x, 0) / Math.max(1, alike.size);
  const byMeaning = zScores(alike, keyword.size, meanAlike);
  const mix = (byWords: (id: string) => number, weight: number) => (id: string) =>
    weight * byWords(id) + (1 - weight) * byMeaning(id);

  const weight = weightOfWords(words, meaning, calibration);
  const first = mix(zScores(words.scores, keyword.size, 0), weight - FEEDBACK_DISCOUNT);
  const best = bestOf(
    candidates.map(({ id }) => ({ id, score: first(id) })),
    FEEDBACK,
  );
  const texts = await passages(
    best.map(({ id }) => {
      const { start = 0, end = 1000 } = meaning.get(id)?.passage ?? {};
      return { note: id, start, end };
    }),
  );
  const about = expansionTerms(
    texts.map((text, i) => ({ text, score: best[i]!.score })),
    keyword,
  );
  const expanded = keyword.expand(words, about);
  return { scoreOf: mix(zScores(expanded, keyword.size, 0), weight), about };
}

/** What words count for this query: less where they cover little, or where meaning is sure. */
export function weightOfWords(
  words: Pick<WordMatch, 'scores' | 'share'>,
  meaning: ReadonlyMap<string, MeaningHit>,
  calibration: Calibration,
): number {
  let covered = 0;
  for (const id of words.scores.keys()) covered = Math.max(covered, words.share(id));
  const near = bestOf(
    Array.from(meaning, ([id, { cosine }]) => ({ id, score: closeness(cosine, calibration) })),
    PEAK_DEPTH,
  );
  const peak = near.length > 0 ? near[0]!.score - near.at(-1)!.score : 0;
  const weight =
    calibration.weight -
    COVERAGE_SLOPE * Math.max(0, WELL_COVERED - covered) -
    PEAK_SLOPE * (peak - USUAL_PEAK);
  return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight));
}
