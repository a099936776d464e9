/**
 * Names of the journal's entries in localStorage: one entry for each tab, workspace and note. Pure.
 * The prefix and the order of the parts stay as they are: a later version reads earlier entries.
 */

/** Of every key of the journal in localStorage. */
export const JOURNAL_PREFIX = 'findling-draft:';

export interface JournalPlace {
  /** Id of the tab that wrote the entry. */
  tab: string;
  workspace: string;
  note: string;
}

/** `findling-draft:TAB:WORKSPACE:NOTE`, each part URI-encoded, so that `:` only separates. */
export const journalKey = (tab: string, workspace: string, note: string): string =>
  JOURNAL_PREFIX + [tab, workspace, note].map(encodeURIComponent).join(':');

/** @returns what the key names; null for a key that is not of the journal, or is damaged. */
export function readJournalKey(key: string): JournalPlace | null {
  if (!key.startsWith(JOURNAL_PREFIX)) return null;
  const parts = key.slice(JOURNAL_PREFIX.length).split(':');
  if (parts.length !== 3) return null;
  try {
    const [tab, workspace, note] = parts.map(decodeURIComponent) as [string, string, string];
    return { tab, workspace, note };
  } catch {
    // A `%` that encodes nothing.
    return null;
  }
}

/** Those of `keys` that are entries of one workspace: they go when the workspace is deleted. */
export const journalKeysOf = (workspace: string, keys: readonly string[]): string[] =>
  keys.filter((key) => readJournalKey(key)?.workspace === workspace);
