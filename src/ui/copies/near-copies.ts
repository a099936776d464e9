/** Which copies are copies by their texts, too. */
import type { AppContext } from '../core/context.ts';
import { type Copy, isNear } from './find-copies.ts';

/** Those whose name says so, and those with only a number behind it whose text is near. */
export async function nearCopies(
  { notes }: Pick<AppContext, 'notes'>,
  copies: readonly Copy[],
): Promise<Copy[]> {
  const near: Copy[] = [];
  for (const one of copies) {
    if (one.kind === 'number') {
      const [copy, base] = await Promise.all([notes.get(one.note.id), notes.get(one.base.id)]);
      if (!copy || !base || !isNear(copy.text, base.text)) continue;
    }
    near.push(one);
  }
  return near;
}
