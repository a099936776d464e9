import { effect, signal } from '@preact/signals';
import { recall, remember } from './web-storage.ts';

/** What may be chosen about the look. */
export const APPEARANCE = {
  theme: ['system', 'light', 'dark', 'contrast'],
  textSize: ['small', 'normal', 'large', 'larger'],
  density: ['comfortable', 'compact'],
  /** `browser`, or a language tag. */
  dates: ['browser', 'de', 'en-GB', 'en-US', 'es', 'fr', 'it', 'ja', 'nl', 'pl', 'pt', 'sv'],
} as const;

export type Aspect = keyof typeof APPEARANCE;

/** Values without a choice. */
const USUAL: Record<Aspect, string> = {
  theme: 'system',
  textSize: 'normal',
  density: 'comfortable',
  dates: 'browser',
};
/** All that may be chosen. */
const ASPECTS = Object.keys(APPEARANCE) as Aspect[];

const keyOf = (aspect: Aspect): string => `findling-${aspect}`;

/** As last chosen here; localStorage, since it is known before the first paint. */
function stored(aspect: Aspect): string {
  const value = recall('local', keyOf(aspect));
  return value && isValue(aspect, value) ? value : USUAL[aspect];
}

/** Whether a stored value is one that may be chosen: another version may know others. */
export const isValue = (aspect: Aspect, value: string): boolean =>
  (APPEARANCE[aspect] as readonly string[]).includes(value);

const read = () =>
  Object.fromEntries(ASPECTS.map((aspect) => [aspect, stored(aspect)])) as Record<Aspect, string>;

export const appearance = signal(read());

/** One rem now, px: the browser's own size of text, times the chosen one. */
export const rem = signal(16);

/** Shown at once, and kept for all workspaces of this browser. */
export function chooseAppearance(aspect: Aspect, value: string): void {
  appearance.value = { ...appearance.peek(), [aspect]: value };
  remember('local', keyOf(aspect), value);
}

/** The language that dates are written in; undefined: the browser's. */
export const dateLanguage = (): string | undefined => {
  const { dates } = appearance.value;
  return dates === USUAL.dates ? undefined : dates;
};

/** Before the first paint: tokens.css goes by the attributes. */
export function showAppearance(): void {
  const root = document.documentElement;
  const contrast = matchMedia('(prefers-contrast: more)');
  const show = (): void => {
    const { theme, textSize, density } = appearance.value;
    // Who asks the system for more contrast gets ours too, unless they chose otherwise here.
    root.dataset.theme = theme === 'system' && contrast.matches ? 'contrast' : theme;
    root.dataset.textSize = textSize;
    root.dataset.density = density;
    rem.value = Number.parseFloat(getComputedStyle(root).fontSize) || 16;
  };
  effect(show);
  contrast.addEventListener('change', show);
  // Chosen in another tab.
  addEventListener('storage', () => {
    appearance.value = read();
  });
}
