import { LIMITS } from '../../limits.ts';
import type { AppContext } from '../core/context.ts';
import { namesNotice } from './names-notice.ts';

/**
 * Some time after the start, has notes that earlier versions stored called by their files, and their tags
 * read.
 * @returns how to leave the workspace
 */
export function nameSoon(ctx: AppContext): () => void {
  const leaving = new AbortController();
  const timer = setTimeout(async () => {
    try {
      const { nameAtStart } = await import('./name-notes.ts');
      await nameAtStart(ctx, leaving.signal);
      await (await import('./said-at-start.ts')).readTagsAtStart(ctx, leaving.signal);
    } catch (thrown) {
      // What is not done is due at the next start.
      console.warn('notes were not called by their files', thrown);
    }
  }, LIMITS.namesAfterMs);
  return () => {
    clearTimeout(timer);
    leaving.abort();
    namesNotice.value = null;
  };
}
