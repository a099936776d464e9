import { describe, expect, it } from 'vitest';
import { nearlySame } from '../../src/worker/search/duplicates.ts';
import { KeywordIndex } from '../../src/worker/search/keyword.ts';
import { random } from '../random.ts';

const words = (seed: number, count: number): string[] => {
  const next = random(seed);
  return Array.from({ length: count }, () => `w${Math.floor(next() * 5_000)}`);
};

function groupsOf(texts: Record<string, string>): Promise<string[][]> {
  const index = new KeywordIndex();
  for (const [id, text] of Object.entries(texts)) index.set({ id, title: '', text });
  return nearlySame(index.allTerms());
}

describe('nearlySame', () => {
  it('groups what shares nine terms of ten, in any order, and nothing else', async () => {
    const long = words(1, 200);
    const edited = [...long.slice(0, 195), 'brand', 'new', 'closing', 'words', 'here'];
    const half = [...long.slice(0, 100), ...words(2, 100)];
    const groups = await groupsOf({
      a: long.join(' '),
      other: words(3, 200).join(' '),
      edited: edited.reverse().join(' '),
      half: half.join(' '),
      copy: long.join('\n'),
    });
    expect(groups).toEqual([['a', 'edited', 'copy']]);
  });

  it('takes short notes for the same only when they are, and empty ones never', async () => {
    const groups = await groupsOf({
      milk: 'buy milk and oat bread',
      beer: 'buy beer and oat bread',
      again: 'Buy milk and oat bread!',
      more: 'buy milk milk milk and oat bread',
      empty: '',
      blank: '  ',
    });
    expect(groups).toEqual([['milk', 'again']]);
  });

  it('finds every copy among many notes, and pauses', async () => {
    const texts: Record<string, string> = {};
    for (let i = 0; i < 600; i++) texts[`n${i}`] = words(100 + i, 120).join(' ');
    for (let i = 0; i < 600; i += 6) texts[`copy${i}`] = `${texts[`n${i}`]} one more`;
    const index = new KeywordIndex();
    for (const [id, text] of Object.entries(texts)) index.set({ id, title: '', text });
    let paused = 0;
    const groups = await nearlySame(index.allTerms(), async () => void paused++);
    expect(groups.map(([note, copy]) => [note, copy])).toEqual(
      Array.from({ length: 100 }, (_, i) => [`n${6 * i}`, `copy${6 * i}`]),
    );
    expect(paused).toBeGreaterThan(5);
  });
});
