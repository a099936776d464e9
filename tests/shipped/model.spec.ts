import { readdirSync, readFileSync } from 'node:fs';
import type { WorkerConfig } from '../../src/protocol.ts';
import { PROTOCOL_VERSION } from '../../src/protocol.ts';
import { expect, test } from '../browser/harness.ts';
import { cosine, exportVectors, upToDate, writeNote } from '../browser/support/app.ts';

interface Golden {
  text: string;
  ids: number[];
  embedding: number[];
}
const golden: Golden[] = JSON.parse(readFileSync('tests/fixtures/golden.json', 'utf8'));

test('the real worker gives the original model’s tokens and vectors, alone and in a batch', async ({
  page,
}) => {
  await page.goto('./');
  await upToDate(page);
  const script = readdirSync('dist/assets').find((file) => /^entry-.*\.js$/.test(file));
  const config: Omit<WorkerConfig, 'base'> = {
    protocol: PROTOCOL_VERSION,
    // Only the page creates a workspace: this is the one that it has open.
    workspace: 'default',
    tab: 'probe-tab',
    generation: 1,
  };
  // A second worker of the same script, spoken to in Comlink's own messages.
  const probe = (lots: string[][]) =>
    page.evaluate(
      async ({ script, config, lots }) => {
        const base = new URL('./', document.baseURI).href;
        const url = new URL(`assets/${script}`, base);
        const name = JSON.stringify({ ...config, base });
        const worker = new Worker(url, { type: 'module', name });
        // Its owner's lock, or it would take itself for an orphan.
        let free: () => void = () => {};
        void navigator.locks.request(
          `findling-page:${config.tab}`,
          () => new Promise<void>((resolve) => (free = resolve)),
        );
        await new Promise<void>((resolve, reject) => {
          worker.onmessage = ({ data }) =>
            data.findling === 'ready' ? resolve() : reject(new Error(JSON.stringify(data)));
        });
        const call = (id: string, texts: string[]) =>
          new Promise<{ ids: number[][]; vectors: number[][] }>((resolve, reject) => {
            worker.addEventListener('message', ({ data }) => {
              if (data.id !== id) return;
              if (data.type === 'RAW') resolve(data.value);
              else reject(new Error(JSON.stringify(data.value)));
            });
            worker.postMessage({
              id,
              type: 'APPLY',
              path: ['probe'],
              argumentList: [{ type: 'RAW', value: texts }],
            });
          });
        const results = [];
        for (const [i, texts] of lots.entries()) results.push(await call(`call${i}`, texts));
        worker.terminate();
        free();
        return results;
      },
      { script, config, lots },
    );
  const texts = golden.map(({ text }) => text);
  const [batch, ...alone] = await probe([texts, ...texts.map((text) => [text])]);
  golden.forEach(({ ids, embedding, text }, i) => {
    expect(batch!.ids[i], text).toEqual(ids);
    expect(cosine(batch!.vectors[i]!, embedding), text).toBeGreaterThanOrEqual(0.998);
    const apart = batch!.vectors[i]!.map((x, d) => Math.abs(x - alone[i]!.vectors[0]![d]!));
    expect(Math.max(...apart), `alone against in a batch: ${text}`).toBeLessThanOrEqual(1e-5);
  });
});

test('Export vectors gives what was embedded, and its vector', async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Tea', '## Green\n\nSteep the leaves for two minutes.');
  await upToDate(page);
  const lines = await exportVectors(page);
  expect(lines).toHaveLength(1);
  const [line] = lines;
  expect(line!.title).toBe('Tea');
  expect(line!.text).toMatch(/Tea.*Green.*Steep the leaves for two minutes\./);
  expect(line!.vector).toHaveLength(512);
  expect(Math.hypot(...line!.vector)).toBeCloseTo(1, 4);
});
