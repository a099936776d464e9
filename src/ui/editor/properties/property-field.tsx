import { useState } from 'preact/hooks';
import type { Property, PropertyValue } from '../../../markdown/front-matter-edit.ts';
import { W } from './words.ts';

interface Props {
  property: Property;
  readOnly: boolean;
  /** `null` removes it. */
  onChange(value: PropertyValue | null): void;
}

/** One property: a field for its kind, or what it says where it is left alone. */
export function PropertyField({ property, readOnly, onChange }: Props) {
  const { name, kind, value } = property;
  return (
    <>
      <span class="property-name" dir="auto">
        {name}
      </span>
      <Value property={property} readOnly={readOnly} onChange={onChange} />
      {!readOnly && (kind !== 'other' || value === '') && (
        <button
          type="button"
          class="icon-button"
          aria-label={W.remove(name)}
          title={W.remove(name)}
          onClick={() => onChange(null)}
        >
          ×
        </button>
      )}
    </>
  );
}

function Value({ property, readOnly, onChange }: Props) {
  const { name, kind, value } = property;
  if (kind === 'other') {
    return <pre title={W.textOnly}>{String(value)}</pre>;
  }
  if (typeof value === 'object') {
    return <List name={name} values={value} readOnly={readOnly} onChange={onChange} />;
  }
  if (typeof value === 'boolean') {
    return (
      <input
        type="checkbox"
        aria-label={name}
        checked={value}
        disabled={readOnly}
        onClick={() => onChange(!value)}
      />
    );
  }
  const isDay = kind === 'date' && value.length === 10;
  return (
    <input
      key={value}
      type={(kind === 'number' ? 'number' : isDay ? 'date' : 'text') as 'text'}
      step={kind === 'number' ? 'any' : undefined}
      dir="auto"
      aria-label={name}
      defaultValue={value}
      readOnly={readOnly}
      onChange={(event) => {
        const field = event.currentTarget;
        // What is no number or no day has no value here.
        if (field.validity.badInput) field.value = value;
        else if (field.value !== value) onChange(field.value);
      }}
    />
  );
}

interface ListProps {
  name: string;
  values: readonly string[];
  readOnly: boolean;
  onChange(values: readonly string[]): void;
}

function List({ name, values, readOnly, onChange }: ListProps) {
  const [typed, setTyped] = useState('');
  const add = () => {
    const value = typed.trim();
    setTyped('');
    if (value !== '') onChange([...values, value]);
  };
  return (
    <span class="property-list">
      {values.map((value, i) => (
        <span class="chip" key={`${i} ${value}`}>
          <bdi>{value}</bdi>
          {!readOnly && (
            <button
              type="button"
              aria-label={W.removeFrom(value, name)}
              onClick={() => onChange(values.filter((_, at) => at !== i))}
            >
              ×
            </button>
          )}
        </span>
      ))}
      {!readOnly && (
        <input
          type="text"
          dir="auto"
          aria-label={W.addTo(name)}
          placeholder="+"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter') return;
            event.preventDefault();
            add();
          }}
          onBlur={add}
        />
      )}
    </span>
  );
}
