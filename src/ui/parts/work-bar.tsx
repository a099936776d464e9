import { useEffect } from 'preact/hooks';
import { useApp } from '../context.ts';
import { cancelWork, longWork, PAGE_OF } from '../long-work.ts';
import { go, pageHref, route } from '../router.ts';
import { S } from '../strings.ts';
import { findUnfinished, forgetUnfinished, unfinishedIn } from '../unfinished.ts';

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
    const { kind, progress } = work;
    if (page === PAGE_OF[kind]) return null;
    const name = S.workNames[kind];
    return (
      <section class="engine-notice work-bar" aria-label={name}>
        <div>
          <a href={pageHref(PAGE_OF[kind])}>{name}</a>
          {progress && <span class="quiet">{S.ofTotal(progress.done, progress.total)}</span>}
          <progress aria-label={name} max={progress?.total || undefined} value={progress?.done} />
        </div>
        <button type="button" class="button small" onClick={cancelWork}>
          {S.cancel}
        </button>
      </section>
    );
  }
  const before = unfinishedIn(ctx);
  if (!before || page === PAGE_OF[before.kind]) return null;
  const { kind, done, total } = before;
  return (
    <div class="engine-notice">
      <p role="status">{S.unfinished[kind](done, total)}</p>
      <button type="button" class="link" onClick={() => goOn()}>
        {S.goOn}
      </button>
      <button
        type="button"
        class="icon"
        aria-label={S.dismiss}
        onClick={() => forgetUnfinished(ctx, kind)}
      >
        ×
      </button>
    </div>
  );

  async function goOn(): Promise<void> {
    const [one] = before?.handles ?? [];
    if (before && one) {
      const { resumeDropped } = await import('../import/resume.ts');
      if (await resumeDropped(ctx, before)) return;
    }
    if (before) go(pageHref(PAGE_OF[before.kind]));
  }
}
