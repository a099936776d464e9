import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { PassageHit } from '../../protocol.ts';
import { Marked } from '../parts/marked.tsx';
import { S, shown } from '../strings.ts';
import type { Choice } from './choices.ts';
import { withoutMarkup } from './without-markup.ts';

interface Props {
  choices: Choice[];
  chosen: number;
  busy: boolean;
  /** Of the list; an option's is this with `-` and its number, for aria-activedescendant. */
  id: string;
  onChoose(at: number): void;
  onOpen(choice: Choice, event: MouseEvent): void;
}

export function SearchResults({ choices, chosen, busy, id, onChoose, onOpen }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    list.current?.children[chosen]?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={S.results} aria-busy={busy}>
      {choices.map((choice, i) => (
        // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant, as in the ARIA combobox pattern
        // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
        <div
          // Not by its note: from one key to the next most of them change, and a row is dear to make.
          key={i}
          id={`${id}-${i}`}
          role="option"
          aria-selected={i === chosen}
          class="option"
          onPointerMove={() => onChoose(i)}
          onClick={(event) => onOpen(choice, event)}
        >
          <Option choice={choice} />
        </div>
      ))}
    </div>
  );
}

function Option({ choice: { title, place, why, passage } }: { choice: Choice }) {
  return (
    <>
      <div class="option-title" dir="auto">
        {shown(title)}
      </div>
      <div class="option-place quiet" dir="auto">
        {place}
      </div>
      {passage && (
        <div class="option-text" dir="auto">
          <PlainMarked text={passage.text} marks={passage.marks} />
        </div>
      )}
      {why.length > 0 && (
        <div class="option-why quiet">{why.map((one) => S.why[one]).join(' · ')}</div>
      )}
    </>
  );
}

function PlainMarked({ text, marks }: Pick<PassageHit, 'text' | 'marks'>) {
  // Not anew for every move of the pointer over the list.
  const plain = useMemo(() => withoutMarkup(text), [text]);
  const moved = marks.map(([from, to]): [number, number] => [plain.at(from), plain.at(to)]);
  return <Marked text={plain.text} marks={moved} />;
}
