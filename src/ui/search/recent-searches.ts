import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../core/context.ts';

/** Searches remembered. */
const MOST = 8;
/** Longest search remembered, UTF-16 units. */
const LONGEST = 200;

/** This workspace's last searches that led to a note, newest first. */
export function useRecentSearches(): {
  recent: readonly string[];
  remember(query: string): void;
  forget(): void;
} {
  const { workspaces, workspace } = useApp();
  const [recent, setRecent] = useState<readonly string[]>([]);
  const key = `recent-searches:${workspace.id}` as const;
  useEffect(() => {
    workspaces.setting(key).then(
      (stored) => setRecent(stored ?? []),
      () => {},
    );
  }, [key]);
  const keep = (queries: string[]): void => {
    setRecent(queries);
    // A convenience: what cannot be kept is not worth a message.
    workspaces.setSetting(key, queries).catch(() => {});
  };
  return {
    recent,
    remember: (query) => keep(withLatest(recent, query)),
    forget: () => keep([]),
  };
}

/** The list with one more at its front; each once, and not too many. */
export function withLatest(recent: readonly string[], query: string): string[] {
  const latest = query.trim().slice(0, LONGEST);
  if (latest === '') return [...recent];
  return [latest, ...recent.filter((other) => other !== latest)].slice(0, MOST);
}
