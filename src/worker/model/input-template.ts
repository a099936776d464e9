import type { ModelSpec } from './models.ts';

/** What a model wants around a text's own tokens: prefix and special tokens. */
export interface InputTemplate {
  /** Tokens that are left for the text, whether query or passage. */
  room: number;
  /** A text's tokens, cut, with the prefix before and special tokens around; none for no text. */
  around(ids: readonly number[], as: 'query' | 'passage'): number[];
}

/** @param encode the model's own tokenizer, with or without its special tokens */
export function inputTemplateOf(
  { window, prefixes }: Pick<ModelSpec, 'window' | 'prefixes'>,
  encode: (text: string, special: boolean) => number[],
): InputTemplate {
  const probe = 'word';
  const alone = encode(probe, false);
  const whole = encode(probe, true);
  const at = startOf(alone, whole);
  const head = at === null ? [] : whole.slice(0, at);
  const tail = at === null ? [] : whole.slice(at + alone.length);
  const prefixOf = (text: string | undefined): number[] => (text ? encode(text.trim(), false) : []);
  const before = {
    query: [...head, ...prefixOf(prefixes?.query)],
    passage: [...head, ...prefixOf(prefixes?.passage)],
  };
  const roomFor = (as: 'query' | 'passage'): number =>
    Math.max(1, window - before[as].length - tail.length);
  return {
    room: Math.min(roomFor('query'), roomFor('passage')),
    around: (ids, as) =>
      ids.length === 0 ? [] : [...before[as], ...ids.slice(0, roomFor(as)), ...tail],
  };
}

function startOf(part: readonly number[], whole: readonly number[]): number | null {
  for (let at = 0; at + part.length <= whole.length; at++) {
    if (part.every((id, i) => whole[at + i] === id)) return at;
  }
  return null;
}
