import type { Page } from '@playwright/test';
import { expect, test } from '../browser/harness.ts';
import { go, indexStatus, upToDate } from '../browser/support/app.ts';
import { expectSound, makeNote, random, saveNotes, type TestWindow } from './support.ts';

const FULL = 'Universal Sentence Encoder Lite, full precision (27 MB)';
const COMPACT = 'Universal Sentence Encoder Lite (6.9 MB)';

const notes = (seed: number, count: number, from = 0) => {
  const next = random(seed);
  return Array.from({ length: count }, (_, i) => ({
    id: `n${from + i}`,
    ...makeNote(next, from + i),
  }));
};

async function choose(page: Page, name: string): Promise<void> {
  await go(page, 'Settings');
  await page.getByRole('combobox', { name: 'Embedding model' }).selectOption({ label: name });
}

/** What the page's engine says to a query, and whether meaning took part. */
const ask = (page: Page, query: string) =>
  page.evaluate(async (text) => {
    const { findling } = window as TestWindow;
    const { hits, meaning } = await findling!.engine.search(text, { limit: 5 });
    return { meaning, notes: hits.map(({ note }) => note) };
  }, query);

test('a model whose file is gone: said, the former goes on serving, and can be taken up again', async ({
  page,
}) => {
  await page.route('**/onnx/model.onnx', (route) => route.fulfill({ status: 404 }));
  await page.context().route('**/onnx/model.onnx', (route) => route.fulfill({ status: 404 }));
  await page.goto('./');
  await upToDate(page);
  await saveNotes(page, notes(46, 10));
  await expectSound(page, { notes: 10 });
  await choose(page, FULL);
  await expect(indexStatus(page)).toHaveText(/^Paused: .*model/i);
  expect((await ask(page, 'winter garden')).meaning).toBe('used');
  await choose(page, COMPACT);
  await upToDate(page);
  await expectSound(page, { notes: 10 });
});
