import type { Candidate, ColumnOf, NoteRow, NoteSlot } from './branded-numbers.ts';
import { type Calibration, closeness } from './calibration.ts';
import { expansionTerms } from './expand.ts';
import { firstOf, scaleOf } from './fuse.ts';
import type { KeywordIndex } from './keyword.ts';
import type { WordMatch } from './keyword-match.ts';
import type { Meaning } from './meaning.ts';
import type { MeaningHit, MeaningMatch } from './meaning-match.ts';

/**
 * Large library: notes with the best word scores that are compared in meaning too; as exact as
 * comparing all (unit/large-library).
 */
const BEST_BY_WORDS = 100;
/** Large library: the same of the notes with the best sum, after the second round. */
const BEST_BY_BOTH = 150;
/**
 * Feedback depth: first-round results whose best passages expand the query; measured in
 * docs/RANKING.md.
 */
const FEEDBACK_DEPTH = 6;
/**
 * Taken off the words' weight in the first round, as the query is not expanded yet; measured there.
 */
const FEEDBACK_DISCOUNT = 0.1;
/** First-round results whose texts are read ahead, as they are likely to be shown. */
const READ_AHEAD = 14;
/**
 * Share of the query's idf weight, 0 to 1: if no note covers this much in words, words count less.
 */
const WELL_COVERED = 0.5;
/**
 * Weight taken off the words for each unit of coverage that is missing; measured in
 * docs/RANKING.md.
 */
const COVERAGE_SLOPE = 0.5;
/** The peak is how far the nearest note stands out from the note at this rank, in closeness. */
const PEAK_DEPTH = 10;
/** Peak at which the words' weight stays as calibrated. */
const USUAL_PEAK = 0.1;
/**
 * Weight taken off the words for each unit of peak above the usual; measured in docs/RANKING.md.
 */
const PEAK_SLOPE = 1.5;
/** Bounds of the words' weight for one query; meaning has the rest to 1. */
const LEAST_WEIGHT = 0.1;
const MOST_WEIGHT = 0.8;
/**
 * Floor of words: the share of the query's idf weight that a note must cover; docs/RANKING.md, "The
 * floor".
 */
const WORDS_FLOOR = 0.34;
/** Floor of both together: the sum of a note's shares of the two floors. */
const JOINT_FLOOR = 1.5;
/** Notes shown where nothing fits. */
const NEAREST = 3;
/** Share of the floor from which on one of them is shown. */
const NEAR_SHARE = 0.7;
/** Share of the floor below which a note is not even a weak match. */
const WEAK_SHARE = 0.6;

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
  /** Notes that words or meaning speak for, best first. */
  ranked: Ranked[];
  /** How many there are that were left out for being weak. */
  weaker: number;
  words: WordMatch;
  /** Words that the first results have in common, with weights: what the query is about. */
  about: ReadonlyMap<string, number>;
  /** Where only strong ones were asked for and there are none: the nearest in meaning. */
  nearest: Ranked[];
}

/** A range of a note's text, UTF-16 units, end exclusive. */
export interface NoteRange {
  note: string;
  start: number;
  end: number;
}

export interface RankDeps {
  keyword: KeywordIndex;
  meaning: Meaning;
  reader: {
    /**
     * Title and text of a range of each note, in order, '' for one that is gone.
     * @param next notes that are likely to be shown: they may be read meanwhile
     */
    rangeTexts(of: readonly NoteRange[], next: readonly string[]): Promise<string[]>;
  };
}

export interface RankQuery {
  text: string;
  /** Its last word may be unfinished. */
  typing: boolean;
  /** Unit length; null without a model. */
  vector: Float32Array | null;
  calibration: Calibration | null;
  /** Notes that may be in the answer; all when absent. */
  allowed?: ((note: string) => boolean) | undefined;
  /** How many are wanted; all when absent. */
  limit?: number;
  /** Without those that only hardly fit. */
  strongOnly?: boolean;
  /** The model hardly knows its words: where no note has one of them, meaning says nothing. */
  unsure?: boolean;
}

/** Without meaning, no note has a row. */
const NO_ROWS = new Int32Array(0) as ColumnOf<NoteRow>;

/** Tiers of the order, best first: notes with just this title … */
const TITLED = 0;
/** … then, down to the last note with all the words, those that have any of them … */
const WITH_WORDS = 1;
/** … then those that stood among these without any of the words … */
const DEMOTED = 2;
/** … then all others. */
const REST = 3;

/**
 * Notes by words and meaning together: z-scores of both over all notes, weighed by what the query's
 * words cover; after a first round with the words of the nearest passages. A note with just this
 * title comes first, and no literal hit stands below notes that share no word.
 *
 * A library has ten thousand notes, and this runs at every key: so it works on rows of numbers, and
 * makes objects only of what is shown.
 */
export async function rank(
  deps: RankDeps,
  {
    text,
    typing,
    vector,
    calibration,
    allowed,
    limit = Number.POSITIVE_INFINITY,
    strongOnly = false,
    unsure = false,
  }: RankQuery,
): Promise<Ranking> {
  const { keyword } = deps;
  const words = keyword.match(text, typing);
  const meaning =
    vector && calibration ? deps.meaning.match(vector, calibration, { among: allowed }) : null;
  const rows = meaning ? keyword.placesIn(meaning.notes) : NO_ROWS;
  if (meaning?.partial) {
    const said = (slot: NoteSlot): number => words.scoresBySlot[slot]!;
    const first = firstOf<NoteSlot>(
      words.slots,
      BEST_BY_WORDS,
      (a, b) => said(b) - said(a) || a - b,
    );
    meaning.compareMore(
      first.filter((slot) => said(slot) > 0 && rows[slot]! >= 0).map((slot) => rows[slot]!),
    );
  }
  const floor = calibration ? deps.meaning.floor(calibration) : 1;
  const all = new Candidates(keyword, words, meaning, rows, calibration, floor, allowed);
  const isLost = unsure && !words.scoresBySlot.some((score) => score > 0);
  if (isLost) all.weaken();
  const about = new Map<string, number>();
  if (meaning && meaning.size > 0 && calibration) {
    await fuse(deps, words, meaning, calibration, all, about);
  } else {
    for (let c = 0 as Candidate; c < all.count; c++)
      all.scores[c] = words.scoresBySlot[all.slots[c]!]!;
  }
  all.putInTiers(words, keyword.titled(text));
  const wanted = strongOnly ? all.strongOnes() : null;
  const nearest = wanted?.length === 0 && !isLost ? all.nearest() : [];
  const at = (i: number): Candidate => (wanted ? wanted[i]! : (i as Candidate));
  const first = firstOf(wanted?.length ?? all.count, limit, (a, b) => all.compare(at(a), at(b)));
  return {
    ranked: first.map((i) => all.ranked(at(i))),
    weaker: wanted ? all.count - wanted.length : 0,
    words,
    about,
    nearest,
  };
}

/** The notes that words or meaning speak for, as columns of numbers. */
class Candidates {
  count = 0;
  readonly ids: string[] = [];
  /** In the keyword index, when the words were looked up. */
  readonly slots: ColumnOf<NoteSlot>;
  /** In the meaning's row; −1 for a note that is not in it. */
  readonly rows: ColumnOf<NoteRow>;
  readonly scores: Float64Array;
  readonly #near: Float32Array;
  readonly #strong: Uint8Array;
  readonly #tiers: Uint8Array;
  readonly #meaning: MeaningMatch | null;

  constructor(
    keyword: KeywordIndex,
    words: WordMatch,
    meaning: MeaningMatch | null,
    rows: ColumnOf<NoteRow>,
    calibration: Calibration | null,
    floor: number,
    allowed: ((note: string) => boolean) | undefined,
  ) {
    const size = words.slots;
    this.slots = new Int32Array(size) as ColumnOf<NoteSlot>;
    this.rows = new Int32Array(size) as ColumnOf<NoteRow>;
    this.scores = new Float64Array(size);
    this.#near = new Float32Array(size);
    this.#strong = new Uint8Array(size);
    this.#tiers = new Uint8Array(size);
    this.#meaning = meaning;
    for (let slot = 0 as NoteSlot; slot < size; slot++) {
      const row = rows[slot] ?? (-1 as NoteRow);
      const near =
        calibration && row >= 0 && meaning!.best[row]! >= 0
          ? closeness(meaning!.cosines[row]!, calibration) / floor
          : 0;
      const hasWords = words.scoresBySlot[slot]! > 0;
      if (!hasWords && near < WEAK_SHARE) continue;
      const id = keyword.idAt(slot);
      if (id === undefined || (allowed && !allowed(id))) continue;
      const said = words.shareAt(slot) / WORDS_FLOOR;
      const c = this.count++ as Candidate;
      this.ids.push(id);
      this.slots[c] = slot;
      this.rows[c] = row;
      this.#near[c] = near;
      this.#strong[c] = near >= 1 || said >= 1 || (said > 0 && near + said >= JOINT_FLOOR) ? 1 : 0;
    }
  }

  /** Once the scores are there. */
  putInTiers(words: WordMatch, titled: ReadonlySet<string>): void {
    const literal = (c: Candidate): boolean => words.coverageAt(this.slots[c]!) === 1;
    let last = -1 as Candidate;
    for (let c = 0 as Candidate; c < this.count; c++) {
      if (literal(c) && (last < 0 || this.compare(c, last) > 0)) last = c;
    }
    const tiers = this.#tiers.slice();
    for (let c = 0 as Candidate; c < this.count; c++) {
      if (titled.has(this.ids[c]!)) tiers[c] = TITLED;
      else if (last < 0 || this.compare(c, last) > 0) tiers[c] = REST;
      else tiers[c] = words.scoresBySlot[this.slots[c]!]! > 0 ? WITH_WORDS : DEMOTED;
    }
    this.#tiers.set(tiers);
  }

  /** By tier, then by score; equal ones by id, so that the order is stable. */
  compare(a: Candidate, b: Candidate): number {
    return (
      this.#tiers[a]! - this.#tiers[b]! ||
      this.scores[b]! - this.scores[a]! ||
      (this.ids[a]! < this.ids[b]! ? -1 : this.ids[a]! > this.ids[b]! ? 1 : 0)
    );
  }

  /** None is strong. */
  weaken(): void {
    this.#strong.fill(0);
  }

  /** The few that come nearest in meaning, of those that come near. */
  nearest(): Ranked[] {
    const near = (c: Candidate): number => this.#near[c]!;
    const first = firstOf<Candidate>(this.count, NEAREST, (a, b) => near(b) - near(a) || a - b);
    return first.filter((c) => near(c) >= NEAR_SHARE).map((c) => this.ranked(c));
  }

  strongOnes(): ColumnOf<Candidate> {
    const strong = new Int32Array(this.count) as ColumnOf<Candidate>;
    let found = 0;
    for (let c = 0 as Candidate; c < this.count; c++) if (this.#strong[c]) strong[found++] = c;
    return strong.subarray(0, found) as ColumnOf<Candidate>;
  }

  ranked(c: Candidate): Ranked {
    return {
      id: this.ids[c]!,
      score: this.scores[c]!,
      strong: this.#strong[c] === 1,
      alike: this.#near[c]! >= 1,
      meaning: this.#meaning?.hitAt(this.rows[c]!),
    };
  }
}

/** Scores the candidates by both, in two rounds; `about` gets the words learnt in between. */
async function fuse(
  { keyword, reader }: RankDeps,
  words: WordMatch,
  meaning: MeaningMatch,
  calibration: Calibration,
  all: Candidates,
  about: Map<string, number>,
): Promise<void> {
  const byMeaning = meaning.scale(keyword.size);
  const weight = weightOfWords(words, meaning, calibration);
  const score = (
    wordScore: number,
    weight: number,
    scale: { mean: number; factor: number },
    row: NoteRow,
    hopeful = false,
  ) => {
    // A note that is not embedded yet, or too far off to be compared, counts as the mean of all.
    const known = row >= 0 && (hopeful || meaning.best[row]! >= 0);
    return (
      weight * (wordScore - scale.mean) * scale.factor +
      (known ? (1 - weight) * (meaning.scoreAtMost(row) - byMeaning.mean) * byMeaning.factor : 0)
    );
  };

  const byWords = scaleOf(words.scoresBySlot, keyword.size);
  for (let c = 0 as Candidate; c < all.count; c++) {
    const said = words.scoresBySlot[all.slots[c]!]!;
    all.scores[c] = score(said, weight - FEEDBACK_DISCOUNT, byWords, all.rows[c]!);
  }
  const likely = firstOf<Candidate>(all.count, READ_AHEAD, (a, b) => all.compare(a, b));
  const best = likely.slice(0, FEEDBACK_DEPTH);
  const trust = best.map((c) => all.scores[c]!);
  const texts = await reader.rangeTexts(
    best.map((c) => {
      const { start = 0, end = 1000 } = meaning.hitAt(all.rows[c]!)?.passage ?? {};
      return { note: all.ids[c]!, start, end };
    }),
    likely.slice(FEEDBACK_DEPTH).map((c) => all.ids[c]!),
  );
  const taught = texts.map((text, i) => ({ text, score: trust[i]! }));
  for (const [term, share] of expansionTerms(taught, keyword)) about.set(term, share);
  const expanded = keyword.expand(words, about);
  const byMore = scaleOf(expanded, keyword.size);
  const again = (c: Candidate, hopeful = false): void => {
    // Meanwhile a note may have gone, and another may have its slot.
    const slot = all.slots[c]!;
    const said = keyword.idAt(slot) === all.ids[c] ? expanded[slot]! : 0;
    all.scores[c] = score(said, weight, byMore, all.rows[c]!, hopeful);
  };
  if (meaning.partial) {
    // What could be among the first if it were as near as it can be is compared after all.
    for (let c = 0 as Candidate; c < all.count; c++) again(c, true);
    const up = firstOf<Candidate>(all.count, BEST_BY_BOTH, (a, b) => all.compare(a, b));
    meaning.compareMore(up.map((c) => all.rows[c]!).filter((row) => row >= 0));
  }
  for (let c = 0 as Candidate; c < all.count; c++) again(c);
}

/** What words count for this query: less where they cover little, or where meaning is sure. */
function weightOfWords(words: WordMatch, meaning: MeaningMatch, calibration: Calibration): number {
  let covered = 0;
  for (let slot = 0 as NoteSlot; slot < words.slots; slot++) {
    if (words.scoresBySlot[slot]! > 0) covered = Math.max(covered, words.shareAt(slot));
  }
  const { best, cosines, notes } = meaning;
  const nearest = firstOf<NoteRow>(notes.length, PEAK_DEPTH, (a, b) =>
    best[a]! < 0 || best[b]! < 0
      ? Number(best[a]! < 0) - Number(best[b]! < 0)
      : cosines[b]! - cosines[a]!,
  ).filter((r) => best[r]! >= 0);
  const close = (r: NoteRow | undefined): number =>
    r === undefined ? 0 : closeness(cosines[r]!, calibration);
  const peak = close(nearest[0]) - close(nearest.at(-1));
  const weight =
    calibration.weight -
    COVERAGE_SLOPE * Math.max(0, WELL_COVERED - covered) -
    PEAK_SLOPE * (peak - USUAL_PEAK);
  return Math.min(MOST_WEIGHT, Math.max(LEAST_WEIGHT, weight));
}
