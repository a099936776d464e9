import type { ExportedPassage, ExportPage } from '../protocol.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import type { GenerationId } from '../storage/schema.ts';
import type { Preparer } from './indexer/prepare.ts';
import { dequantise } from './model/quantise.ts';

/** Seven digits: more than int8 holds, and a third of the bytes. */
const rounded = (x: number): number => Number(x.toFixed(7));

export interface ExportDeps {
  store: Pick<IndexStore, 'passageLists' | 'vectors' | 'notes'>;
  gen: GenerationId;
  /** Of the model that made the vectors. */
  preparer: Pick<Preparer, 'prepare'>;
}

/**
 * Some notes' passages as JSON lines, in key order after note `after`. The embedded texts are not
 * stored: they are made again from the notes, and told by their hashes. A vector of a text that its
 * note no longer has is left out; so is one of a chunker that this version no longer has.
 */
export async function exportPage(
  { store, gen, preparer }: ExportDeps,
  after: string | null,
  limit: number,
): Promise<ExportPage> {
  const lists = await store.passageLists(gen, after, limit);
  const notes = await store.notes(lists.map(({ note }) => note));
  let jsonl = '';
  let passages = 0;
  for (const [n, list] of lists.entries()) {
    const note = notes[n];
    const now = note ? await preparer.prepare(note.meta.title, note.text) : [];
    const texts = new Map(now.map(({ hash, embedText }) => [hash, embedText]));
    const vectors = await store.vectors(
      gen,
      list.passages.map(({ hash }) => hash),
    );
    for (const [i, { hash }] of list.passages.entries()) {
      const vector = vectors[i];
      const text = texts.get(hash);
      if (!vector || text === undefined) continue;
      const line: ExportedPassage = {
        id: `${list.note}#${i}`,
        note: list.note,
        title: list.title,
        text,
        model: gen,
        vector: Array.from(dequantise(vector), rounded),
      };
      jsonl += `${JSON.stringify(line)}\n`;
      passages++;
    }
  }
  return { jsonl, passages, next: lists.length < limit ? null : lists[lists.length - 1]!.note };
}
