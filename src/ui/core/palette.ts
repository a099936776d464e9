/** The colours of the map, from the design tokens as they are now. */
export interface Palette {
  clusters: string[];
  /** Notes that a search does not hit. */
  dim: string;
  hit: string;
  ink: string;
  surface: string;
  font: string;
}

/** Colours `--map-1` to `--map-8` of tokens.css. */
export const CLUSTER_COLOURS = 8;

/** Colours of the present theme for a canvas, which knows no CSS variables. */
export function readPalette(element: Element): Palette {
  const style = getComputedStyle(element);
  const token = (name: string): string => style.getPropertyValue(name).trim();
  return {
    clusters: Array.from({ length: CLUSTER_COLOURS }, (_, i) => token(`--map-${i + 1}`)),
    dim: token('--map-dim'),
    hit: token('--map-hit'),
    ink: token('--map-ink'),
    surface: token('--map-background'),
    font: style.fontFamily,
  };
}

/** Calls back whenever the tokens may have become others. */
export function watchPalette(changed: () => void): () => void {
  const queries = [
    '(prefers-color-scheme: dark)',
    '(forced-colors: active)',
    '(prefers-contrast: more)',
  ];
  const lists = queries.map((query) => matchMedia(query));
  for (const list of lists) list.addEventListener('change', changed);
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true });
  return () => {
    for (const list of lists) list.removeEventListener('change', changed);
    observer.disconnect();
  };
}
