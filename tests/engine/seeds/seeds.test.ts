/**
 * Operations drawn at random. A seed that fails is printed, made as short as it can be, and kept in
 * `kept.json`, which is tried first from then on.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { logged } from '../platform/console-log.ts';
import { LONG, offset } from '../platform/effort.ts';
import { carryOut, type Operation, operations } from './operations.ts';

const RUNS = Number(process.env.FINDLING_SEEDS ?? (LONG ? 500 : 50));
const FILE = new URL('./kept.json', import.meta.url);

const kept: Operation[][] = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : [];

it('what failed once', async () => {
  for (const all of kept) expect(await carryOut(all), JSON.stringify(all)).toEqual([]);
});

it(`${RUNS} seeds`, async () => {
  const property = fc.asyncProperty(operations, async (all) => {
    const wrong = await carryOut(all);
    if (wrong.length > 0) throw new Error([...wrong, ...logged().slice(-10)].join('\n'));
  });
  const seed = offset() | 0;
  const found = await fc.check(property, { seed, numRuns: RUNS });
  console.log(`seed ${seed}: ${found.numRuns} runs of ${RUNS}`);
  if (!found.failed) return;
  const [shortest] = found.counterexample ?? [[]];
  if (process.env.CI === undefined) {
    writeFileSync(FILE, `${JSON.stringify([...kept, shortest], null, 1)}\n`);
  }
  const { message } = (found.errorInstance ?? {}) as { message?: string };
  expect.fail(
    `seed ${seed}, path ${found.counterexamplePath}: ${JSON.stringify(shortest)}\n${message}`,
  );
});
