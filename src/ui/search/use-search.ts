import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { isCode } from '../../errors.ts';
import type { SearchHit, SearchResponse } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';

/** Results asked for at once: what fits a screen. */
const FIRST = 10;
/** Quiet time before the rest is asked for, ms. */
const REST_AFTER_MS = 100;
/** Quiet time after that before the nearest sentences are asked for, ms. */
const SENTENCES_AFTER_MS = 100;
/**
 * Debounce while an answer is awaited, ms: barely felt, and spares the engine most letters of a
 * quick typist.
 */
const DEBOUNCE_MS = 30;
/** Quiet time before a query that found nothing is asked again with a word put right, ms. */
const CORRECT_AFTER_MS = 400;
/** How often an open query is asked again while the index grows, ms. */
const AGAIN_MS = 1_500;
/** How long after a change of notes a query may still have been answered without it, ms. */
const UNDER_WAY_MS = 2_000;

export interface Found {
  /** Answer to `query`, or while that is awaited to an older one. */
  response: SearchResponse | null;
  /** Where that has nothing: what the query with a word put right finds. */
  instead: SearchResponse | null;
  error: string | null;
  /** False while there may be more results than `response` has. */
  complete: boolean;
}

const byMeaningAlone = ({ why }: SearchHit): boolean => why.length === 1 && why[0] === 'meaning';

interface Options {
  limit: number;
  weak?: boolean;
  marked?: boolean;
  asTyped?: boolean;
}

const NOTHING: Found = { response: null, instead: null, error: null, complete: true };

/**
 * Searches as the query changes; an older answer never takes the place of a newer one. The first
 * few results come first: each takes time to present, to send and to draw.
 * @param options.weak also for what hardly fits
 * @param options.marked for showing: in the end with the sentences nearest in meaning marked
 * @param options.asTyped no word is put right
 */
export function useSearch(
  query: string,
  { limit, weak = false, marked = false, asTyped = false }: Options,
): Found {
  const { engine } = useApp();
  const [found, setFound] = useState(NOTHING);
  const [round, setRound] = useState(0);
  const waiting = useRef(false);
  const unsettled = useRef(false);
  /** Page time of the last question, ms. */
  const askedAt = useRef(Number.POSITIVE_INFINITY);
  /** The query whose results are all there, and the one whose sentences were asked for. */
  const whole = useRef<string | null>(null);
  const sentencesOf = useRef<string | null>(null);
  const state = engine.status.value.state;

  // Not after the next frame, as an effect would be: that is a fifth of what an answer takes.
  useLayoutEffect(() => {
    if (query.trim() === '') {
      waiting.current = false;
      whole.current = sentencesOf.current = null;
      setFound(NOTHING);
      return;
    }
    const controller = new AbortController();
    const { signal } = controller;
    const delay = waiting.current ? DEBOUNCE_MS : 0;
    waiting.current = true;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async (most: number, sentences: boolean): Promise<void> => {
      askedAt.current = performance.now();
      try {
        const response = await engine.search(query, { limit: most, weak, sentences, signal });
        if (signal.aborted) return;
        unsettled.current = response.meaning === 'loading' || response.loaded < response.total;
        const complete = most === limit || response.hits.length < most;
        if (complete) whole.current = query;
        if (sentences) sentencesOf.current = query;
        if (!complete) timer = setTimeout(ask, REST_AFTER_MS, limit, sentences);
        else if (marked && !sentences && response.hits.some(byMeaningAlone)) {
          timer = setTimeout(ask, SENTENCES_AFTER_MS, limit, true);
        }
        const { corrected } = response;
        const instead = complete && !weak && !asTyped && response.hits.length === 0 && corrected;
        setFound(({ instead: shown }) => ({
          response,
          // Asked again, what is shown instead stays.
          instead: instead && shown?.query === instead.query ? shown : null,
          error: null,
          complete,
        }));
        if (instead) timer = setTimeout(correct, CORRECT_AFTER_MS, instead.query);
      } catch (thrown) {
        if (signal.aborted || isCode(thrown, 'cancelled')) return;
        unsettled.current = true;
        setFound((old) => ({ ...old, error: errorText(thrown) }));
      }
      waiting.current = false;
    };
    const correct = async (other: string): Promise<void> => {
      try {
        const instead = await engine.search(other, { limit, sentences: marked, signal });
        if (!signal.aborted && instead.hits.length > 0) setFound((old) => ({ ...old, instead }));
      } catch {
        // Then there is nothing instead.
      }
    };
    // Asked again, a long list must not become short for a moment.
    const most = whole.current === query ? limit : Math.min(FIRST, limit);
    const sentences = sentencesOf.current === query;
    // Even a timer of no delay would wait for the frame that shows the letter.
    if (delay === 0) void ask(most, sentences);
    else timer = setTimeout(ask, delay, most, sentences);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [query, weak, limit, round, asTyped]);

  useEffect(() => {
    const again = () => {
      // Never at the cost of an answer on its way.
      if (!waiting.current) setRound((rounds) => rounds + 1);
    };
    // What has just ended may have changed the answer.
    if (state === 'idle') again();
    const timer = setInterval(() => {
      const stale = engine.changedAt() > askedAt.current - UNDER_WAY_MS;
      if (state === 'indexing' || unsettled.current || stale) again();
    }, AGAIN_MS);
    return () => clearInterval(timer);
  }, [state]);

  return found;
}
