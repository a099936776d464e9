import { useLayoutEffect, useRef } from 'preact/hooks';
import { shown } from '../core/strings.ts';
import type { Choice } from './choices.ts';
import { Marked } from './marked.tsx';
import { W } from './words.ts';

interface Props {
  choices: Choice[];
  chosen: number;
  busy: boolean;
  /** Of the list; an option's is this with `-` and its number, for aria-activedescendant. */
  id: string;
  onChoose(choice: Choice): void;
  onOpen(choice: Choice, event: MouseEvent): void;
}

/** A click so near to where the button went down is no dragging, CSS pixels. */
const STILL_PX = 8;

/** Where the pointer was last; not a number before it was anywhere. */
let pointer = { x: Number.NaN, y: Number.NaN };
let moved = false;
/**
 * When rows change under a pointer that rests, the browser sends a move, too: that is nobody's
 * choice. Ahead of the rows, which ask for it.
 */
globalThis.addEventListener?.(
  'pointermove',
  ({ clientX: x, clientY: y, movementX, movementY }) => {
    moved = Number.isNaN(pointer.x)
      ? movementX !== 0 || movementY !== 0
      : x !== pointer.x || y !== pointer.y;
    pointer = { x, y };
  },
  { capture: true, passive: true },
);

interface Press {
  choice: Choice;
  x: number;
  y: number;
}

/** The listbox "Results"; the combobox has the focus and the keys. */
export function SearchResults({ choices, chosen, busy, id, onChoose, onOpen }: Props) {
  const list = useRef<HTMLDivElement>(null);
  const press = useRef<Press | null>(null);
  // The list may change, or become shorter, between pressing and letting go.
  const clicked = (event: MouseEvent, choice: Choice | null) => {
    event.stopPropagation();
    const pressed = press.current;
    press.current = null;
    const still =
      pressed && Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) <= STILL_PX;
    const wanted = still ? pressed.choice : choice;
    if (wanted) onOpen(wanted, event);
  };
  useLayoutEffect(() => {
    list.current?.children[chosen]?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
    <div
      ref={list}
      id={id}
      role="listbox"
      aria-label={W.results}
      aria-busy={busy}
      onClick={(event) => clicked(event, null)}
    >
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
          onPointerMove={() => moved && onChoose(choice)}
          onPointerDown={(event) => {
            press.current = { choice, x: event.clientX, y: event.clientY };
          }}
          onClick={(event) => clicked(event, choice)}
        >
          <Option choice={choice} />
        </div>
      ))}
    </div>
  );
}

/** Why a note is a result, in words. */
function reasons({ why, passage }: Choice): string {
  const place = passage?.place;
  const others = place ? why.filter((one) => one !== 'words') : why;
  return [...(place ? [W.whyPlace[place]] : []), ...others.map((one) => W.why[one])].join(' · ');
}

function Option({ choice }: { choice: Choice }) {
  const { title, titleMarks, called, place, placeMarks, passage } = choice;
  const why = reasons(choice);
  return (
    <>
      <div class="option-title" dir="auto">
        {title.trim() ? <Marked text={title} marks={titleMarks} /> : shown(title)}
      </div>
      {called && (
        <div class="option-called">
          <span class="quiet">{W.called[called.kind]}</span>{' '}
          <bdi>
            <Marked text={called.text} marks={called.marks} />
          </bdi>
        </div>
      )}
      <div class="option-place quiet" dir="auto">
        <Marked text={place} marks={placeMarks} />
      </div>
      {passage && (
        <div class="option-text" dir="auto">
          <Marked text={passage.text} marks={passage.marks} />
        </div>
      )}
      {why && <div class="option-why quiet">{why}</div>}
    </>
  );
}
