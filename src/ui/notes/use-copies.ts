import { useEffect, useState } from 'preact/hooks';
import { mayBeCopy } from '../../may-be-copy.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../core/context.ts';

const NONE: ReadonlySet<string> = new Set();

/** Ids of the notes that are conflict copies; none until their code is there, and texts were read. */
export function useCopies(notes: readonly NoteMeta[]): ReadonlySet<string> {
  const ctx = useApp();
  const [ids, setIds] = useState(NONE);
  useEffect(() => {
    let isCurrent = true;
    const show = (found: ReadonlySet<string>) => {
      if (isCurrent) setIds(found);
    };
    if (!notes.some(mayBeCopy)) show(NONE);
    else {
      import('../copies/list-marks.ts')
        .then(({ copyIds }) => copyIds(ctx, notes))
        .then(show, () => {});
    }
    return () => {
      isCurrent = false;
    };
  }, [notes]);
  return ids;
}
