import { useEffect } from 'preact/hooks';
import { useApp } from '../core/context.ts';
import { pageHref, route } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { cancelWork, longWork, PAGE_OF } from './long-work.ts';
import { ResumeOffer } from './resume-offer.tsx';
import { findUnfinished } from './unfinished.ts';
import { W } from './words.ts';

/**
 * An import or a restore under way, or one that was cut off, on every page but its own, which says
 * more of it.
 */
export function WorkBar() {
  const ctx = useApp();
  useEffect(() => {
    findUnfinished(ctx).catch(() => {});
  }, [ctx]);
  const { page } = route.value;
  const work = longWork.get();
  if (work) {
    const { kind, progress, paused } = work;
    if (page === PAGE_OF[kind]) return null;
    const name = W.workNames[kind];
    return (
      <section class="engine-notice work-bar" aria-label={name}>
        <div>
          <a href={pageHref(PAGE_OF[kind])}>{name}</a>
          {progress && (
            <span class="quiet">
              {(paused ? W.pausedAt : W.ofTotal)(progress.done, progress.total)}
            </span>
          )}
          <progress aria-label={name} max={progress?.total || undefined} value={progress?.done} />
        </div>
        <button type="button" class="button small" onClick={cancelWork}>
          {S.cancel}
        </button>
      </section>
    );
  }
  return <ResumeOffer />;
}
