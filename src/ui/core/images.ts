import { toFindlingError } from '../../errors.ts';
import type { FileFinder } from '../../file-paths.ts';
import { IMAGE_TYPES } from '../../image-files.ts';
import { sha256 } from '../../sha256.ts';
import type { KeptFile, NoteMeta, Notes } from '../../storage/notes/index.ts';
import type { AppContext } from './context.ts';
import { errorText } from './errors-text.ts';
import { bytes } from './format.ts';
import { S } from './strings.ts';
import { toast } from './toasts.tsx';

/** Largest image taken, bytes. */
export const IMAGE_LIMIT = 20 * 1024 * 1024;
/** Before an attachment's id in a text. */
const SCHEME = 'attachment:';

/**
 * Keeps an image under the hash of its bytes.
 * @param place of one that is imported: from now on its path names these bytes
 * @returns the attachment's id
 */
export async function storeImage(
  { notes, now }: Pick<AppContext, 'notes' | 'now'>,
  file: Blob,
  type: string,
  place?: Pick<KeptFile, 'path' | 'time'>,
): Promise<string> {
  const content = await file.arrayBuffer();
  const id = await sha256(content);
  await notes.addAttachment({ id, type, bytes: content, added: now() }, place);
  return id;
}

/** Keeps a pasted image; gives its address for the text, or says why not. */
export async function keepImage(ctx: AppContext, file: File): Promise<string | null> {
  if (!IMAGE_TYPES.has(file.type)) {
    toast(S.imageKind);
    return null;
  }
  if (file.size > IMAGE_LIMIT) {
    toast(S.imageTooLarge(bytes(file.size), bytes(IMAGE_LIMIT)));
    return null;
  }
  try {
    return `${SCHEME}${await storeImage(ctx, file, file.type)}`;
  } catch (thrown) {
    toast(errorText(toFindlingError(thrown)));
    return null;
  }
}

/** One URL an image, for as long as the page is there: notes are opened again and again. */
const urls = new Map<string, Promise<string | null>>();

/** Of which note an address stands in: its path here, and its file's path at import. */
export type ImagePlace = Pick<NoteMeta, 'path' | 'importPath'>;

/**
 * A URL that shows a kept image; null where it is not there.
 * @param place of the note that shows it; an address that is a path is read from there
 */
export async function imageUrl(
  ctx: AppContext,
  address: string,
  place: ImagePlace | null,
): Promise<string | null> {
  const id = address.startsWith(SCHEME)
    ? address.slice(SCHEME.length)
    : await idByPath(ctx, address, place).catch(() => undefined);
  return id !== undefined && /^[0-9a-f]{64}$/.test(id) ? urlOf(ctx, id) : null;
}

/** What paths name is read again after this time, ms: an import may have brought more. */
const FILES_READ_MS = 2_000;
let files: { notes: Notes; at: number; finder: Promise<FileFinder<KeptFile>> } | null = null;

/** An attachment's id by an address that is a path. */
async function idByPath(
  { notes }: AppContext,
  address: string,
  place: ImagePlace | null,
): Promise<string | undefined> {
  const at = performance.now();
  if (files?.notes !== notes || at - files.at > FILES_READ_MS) {
    const finder = Promise.all([import('../../file-paths.ts'), notes.files()]).then(
      ([{ fileFinder }, all]) => fileFinder(all),
    );
    files = { notes, at, finder };
  }
  return (await files.finder).find(address, [place?.path, place?.importPath])?.attachment;
}

function urlOf({ notes }: AppContext, id: string): Promise<string | null> {
  let url = urls.get(id);
  if (!url) {
    url = notes.attachment(id).then(
      (kept) =>
        kept && IMAGE_TYPES.has(kept.type)
          ? URL.createObjectURL(new Blob([kept.bytes], { type: kept.type }))
          : null,
      () => null,
    );
    urls.set(id, url);
    // Asked again the next time: it may be restored from a backup.
    void url.then((found) => {
      if (!found) urls.delete(id);
    });
  }
  return url;
}
