import { useMemo } from 'preact/hooks';
import { useSearch } from '../search/use-search.ts';

/** Results that are highlighted. */
const LIMIT = 100;

/**
 * Notes that a query finds; null without one. An older answer stays until the next one is there.
 */
export function useHits(query: string): ReadonlySet<string> | null {
  const { response } = useSearch(query, { limit: LIMIT });
  return useMemo(() => response && new Set(response.hits.map(({ note }) => note)), [response]);
}
