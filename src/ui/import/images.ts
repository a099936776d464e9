/** Images that lie in an imported folder and are shown by its notes. */
import { fileTarget } from '../editor/links.ts';
import type { Source } from './source.ts';

/** By extension. */
const TYPES: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  avif: 'image/avif',
};

/** By its ending; null for what is no image that is kept. */
const typeOf = (path: string): string | null =>
  TYPES[/\.([a-z]+)$/i.exec(path)?.[1]?.toLowerCase() ?? ''] ?? null;

/** The path that an image's address names, seen from a note's; null for one elsewhere. */
function imagePath(note: string, address: string): string | null {
  const target = fileTarget(address.replace(/^<|>$/g, '')).replace(/[?#].*$/, '');
  if (target === '') return null;
  const folders = note.split('/').slice(0, -1);
  // From the top: that of the folder that was picked.
  const parts = /^[/\\]/.test(target) ? folders.slice(0, 1) : folders;
  for (const part of target.split(/[/\\]/)) {
    if (part === '..') {
      if (parts.length === 0) return null;
      parts.pop();
    } else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/');
}

export interface PickedImages {
  isOne(source: Source): boolean;
  /** Keeps what a note shows; gives its text with the images' own addresses. */
  keptIn(text: string, note: string): Promise<string>;
  wasKept(path: string): boolean;
  count(): number;
}

/**
 * @param keep stores an image; gives its address, or null where it cannot be one
 */
export function pickedImages(
  sources: readonly Source[],
  keep: (file: File, type: string) => Promise<string | null>,
): PickedImages {
  const images = new Map<string, { file: File; type: string }>();
  for (const { path, file } of sources) {
    const type = typeOf(path);
    if (type) images.set(path, { file, type });
  }
  /** By path: several notes may show the same. */
  const kept = new Map<string, Promise<string | null>>();
  const addresses = new Map<string, string>();
  const addressOf = async (path: string): Promise<string | null> => {
    const image = images.get(path);
    if (!image) return null;
    const known = kept.get(path) ?? keep(image.file, image.type);
    kept.set(path, known);
    const address = await known;
    if (address) addresses.set(path, address);
    return address;
  };
  return {
    isOne: ({ path }) => images.has(path),
    async keptIn(text, note) {
      if (images.size === 0 || !text.includes('![')) return text;
      let written = '';
      let at = 0;
      for (const [from, to] of await imageAddresses(text)) {
        const path = imagePath(note, text.slice(from, to));
        const address = path === null ? null : await addressOf(path);
        if (address === null) continue;
        written += text.slice(at, from) + address;
        at = to;
      }
      return written + text.slice(at);
    },
    wasKept: (path) => addresses.has(path),
    count: () => addresses.size,
  };
}

/** Where the addresses of a Markdown text's images stand, in order, each once; none within code. */
async function imageAddresses(text: string): Promise<[from: number, to: number][]> {
  const [{ parse }, { linksOf }] = await Promise.all([
    import('../../markdown/document.ts'),
    import('../../markdown/links.ts'),
  ]);
  const found = new Map<number, number>();
  for (const { kind, targetRange: range } of linksOf(parse(text))) {
    // Several may name one definition.
    if (kind === 'image' && range.to > range.from) found.set(range.from, range.to);
  }
  return [...found].sort(([a], [b]) => a - b);
}
