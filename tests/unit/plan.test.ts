import { describe, expect, it } from 'vitest';
import type { Decision, Known } from '../../src/storage/notes/index.ts';
import { decide } from '../../src/ui/import/plan';

describe('decide', () => {
  const imported: Known = { importHash: 'old', importedRevision: 3, revision: 3 };
  const revised: Known = { ...imported, revision: 4 };

  it.each<[string, Known | undefined, string, Decision]>([
    ['a new path', undefined, 'x', 'create'],
    ['the same bytes', imported, 'old', 'unchanged'],
    ['a changed file', imported, 'new', 'update'],
    ['a changed note', revised, 'old', 'keep-app'],
    ['both changed', revised, 'new', 'conflict'],
    ['a note never imported', { revision: 1 }, 'x', 'conflict'],
  ])('%s', (_name, known, fileHash, decision) => {
    expect(decide(known, fileHash)).toBe(decision);
  });
});
