/** Line icons on a 20-unit grid; always beside a text or inside a named control. */
const PATHS = {
  notes:
    'M5 3h10a1 1 0 0 1 1 1v12a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V4a1 1 0 0 1 1-1Zm2.5 4h5m-5 3.5h5m-5 3.5h3',
  import: 'M10 3v9m-3.5-3.5L10 12l3.5-3.5M4 13v3a1 1 0 0 0 1 1h10a1 1 0 0 0 1-1v-3',
  map: 'M7.5 4 3 6v10l4.5-2 5 2 4.5-2V4l-4.5 2-5-2Zm0 0v10m5-8v10',
  health: 'M2.5 10.5h3.2l2-5 3.6 9.5 2.2-4.5h4',
  settings: 'M3 6h7m4 0h3M3 14h3m4 0h7M12 4v4M8 12v4',
  search: 'M9 4a5 5 0 1 1 0 10A5 5 0 0 1 9 4Zm3.7 8.7L17 17',
  plus: 'M10 4v12M4 10h12',
  pin: 'M7.5 3h5l-.6 5.2 2.6 2.8H5.5l2.6-2.8L7.5 3ZM10 11v6',
} as const;

export type IconName = keyof typeof PATHS;

/** Decoration: the control around it carries the name. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="glyph" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <path
        d={PATHS[name]}
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}
