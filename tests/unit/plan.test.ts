import { describe, expect, it } from 'vitest';
import { type Decision, decide, type Known } from '../../src/ui/import/plan';

describe('decide', () => {
  const imported: Known = { importHash: 'old', importedRevision: 3, revision: 3 };
  const revised: Known = { ...imported, revision: 4, currentHash: 'mine' };

  it.each<[string, Known | undefined, string, Decision]>([
    ['a new path', undefined, 'x', 'create'],
    ['the same bytes', imported, 'old', 'unchanged'],
    ['a changed file', imported, 'new', 'update'],
    ['a changed note', revised, 'old', 'keep-app'],
    ['both changed', revised, 'new', 'conflict'],
    ['both changed to the same', revised, 'mine', 'unchanged'],
    [
      'a file changed to the same as the note',
      { ...imported, currentHash: 'new' },
      'new',
      'unchanged',
    ],
    ['a note never imported', { revision: 1 }, 'x', 'conflict'],
    ['a note never imported, same text', { revision: 1, currentHash: 'x' }, 'x', 'unchanged'],
  ])('%s', (_name, known, fileHash, decision) => {
    expect(decide(known, fileHash)).toBe(decision);
  });

  it('changes nothing on a second import after any decision is carried out', () => {
    expect(
      decide({ importHash: 'x', importedRevision: 0, revision: 0, currentHash: 'x' }, 'x'),
    ).toBe('unchanged');
  });
});
