import { useEffect, useState } from 'preact/hooks';
import type { PassageHit } from '../../protocol.ts';
import { useApp } from '../core/context.ts';
import { shown } from '../core/strings.ts';
import type { Choice } from './choices.ts';
import { Marked } from './marked.tsx';
import { type PassageView, passageView } from './passage-view.ts';
import { withoutMarkup } from './without-markup.ts';

/**
 * The chosen result's passage with the text around it. For the eyes only: who listens has heard the
 * passage with the option, and nothing in here can be acted on.
 */
export function Preview({ choice }: { choice: Choice }) {
  const seen = useView(choice);
  if (!seen) return <div class="preview" aria-hidden="true" />;
  const { title, place, view } = seen;
  const [start, end] = view.passage;
  const marks = view.marks.map(([a, b]): [number, number] => [a - start, b - start]);
  return (
    <div class="preview" aria-hidden="true">
      <p class="preview-title" dir="auto">
        {shown(title)}
      </p>
      <p class="preview-place quiet" dir="auto">
        {place}
      </p>
      <div class="preview-text" dir="auto">
        <span class="quiet">
          {view.cut[0] && '… '}
          {view.text.slice(0, start)}
        </span>
        <Marked text={view.text.slice(start, end)} marks={marks} />
        <span class="quiet">{view.text.slice(end)}</span>
      </div>
    </div>
  );
}

function plainView(noteText: string, hit: PassageHit | null): PassageView {
  const { passage, marks, ...view } = passageView(noteText, hit);
  const { text, at } = withoutMarkup(view.text);
  const moved = ([a, b]: [number, number]): [number, number] => [at(a), at(b)];
  return { ...view, text, passage: moved(passage), marks: marks.map(moved) };
}

/** The former one stays in sight until the note of the next is read. */
function useView(choice: Choice): (Choice & { view: PassageView }) | null {
  const { notes } = useApp();
  const [seen, setSeen] = useState<(Choice & { view: PassageView }) | null>(null);
  const { id, passage } = choice;
  useEffect(() => {
    let wanted = true;
    notes.get(id).then(
      (note) => {
        if (wanted) setSeen(note ? { ...choice, view: plainView(note.text, passage) } : null);
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
