/** Reads a test collection: docs.jsonl {id,title,text}, queries.jsonl {id,text}, qrels.tsv. */
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

export interface Collection {
  name: string;
  docs: { id: string; title: string; text: string }[];
  /** Only queries that have a relevant document. */
  queries: { id: string; text: string; relevant: ReadonlySet<string> }[];
}

const jsonLines = (text: string) =>
  text
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line));

/** Binary relevance: whatever is judged above 0 counts, all alike. */
export async function readCollection(dir: string): Promise<Collection> {
  const read = (file: string) => readFile(join(dir, file), 'utf8');
  const [docs, queries, qrels] = await Promise.all([
    read('docs.jsonl').then(jsonLines),
    read('queries.jsonl').then(jsonLines),
    read('qrels.tsv'),
  ]);
  const known = new Set(docs.map(({ id }) => String(id)));
  const relevant = new Map<string, Set<string>>();
  for (const line of qrels.split('\n')) {
    const [query, doc, grade] = line.trim().split(/\s+/);
    if (!query || !doc || !(Number(grade) > 0) || !known.has(doc)) continue;
    relevant.set(query, (relevant.get(query) ?? new Set()).add(doc));
  }
  return {
    name: basename(resolve(dir)),
    docs: docs.map(({ id, title, text }) => ({ id: String(id), title: title ?? '', text })),
    queries: queries.flatMap(({ id, text }) => {
      const right = relevant.get(String(id));
      return right ? [{ id: String(id), text, relevant: right }] : [];
    }),
  };
}
