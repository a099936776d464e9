import type { AppContext } from '../../core/context.ts';
import { errorText } from '../../core/errors-text.ts';
import { toast } from '../../core/toasts.tsx';
import { L } from './later-words.ts';
import { readShared } from './read-shared.ts';
import { takeFiles } from './take-files.ts';

/** One tab at a time takes in what was shared. */
const LOCK = 'findling-shared';
/** Of notes made of what was shared. */
const FOLDER = 'Shared';

export const { sharedKept } = L;

/**
 * Makes notes of what the service worker keeps; each share is forgotten only once its notes are
 * durable. Cut off anywhere, the next call goes on, and makes nothing twice.
 *
 * @returns the ids of the notes
 */
export const takeShared = (ctx: AppContext, cacheName: string): Promise<string[]> =>
  navigator.locks.request(LOCK, async () => {
    const cache = await caches.open(cacheName);
    const ids: string[] = [];
    try {
      for (const request of await cache.keys()) {
        const posted = await cache.match(request);
        const id = request.url.slice(request.url.lastIndexOf('/') + 1);
        if (posted && /^[\w-]{1,100}$/.test(id)) ids.push(...(await takeOne(ctx, id, posted)));
        await cache.delete(request);
      }
    } catch (thrown) {
      // It stays where it is.
      toast(errorText(thrown));
    }
    return ids;
  });

/** @param id of the share, and of the note that its words become */
async function takeOne(ctx: AppContext, id: string, posted: Response): Promise<string[]> {
  const form = await posted.formData().catch(() => null);
  const shared = form && readShared(form);
  if (!shared) {
    toast(L.sharedUnreadable);
    return [];
  }
  const { notes, engine } = ctx;
  const { title, text } = shared;
  const made: string[] = [];
  if (title || text) {
    made.push(id);
    // There already: it was taken in, and the end of that was not reached.
    if (!(await notes.get(id))) {
      await notes.save({ id, title, text, baseRevision: 0 });
      engine.noteSaved(id);
    }
  }
  return [...made, ...(await takeFiles(ctx, shared.files, FOLDER))];
}
