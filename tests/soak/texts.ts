/** Notes' texts from a seed: each holds a word that no other text holds or ever held. */
const WORDS =
  'river stone winter garden letter engine market silver bridge candle forest harbour kettle lantern meadow orchard pebble quarry ribbon saddle thunder valley willow anchor basket copper dragon ember feather glacier'.split(
    ' ',
  );
const CONSONANTS = 'bdfgklmnprtvz';
const VOWELS = 'aeiou';

export type Next = () => number;

export const below = (next: Next, limit: number): number => Math.floor(next() * limit);
export const pick = <T>(next: Next, from: readonly T[]): T => from[below(next, from.length)]!;

/** Fourteen letters: so long that the search's tolerance of typos never confuses two. */
export function rareWord(next: Next): string {
  let word = '';
  for (let i = 0; i < 7; i++) word += pick(next, [...CONSONANTS]) + pick(next, [...VOWELS]);
  return word;
}

function paragraph(next: Next): string {
  const words = Array.from({ length: 5 + below(next, 30) }, () => pick(next, WORDS));
  return `${words.join(' ')}.`;
}

/** A few paragraphs, now and then many, with `word` in one of them. */
export function makeText(next: Next, word: string): string {
  const count = next() < 0.06 ? 20 + below(next, 30) : 1 + below(next, 4);
  const all = Array.from({ length: count }, () => paragraph(next));
  const at = below(next, count);
  all[at] = `${word} ${all[at]}`;
  return all.join('\n\n');
}

/** One or two paragraphs changed, added or taken away; the old word gives way to the new one. */
export function editText(next: Next, text: string, oldWord: string, word: string): string {
  const all = text.split('\n\n');
  const at = below(next, all.length);
  const dice = next();
  const fresh = paragraph(next);
  if (dice < 0.5) all[at] = fresh;
  else if (dice < 0.85) all.splice(at, 0, fresh);
  else if (all.length > 1) all.splice(at, 1);
  const kept = all.join('\n\n').replaceAll(oldWord, '').trim();
  return `${kept === '' ? fresh : kept} ${word}`;
}
