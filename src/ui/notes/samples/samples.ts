import type { NoteMeta } from '../../../storage/notes/index.ts';
import type { AppContext } from '../../core/context.ts';
import { errorText } from '../../core/errors-text.ts';
import { toast } from '../../core/toasts.tsx';
import { removeManyWithUndo } from '../../trash/remove-many.ts';
import { L } from './later-words.ts';
import { SAMPLES } from './texts.ts';
import { SAMPLE_FOLDER } from './which.ts';

/** Writes the sample notes, and says so where storage refuses. */
export async function addSamples({ notes, engine, now }: AppContext): Promise<void> {
  try {
    // The first is the newest, and so heads the list.
    const files = SAMPLES.map(({ title, tags, text }, i) => ({
      path: `${SAMPLE_FOLDER}/${title}.md`,
      title,
      tags,
      text,
      hash: '',
      textHash: '',
      file: {},
      created: now() - i * 1_000,
      modified: now() - i * 1_000,
    }));
    const outcomes = await notes.import(files, (known) => (known ? 'unchanged' : 'create'));
    engine.announce(outcomes.map(({ id }) => id));
  } catch (thrown) {
    toast(errorText(thrown));
  }
}

/** Into the trash, with Undo. @returns whether it was done */
export const removeSamples = (ctx: AppContext, samples: readonly NoteMeta[]): Promise<boolean> =>
  removeManyWithUndo(ctx, samples, L.samplesRemoved);
