import { segmentsOf } from '../segments.ts';
import type { Range } from './grammar.ts';

/**
 * Where a sentence ends in languages with spaces; without a space behind it, it is part of a sign, a
 * name or a number: `[!note]`, `![[note]]`, `Node.js`. A full stop of Chinese or Japanese has none.
 */
const NO_END = /[.!?](?:[\p{P}\p{S}]*|\p{Ps}+\s*)$/u;

/** The sentences of a text as it is read, in order, without a gap. UTF-16 units. Linear. */
export function* sentencesOf(text: string): Generator<Range> {
  let from = 0;
  for (const { index, segment } of segmentsOf(text, 'sentence')) {
    const to = index + segment.length;
    if (to < text.length && NO_END.test(segment.slice(-10))) continue;
    yield { from, to };
    from = to;
  }
}
