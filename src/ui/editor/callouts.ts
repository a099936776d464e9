export type Tone = 'calm' | 'good' | 'careful' | 'bad' | 'plain';

const TONES: Record<Exclude<Tone, 'plain'>, string> = {
  calm: 'note info todo abstract summary tldr important question help faq',
  good: 'tip hint success check done',
  careful: 'warning caution attention',
  bad: 'danger error bug failure fail missing',
};
const TONE_OF = new Map(
  Object.entries(TONES).flatMap(([tone, kinds]) =>
    kinds.split(' ').map((kind) => [kind, tone as Tone] as const),
  ),
);

/** How a callout of some kind is shown; its name is the note's own word. */
export function calloutOf(kind: string): { tone: Tone; label: string } {
  const [first = '', ...rest] = kind;
  return { tone: TONE_OF.get(kind) ?? 'plain', label: first.toUpperCase() + rest.join('') };
}
