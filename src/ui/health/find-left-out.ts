/** Which notes have text that search leaves out. */
import { type LeftOut, leftOutOf } from '../../markdown/left-out.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { yieldToPage } from '../core/yield-to-page.ts';

export interface NoteLeftOut {
  note: NoteMeta;
  all: LeftOut[];
}

/** Texts are read in tasks of about this length, ms. */
const SLICE_MS = 12;

/**
 * Reads every note of a workspace, one after the other.
 * @param told how many of how many are read
 */
export async function* findLeftOut(
  { notes }: AppContext,
  signal: AbortSignal,
  told: (done: number, all: number) => void,
): AsyncGenerator<NoteLeftOut> {
  const list = await notes.list();
  let began = performance.now();
  for (const [done, { id }] of list.entries()) {
    const stored = await notes.get(id);
    if (signal.aborted) return;
    const all = stored ? leftOutOf(stored.text) : [];
    if (stored && all.length > 0) yield { note: stored.meta, all };
    if (performance.now() - began < SLICE_MS) continue;
    told(done + 1, list.length);
    await yieldToPage();
    began = performance.now();
  }
  told(list.length, list.length);
}
