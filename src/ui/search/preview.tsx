import { useEffect, useState } from 'preact/hooks';
import { useApp } from '../core/context.ts';
import { shown } from '../core/strings.ts';
import type { Choice } from './choices.ts';
import { Marked } from './marked.tsx';
import { type PassageView, passageView } from './passage-view.ts';
import { W } from './words.ts';

/**
 * The chosen result's passage with the text around it. For the eyes only: who listens has heard the
 * passage with the option, and nothing in here can be acted on.
 */
export function Preview({ choice }: { choice: Choice }) {
  const seen = useView(choice);
  if (!seen) return <div class="preview" aria-hidden="true" />;
  const { title, titleMarks, place, placeMarks, passage, view } = seen;
  const [start, end] = view.passage;
  const part = (from: number, to: number) => (
    <Marked text={view.text.slice(from, to)} marks={marksWithin(view.marks, from, to)} />
  );
  return (
    <div class="preview" aria-hidden="true">
      <p class="preview-title" dir="auto">
        {title.trim() ? <Marked text={title} marks={titleMarks} /> : shown(title)}
      </p>
      <p class="preview-place quiet" dir="auto">
        <Marked text={place} marks={placeMarks} />
      </p>
      {passage?.place && passage.place !== 'heading' && (
        <p class="preview-aside" dir="auto">
          {W.whyPlace[passage.place]}: <Marked text={passage.text} marks={passage.marks} />
        </p>
      )}
      <div class="preview-text" dir="auto">
        <span class="quiet">
          {view.cut[0] && '… '}
          {part(0, start)}
        </span>
        {part(start, end)}
        <span class="quiet">{part(end, view.text.length)}</span>
      </div>
    </div>
  );
}

/** Of a longer note only what is round the passage is read, UTF-16 units. */
const LONGEST_READ = 200_000;
const BEFORE = 1_000;
const BEHIND = 5_000;

/** Those marks that lie in a part of a text, as that part counts. */
const marksWithin = (
  marks: readonly [number, number][],
  from: number,
  to: number,
): [number, number][] =>
  marks.filter(([a, b]) => a >= from && b <= to).map(([a, b]) => [a - from, b - from]);

/** Of the note as it is read, with every word marked that was found. */
async function plainView(noteText: string, { passage: hit, terms }: Choice): Promise<PassageView> {
  const [{ parse }, { plainText }, { marksIn }] = await Promise.all([
    import('../../markdown/document.ts'),
    import('../../markdown/plain-text.ts'),
    import('../../words/marks.ts'),
  ]);
  const isLong = noteText.length > LONGEST_READ;
  const start = hit?.start ?? 0;
  // From the beginning of a line.
  const from = isLong ? noteText.lastIndexOf('\n', Math.max(0, start - BEFORE)) + 1 : 0;
  const to = isLong ? start + BEHIND : noteText.length;
  const plain = plainText(parse(noteText.slice(from, to)));
  const { cut, ...view } = passageView(
    plain.text,
    hit && { ...hit, start: plain.toPlain(start - from), end: plain.toPlain(hit.end - from) },
  );
  const words = marksIn(view.text, new Set(terms));
  return {
    ...view,
    // None: it is here for its meaning, and a sentence is marked.
    marks: words.length > 0 ? words : view.marks,
    cut: [cut[0] || from > 0, cut[1] || to < noteText.length],
  };
}

/** The former one stays in sight until the note of the next is read. */
function useView(choice: Choice): (Choice & { view: PassageView }) | null {
  const { notes } = useApp();
  const [seen, setSeen] = useState<(Choice & { view: PassageView }) | null>(null);
  const { id, passage } = choice;
  useEffect(() => {
    let wanted = true;
    const read = async (): Promise<(Choice & { view: PassageView }) | null> => {
      const note = await notes.get(id);
      return note ? { ...choice, view: await plainView(note.text, choice) } : null;
    };
    read().then(
      (view) => {
        if (wanted) setSeen(view);
      },
      // What cannot be read here is told where it is opened.
      () => wanted && setSeen(null),
    );
    return () => {
      wanted = false;
    };
  }, [id, passage]);
  return seen;
}
