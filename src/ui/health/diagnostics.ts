import { bytes } from '../core/format.ts';
import type { RecentError } from '../core/recent-errors.ts';

export interface Diagnostics {
  version: string;
  build: string;
  /** Epoch ms. */
  at: number;
  /** What the browser says of itself and the device. */
  browser: [name: string, value: string | number | boolean][];
  status: string;
  /** The numbers of the Health page. */
  numbers: [name: string, value: string | number][];
  storage: [name: string, bytes: number][];
  errors: readonly RecentError[];
}

/**
 * What may help somebody else to find a fault, as plain text. Nothing of a note may come in: no
 * text, title, path or tag, and no name of a workspace.
 */
export function diagnosticsText(facts: Diagnostics): string {
  const when = (at: number): string => new Date(at).toISOString();
  const lines = (rows: readonly (readonly [string, unknown])[]): string[] =>
    rows.map(([name, value]) => `${name}: ${value === '' ? '-' : value}`);
  return [
    `Findling ${facts.version}, build ${facts.build}`,
    when(facts.at),
    '',
    ...lines(facts.browser),
    '',
    `Status: ${facts.status}`,
    ...lines(facts.numbers),
    '',
    ...lines(facts.storage.map(([name, size]) => [name, bytes(size)] as const)),
    '',
    facts.errors.length === 0 ? 'No errors since this page was opened.' : 'Recent errors:',
    ...facts.errors.map(
      ({ at, name, where, times }) =>
        `${when(at)} ${name}${where && ` at ${where}`}${times > 1 ? `, ${times} times` : ''}`,
    ),
    '',
  ].join('\n');
}
