import { LIMITS } from '../../limits.ts';
import type { AppContext } from '../core/context.ts';

/**
 * Some time after the start of the app, far from the first paint, has what is due deleted for good. @returns how to leave it
 */
export function purgeSoon(ctx: AppContext): () => void {
  const leaving = new AbortController();
  const timer = setTimeout(async () => {
    try {
      const { purgeAtStart } = await import('./purge-at-start.ts');
      await purgeAtStart(ctx, leaving.signal);
    } catch (thrown) {
      // Nothing is lost: it is due at the next start, too.
      console.warn('what is due was not deleted for good', thrown);
    }
  }, LIMITS.purgeAfterMs);
  return () => {
    clearTimeout(timer);
    leaving.abort();
  };
}
