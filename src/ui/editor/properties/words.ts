import { n } from '../../core/strings.ts';

/** Words of a note's properties: fetched with them. */
export const W = {
  properties: 'Properties',
  more: (count: number) => `+${n(count)}`,
  remove: (name: string) => `Remove ${name}`,
  removeFrom: (value: string, name: string) => `Remove ${value} from ${name}`,
  addTo: (name: string) => `Add to ${name}`,
  newName: 'Name of a new property',
  add: 'Add property',
  asText: 'Edit as text',
  textOnly: 'Can be changed in the text only.',
  refused: (name: string) => `“${name}” cannot be changed here. It can be in the text.`,
  odd: (lines: readonly number[]) =>
    lines[0] === 0
      ? 'Part of this is not YAML. It is kept as it is.'
      : `Not YAML, and kept as it is: line ${lines.slice(0, 20).map(n).join(', ')}.`,
} as const;
