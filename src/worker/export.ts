import type { ExportedPassage, ExportPage } from '../protocol.ts';
import type { IndexStore } from '../storage/index/index-store.ts';
import { dequantise } from './model/quantise.ts';

/** Seven digits: more than int8 holds, and a third of the bytes. */
const rounded = (x: number): number => Number(x.toFixed(7));

/** Some notes' passages as JSON lines, in key order after note `after`. */
export async function exportPage(
  store: IndexStore,
  gen: string,
  after: string | null,
  limit: number,
): Promise<ExportPage> {
  const lists = await store.passageLists(gen, after, limit);
  let jsonl = '';
  let passages = 0;
  for (const list of lists) {
    const hashes = list.passages.map(({ hash }) => hash);
    const [vectors, texts] = [await store.vectors(gen, hashes), await store.texts(gen, hashes)];
    list.passages.forEach((_, i) => {
      const vector = vectors[i];
      const text = texts[i];
      if (!vector || text === undefined) return;
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
    });
  }
  return { jsonl, passages, next: lists.length < limit ? null : lists[lists.length - 1]!.note };
}
