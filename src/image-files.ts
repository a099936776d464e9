/**
 * THE place that says which files are images that a note may show. Shown as an image, none can run
 * anything: neither can SVG there, nor fetch anything.
 */

const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
  bmp: 'image/bmp',
  svg: 'image/svg+xml',
};

/** MIME types of such images. */
export const IMAGE_TYPES: ReadonlySet<string> = new Set(Object.values(TYPES));

/** The MIME type of an image by its path's ending; null for what is no image that is kept. */
export const imageTypeOf = (path: string): string | null =>
  TYPES[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''] ?? null;

/** The ending of an image's file, without the dot; '' for another type. */
export const endingOf = (type: string): string =>
  IMAGE_TYPES.has(type)
    ? type.replace('image/', '').replace('jpeg', 'jpg').replace('svg+xml', 'svg')
    : '';
