import { computed, type ReadonlySignal, signal } from '@preact/signals';

/** Their names stand in addresses. What each is: shell/pages.tsx. */
const PAGES = ['notes', 'import', 'map', 'health', 'settings', 'deleted'] as const;
export type Page = (typeof PAGES)[number];
export type Sort = 'modified' | 'created' | 'title';
/** What of the list is shown, and in which order. */
export interface ListChoice {
  folder?: string;
  tag?: string;
  sort?: Sort;
}
export interface NoteRoute {
  page: 'note';
  id: string;
  at: [number, number] | null;
  fresh: boolean;
  /** Of a note still to be written. */
  title?: string;
  /** Shown to be read, not written. */
  read?: boolean;
  /** A heading or a block of it that is to be shown. */
  to?: string;
}
/** What the map lights, and whether it is shown in words. */
export interface MapChoice {
  query?: string;
  list?: boolean;
}
export type Route = { page: Page; list?: ListChoice; map?: MapChoice } | NoteRoute;

const isPage = (name: string): name is Page => (PAGES as readonly string[]).includes(name);
/** Longest id taken from an address, UTF-16 units; ours are 36. */
const LONGEST_ID = 200;
/** Longest title, heading or query taken from an address, UTF-16 units. */
const LONGEST_TITLE = 500;
/** Orders that an address may name. */
const SORTS: readonly string[] = ['modified', 'created', 'title'];

/** Reads a location hash. Never throws: what it does not understand is the Notes page. */
export function parseRoute(hash: string): Route {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?', 2);
  if (isPage(path)) {
    if (!query) return { page: path };
    const params = new URLSearchParams(query);
    if (path === 'notes') return { page: path, list: listChoice(params) };
    if (path === 'map') return { page: path, map: mapChoice(params) };
    return { page: path };
  }
  const [kind, raw, ...rest] = path.split('/');
  const id = kind === 'note' && rest.length === 0 ? decode(raw ?? '') : '';
  if (!id || id.length > LONGEST_ID) return { page: 'notes' };
  const params = new URLSearchParams(query);
  return {
    page: 'note',
    id,
    at: range(params.get('at')),
    fresh: params.has('new'),
    title: params.get('title')?.slice(0, LONGEST_TITLE) || undefined,
    read: params.has('read') || undefined,
    to: params.get('to')?.slice(0, LONGEST_TITLE) || undefined,
  };
}

function listChoice(params: URLSearchParams): ListChoice {
  const sort = params.get('sort') ?? '';
  return {
    folder: params.get('folder') ?? undefined,
    tag: params.get('tag') ?? undefined,
    sort: SORTS.includes(sort) ? (sort as Sort) : undefined,
  };
}

const mapChoice = (params: URLSearchParams): MapChoice => ({
  query: params.get('q')?.slice(0, LONGEST_TITLE) || undefined,
  list: params.has('list') || undefined,
});

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

/** Address of a page, as a URL hash. */
export const pageHref = (page: Page): string => `#/${page}`;

/** Address of the list; the usual order is left out. */
export function listHref({ folder, tag, sort }: ListChoice): string {
  const params = new URLSearchParams();
  if (folder !== undefined) params.set('folder', folder);
  if (tag !== undefined) params.set('tag', tag);
  if (sort && sort !== 'modified') params.set('sort', sort);
  const query = params.toString();
  return query ? `#/notes?${query}` : '#/notes';
}

/** Address of the map, or of the same as a list. */
export function mapHref({ query, list }: MapChoice): string {
  const params = new URLSearchParams();
  if (query) params.set('q', query);
  if (list) params.set('list', '');
  const text = params.toString();
  return text ? `#/map?${text}` : '#/map';
}

/**
 * Address of a note.
 * @param options.at passage to show, UTF-16 units; `to`: heading or block to show; `fresh`: nothing
 *   is stored yet
 */
export function noteHref(
  id: string,
  options: {
    at?: { start: number; end: number } | null;
    fresh?: boolean;
    title?: string;
    read?: boolean;
    to?: string;
  } = {},
): string {
  const title = options.title ? `&title=${encodeURIComponent(options.title)}` : '';
  const to = options.to ? `to=${encodeURIComponent(options.to)}` : '';
  const query = options.fresh
    ? `?new${title}`
    : options.at
      ? `?at=${options.at.start}-${options.at.end}`
      : options.read
        ? `?read${to && `&${to}`}`
        : to && `?${to}`;
  return `#/note/${encodeURIComponent(id)}${query}`;
}

const hash = signal(globalThis.location?.hash ?? '');
globalThis.addEventListener?.('hashchange', () => {
  hash.value = location.hash;
});

export const route: ReadonlySignal<Route> = computed(() => parseRoute(hash.value));

/**
 * Opens a page at once: the browser's event comes late, and keys pressed until then would be lost.
 */
export function go(href: string): void {
  location.hash = href.slice(1);
  hash.value = location.hash;
}

/** Changes the address without a new history entry, and without reopening anything. */
export function replaceAddress(href: string): void {
  history.replaceState(history.state, '', href);
  hash.value = href;
}
