import type { UnfinishedKind } from '../../storage/notes/index.ts';
import { useApp } from '../context.ts';
import { S } from '../strings.ts';
import { forgetUnfinished, unfinishedIn } from '../unfinished.ts';

/** What was cut off, and how to go on with it; on the page where it is chosen again. */
export function GoOn({ kind }: { kind: UnfinishedKind }) {
  const ctx = useApp();
  const before = unfinishedIn(ctx, kind);
  if (!before) return null;
  const { name, done, total } = before;
  return (
    <p class="go-on">
      <span>
        {S.unfinished[kind](done, total)} {S.chooseAgain[kind](name)}
      </span>
      <button
        type="button"
        class="icon"
        aria-label={S.dismiss}
        onClick={() => forgetUnfinished(ctx, kind)}
      >
        ×
      </button>
    </p>
  );
}
