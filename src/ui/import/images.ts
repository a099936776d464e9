/** Images that lie in an imported folder and are shown by its notes. */
import { type FileFinder, fileFinder } from '../../file-paths.ts';
import { imageTypeOf } from '../../image-files.ts';
import type { ImportedFile, KeptFile } from '../../storage/notes/index.ts';
import type { Source } from './source.ts';

type ShownImages = NonNullable<ImportedFile['images']>;

export interface PickedImages {
  isOne(source: Source): boolean;
  /** Takes in what a note's text shows. @returns what of it is kept, in the order of the text */
  takeIn(text: string, note: string): Promise<ShownImages>;
  /** Takes in what was taken in before and has other bytes now, whether or not it is shown. */
  refresh(): Promise<void>;
  /** Whether there is one that was never taken in. */
  hasNew(): boolean;
  wasKept(path: string): boolean;
  /** How many were taken in. */
  count(): number;
}

export interface ImageDeps {
  /** Stores an image; gives the attachment's id, or null where it cannot be one. */
  keep(file: File, type: string, path: string): Promise<string | null>;
  /** Images that were taken in before. */
  known: readonly KeptFile[];
  /** Known ones are read, too, though their size and time are as they were. */
  checkAll?: boolean;
}

interface Picked {
  path: string;
  source?: { file: File; type: string };
  /** As it was taken in before. */
  known?: KeptFile;
}

const isAsKnown = ({ source, known }: Picked): boolean =>
  known !== undefined &&
  (!source || (known.size === source.file.size && known.time === source.file.lastModified));

/** The images among some files, which the notes among them show. */
export function pickedImages(sources: readonly Source[], deps: ImageDeps): PickedImages {
  const { keep, known, checkAll = false } = deps;
  const all = new Map<string, Picked>(
    known.map((file) => [file.path, { path: file.path, known: file }]),
  );
  const picked = new Map<string, Picked>();
  for (const { path, file, unread } of sources) {
    const type = unread ? null : imageTypeOf(path);
    if (!type) continue;
    const one: Picked = { ...all.get(path), path, source: { file, type } };
    all.set(path, one);
    picked.set(path, one);
  }
  let finder: FileFinder<Picked> | null = null;
  /** By path: several notes may show the same. */
  const kept = new Map<string, Promise<string | null>>();
  const ids = new Set<string>();
  let count = 0;

  async function take({ path, source }: Picked): Promise<string | null> {
    const id = source ? await keep(source.file, source.type, path) : null;
    if (id === null) return null;
    ids.add(path);
    count++;
    return id;
  }
  function idOf(one: Picked): Promise<string | null> {
    const isRead = one.source && (checkAll || !isAsKnown(one));
    if (!isRead) return Promise.resolve(one.known?.attachment ?? null);
    const known = kept.get(one.path) ?? take(one);
    kept.set(one.path, known);
    return known;
  }
  return {
    isOne: ({ path }) => picked.has(path),
    async takeIn(text, note) {
      if (all.size === 0 || !text.includes('![')) return [];
      finder ??= fileFinder(all.values());
      const shown: ShownImages[number][] = [];
      for (const { from, to, address } of await imageAddresses(text)) {
        const found = finder.find(address, [note]);
        const attachment = found ? await idOf(found) : null;
        if (attachment !== null) shown.push({ from, to, attachment });
      }
      return shown;
    },
    async refresh() {
      for (const one of picked.values()) if (one.known) await idOf(one);
    },
    hasNew: () => [...picked.values()].some(({ known }) => known === undefined),
    wasKept: (path) => ids.has(path) || all.get(path)?.known !== undefined,
    count: () => count,
  };
}

interface Address {
  from: number;
  to: number;
  address: string;
}

/** The addresses of a text's images, in order, each place once; none within code. */
async function imageAddresses(text: string): Promise<Address[]> {
  const [{ parse }, { addressOfFile, linksOf }] = await Promise.all([
    import('../../markdown/document.ts'),
    import('../../markdown/links.ts'),
  ]);
  const found = new Map<number, Address>();
  for (const link of linksOf(parse(text))) {
    const { from, to } = link.targetRange;
    const isShown = link.kind === 'image' || link.kind === 'embed';
    // Several may name one definition.
    if (isShown && to > from) found.set(from, { from, to, address: addressOfFile(link) });
  }
  return [...found.values()].sort((a, b) => a.from - b.from);
}
