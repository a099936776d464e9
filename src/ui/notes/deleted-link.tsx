import { pageHref } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { useTrashCount } from '../trash/use-trash.ts';

/** The way to what was deleted, where there is something. */
export function DeletedLink() {
  const count = useTrashCount();
  return count === 0 ? null : (
    <a class="link" href={pageHref('deleted')}>
      {S.withCount(S.recentlyDeleted, count)}
    </a>
  );
}
