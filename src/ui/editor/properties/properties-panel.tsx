import { useMemo, useState } from 'preact/hooks';
import {
  type Property,
  type PropertyValue,
  propertiesIn,
  withProperty,
} from '../../../markdown/front-matter-edit.ts';
import { frontMatterRange } from '../../../markdown/front-matter-range.ts';
import { toast } from '../../core/toasts.tsx';
import { PropertyField } from './property-field.tsx';
import { W } from './words.ts';
import './properties.css';

interface Props {
  text: string;
  readOnly: boolean;
  /** Gives the text with one property changed. */
  onChange(text: string): void;
  /** Shows the front matter as it is written; absent where that cannot be. */
  onSource?: (() => void) | undefined;
}

/** Properties named in the folded line. */
const NAMED = 4;
/** UTF-16 units of a value in it. */
const LONGEST = 40;

/** A note's front matter: one line, and unfolded its properties as fields. */
export function PropertiesPanel({ text, readOnly, onChange, onSource }: Props) {
  const front = text.slice(0, frontMatterRange(text)?.end ?? 0);
  const { properties, oddLines } = useMemo(() => propertiesIn(front), [front]);
  const [name, setName] = useState('');
  if (front === '') return null;
  const change = (property: string, value: PropertyValue | null) => {
    const next = withProperty(text, property, value);
    if (next === null) toast(W.refused(property));
    else if (next !== text) onChange(next);
  };
  const add = (event: Event) => {
    event.preventDefault();
    const wanted = name.trim();
    if (
      wanted === '' ||
      properties.some((one) => one.name.toLowerCase() === wanted.toLowerCase())
    ) {
      return;
    }
    change(wanted, '');
    setName('');
  };
  return (
    <details class="note-properties" open={oddLines.length > 0}>
      <summary>
        {W.properties}
        <span class="quiet" dir="auto">
          {brief(properties)}
        </span>
      </summary>
      {oddLines.length > 0 && (
        <div class="odd">
          <p>{W.odd(oddLines)}</p>
          <pre>{oddSource(front, oddLines)}</pre>
        </div>
      )}
      <ul>
        {properties.map((property) => (
          <li key={`${property.line} ${property.name}`}>
            <PropertyField
              property={property}
              readOnly={readOnly}
              onChange={(value) => change(property.name, value)}
            />
          </li>
        ))}
      </ul>
      {!readOnly && (
        <form class="add-property" onSubmit={add}>
          <input
            type="text"
            dir="auto"
            aria-label={W.newName}
            value={name}
            onInput={(event) => setName(event.currentTarget.value)}
          />
          <button type="submit" class="button small">
            {W.add}
          </button>
          {onSource && (
            <button type="button" class="button small bare" onClick={onSource}>
              {W.asText}
            </button>
          )}
        </form>
      )}
    </details>
  );
}

function brief(properties: readonly Property[]): string {
  const named = properties.slice(0, NAMED).map(({ name, value }) => {
    const shown = typeof value === 'object' ? value.join(', ') : String(value);
    const line = shown.replace(/\s+/g, ' ');
    return line === ''
      ? name
      : `${name}: ${line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line}`;
  });
  const left = properties.length - named.length;
  return [...named, ...(left > 0 ? [W.more(left)] : [])].join(' · ');
}

/** The lines at fault, or all of it where they are not known. */
function oddSource(front: string, oddLines: readonly number[]): string {
  const lines = front.split('\n');
  if (oddLines[0] === 0) return lines.slice(1, -1).join('\n');
  return oddLines.map((line) => lines[line - 1] ?? '').join('\n');
}
