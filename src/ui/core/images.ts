import { toFindlingError } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import type { AppContext } from './context.ts';
import { errorText } from './errors-text.ts';
import { bytes } from './format.ts';
import { S } from './strings.ts';
import { toast } from './toasts.tsx';

/** Largest image taken, bytes. */
export const IMAGE_LIMIT = 20 * 1024 * 1024;
/** Types taken: none that can run anything, so no SVG. */
const KINDS = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);
/** Before an attachment's id in a text. */
const SCHEME = 'attachment:';

/** Keeps an image under the hash of its bytes; gives its address for a text. */
export async function storeImage(
  { notes, now }: Pick<AppContext, 'notes' | 'now'>,
  file: Blob,
  type: string,
): Promise<string> {
  const content = await file.arrayBuffer();
  const id = await sha256(content);
  await notes.addAttachment({ id, type, bytes: content, added: now() });
  return `${SCHEME}${id}`;
}

/** Keeps a pasted image; gives its address for the text, or says why not. */
export async function keepImage(ctx: AppContext, file: File): Promise<string | null> {
  if (!KINDS.has(file.type)) {
    toast(S.imageKind);
    return null;
  }
  if (file.size > IMAGE_LIMIT) {
    toast(S.imageTooLarge(bytes(file.size), bytes(IMAGE_LIMIT)));
    return null;
  }
  try {
    return await storeImage(ctx, file, file.type);
  } catch (thrown) {
    toast(errorText(toFindlingError(thrown)));
    return null;
  }
}

/** One URL an image, for as long as the page is there: notes are opened again and again. */
const urls = new Map<string, Promise<string | null>>();

/** A URL that shows a kept image; null where it is not there. */
export function imageUrl({ notes }: AppContext, address: string): Promise<string | null> {
  const id = address.startsWith(SCHEME) ? address.slice(SCHEME.length) : '';
  if (!/^[0-9a-f]{64}$/.test(id)) return Promise.resolve(null);
  let url = urls.get(id);
  if (!url) {
    url = notes.attachment(id).then(
      (kept) =>
        kept && KINDS.has(kept.type)
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
