import { expect, it } from 'vitest';
import {
  JOURNAL_PREFIX,
  journalKey,
  journalKeysOf,
  readJournalKey,
} from '../../src/ui/editor/journal/keys.ts';

it('a key is read back, whatever its parts hold', () => {
  for (const [tab, workspace, note] of [
    ['t', 'w', 'n'],
    ['a:b', 'c%d:e', ' ü\n:'],
    ['', '', ''],
  ] as const) {
    expect(readJournalKey(journalKey(tab, workspace, note))).toEqual({ tab, workspace, note });
  }
  expect(journalKey('t', 'default', 'n-1')).toBe('findling-draft:t:default:n-1');
});

it('any other key is none', () => {
  for (const key of ['', 'findling-library', JOURNAL_PREFIX, `${JOURNAL_PREFIX}a:b`]) {
    expect(readJournalKey(key)).toBeNull();
  }
  expect(readJournalKey(`${JOURNAL_PREFIX}a:b:c:d`)).toBeNull();
  expect(readJournalKey(`${JOURNAL_PREFIX}a:%:c`)).toBeNull();
});

it('the entries of one workspace are found, and no others', () => {
  const mine = [journalKey('t', 'w', 'n'), journalKey('u', 'w', 'w')];
  const others = [journalKey('w', 'v', 'w'), journalKey('t', 'w:w', 'n'), 'findling-draft:w'];
  expect(journalKeysOf('w', [...others, ...mine])).toEqual(mine);
});
