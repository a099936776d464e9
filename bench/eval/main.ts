/** ENTRY of `npm run eval`, bundled by run.mjs. */
import { writeFile } from 'node:fs/promises';
import { arch, cpus, platform } from 'node:os';
import { join, resolve } from 'node:path';
import { readCollection } from './collection.ts';
import { evaluate, METHODS, type Report } from './evaluate.ts';
import { mean } from './measures.ts';
import { loadNodeModel } from './node-model.ts';
import { recallOf } from './recall.ts';
import { VectorCache } from './vector-cache.ts';

const NEAREST = 10;

export interface EvalOptions {
  root: string;
  dirs: string[];
  json: string | undefined;
  asLarge: boolean | undefined;
}

export async function main({ root, dirs, json, asLarge = false }: EvalOptions): Promise<void> {
  const chosen = dirs.length > 0 ? dirs : [join(root, 'tests/fixtures/everyday')];
  const model = await loadNodeModel(join(root, 'public/models/use-lite'));
  const cache = await VectorCache.open(model, join(root, '.cache/eval'));
  const reports: Report[] = [];
  for (const dir of chosen) {
    const collection = await readCollection(resolve(dir));
    reports.push(
      await evaluate(collection, model, cache, {
        asLarge,
        onProgress: (done, total) => {
          if (process.stderr.isTTY) {
            process.stderr.write(`\r${collection.name}: embedded ${done} of ${total} `);
          }
        },
      }),
    );
  }
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K');
  print(reports);
  const rows = reports.flatMap(({ passageVectors }) => passageVectors);
  const queries = reports.flatMap(({ queryVectors }) => queryVectors);
  if (queries.length > 0 && rows.length >= NEAREST) {
    console.log(
      `\nOf the ${NEAREST} nearest of all ${rows.length} passages by exact float32, the index finds ${recallOf(rows, queries, NEAREST).toFixed(4)} (${queries.length} queries)`,
    );
  }
  if (json) await writeFile(resolve(json), `${JSON.stringify(forFile(reports), null, 2)}\n`);
}

function print(reports: readonly Report[]): void {
  console.log(
    `${cpus().length} x ${cpus()[0]?.model.trim() ?? arch()}, ${platform()}, Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}\n`,
  );
  console.log('| collection | notes | queries | ranked by | nDCG@10 | recall@10 | recall@100 |');
  console.log('|---|---|---|---|---|---|---|');
  for (const report of reports) {
    for (const method of METHODS) {
      const { ndcg10, recall10, recall100 } = report[method];
      const cells = [
        report.name,
        report.docs,
        report.queries,
        method,
        ...[ndcg10, recall10, recall100].map(three),
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
  console.log(
    '\n| collection | hybrid − keyword, nDCG@10 | 95 % of bootstraps | relative | ms a query |',
  );
  console.log('|---|---|---|---|---|');
  for (const { name, gain, keyword, hybrid, rankMs } of reports) {
    const interval = gain.interval.map(signed).join(' to ');
    const relative = percent(hybrid.ndcg10 / keyword.ndcg10 - 1);
    console.log(
      `| ${name} | ${signed(gain.mean)} | ${interval} | ${relative} | ${rankMs.toFixed(1)} |`,
    );
  }
  const gains = reports.map(({ keyword, hybrid }) => hybrid.ndcg10 / keyword.ndcg10 - 1);
  console.log(`\nMean relative gain: ${percent(mean(gains))}`);
}

const forFile = (reports: readonly Report[]) => ({
  collections: reports.map(({ name, keyword, meaning, hybrid }) => ({
    name,
    keyword,
    meaning,
    hybrid,
  })),
});
const three = (x: number): string => x.toFixed(3);
const signed = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(x).toFixed(3)}`;
const percent = (x: number): string => `${x < 0 ? '−' : '+'}${Math.abs(100 * x).toFixed(1)} %`;
