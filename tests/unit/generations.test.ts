import { describe, expect, it } from 'vitest';
import { type Generations, generationsFor, targetOf } from '../../src/storage/index/generations.ts';
import { generationId } from '../../src/storage/schema.ts';

const A = { gen: generationId('a'), model: 'a' };
const B = { gen: generationId('b'), model: 'b' };
const C = { gen: generationId('c'), model: 'c' };

describe('turning to another generation', () => {
  it.each<[string, Generations, typeof A, Generations]>([
    ['builds a new one beside the present one', { active: A }, B, { active: A, building: B }],
    ['stays as it is', { active: A, building: B }, B, { active: A, building: B }],
    ['goes back midway', { active: A, building: B }, A, { active: A }],
    ['takes a kept one up at once', { active: B, kept: A }, A, { active: A, kept: B }],
    [
      'keeps the kept one while a third is built',
      { active: B, kept: A },
      C,
      {
        active: B,
        building: C,
        kept: A,
      },
    ],
    [
      'takes up the kept one while a third is built',
      { active: B, building: C, kept: A },
      A,
      {
        active: A,
        kept: B,
      },
    ],
    [
      'goes back midway and still keeps',
      { active: B, building: C, kept: A },
      B,
      {
        active: B,
        kept: A,
      },
    ],
  ])('%s', (_, before, target, after) => {
    expect(generationsFor(before, target)).toEqual(after);
    expect(targetOf(after)).toEqual(target);
  });
});
