import { computed, type ReadonlySignal, signal } from '@preact/signals';

export type Page = 'notes' | 'import' | 'map' | 'health' | 'settings';
export type Route =
  | { page: Page }
  | { page: 'note'; id: string; at: [number, number] | null; fresh: boolean };

const PAGES: readonly string[] = ['notes', 'import', 'map', 'health', 'settings'];
/** Ids come from us; anything longer is somebody's joke. */
const LONGEST_ID = 200;

/** Reads a location hash. Never throws: what it does not understand is the Notes page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  if (PAGES.includes(path)) return { page: path as Page };
  const [kind, raw, ...rest] = path.split('/');
  const id = kind === 'note' && rest.length === 0 ? decode(raw ?? '') : '';
  if (!id || id.length > LONGEST_ID) return { page: 'notes' };
  const params = new URLSearchParams(query);
  return { page: 'note', id, at: range(params.get('at')), fresh: params.has('new') };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}

function range(text: string | null): [number, number] | null {
  const match = /^(\d{1,9})-(\d{1,9})$/.exec(text ?? '');
  if (!match) return null;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return start <= end ? [start, end] : null;
}

export const pageHref = (page: Page): string => `#/${page}`;

export function noteHref(
  id: string,
  options: { at?: { start: number; end: number } | null; fresh?: boolean } = {},
): string {
  const query = options.fresh
    ? '?new'
    : options.at
      ? `?at=${options.at.start}-${options.at.end}`
      : '';
  return `#/note/${encodeURIComponent(id)}${query}`;
}

const hash = signal(globalThis.location?.hash ?? '');
globalThis.addEventListener?.('hashchange', () => {
  hash.value = location.hash;
});

export const route: ReadonlySignal<Route> = computed(() => parseRoute(hash.value));

export function go(href: string): void {
  location.hash = href.slice(1);
}

/** Changes the address without a new history entry, and without reopening anything. */
export function replaceAddress(href: string): void {
  history.replaceState(history.state, '', href);
  hash.value = href;
}
