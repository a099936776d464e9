/** ENTRY of the bench's worker: the product's own chunker and model, called in other ways. */

import { titleOf } from '../../src/note-title.ts';
import { SLICE_TARGET_MS } from '../../src/protocol.ts';
import { installTrustedTypes } from '../../src/trusted-types.ts';
import { type Embedder, loadEmbedder } from '../../src/worker/embedder.ts';
import { Preparer } from '../../src/worker/indexer/prepare.ts';
import { SliceSizer } from '../../src/worker/indexer/slices.ts';
import { ModelFiles } from '../../src/worker/model/files.ts';
import { DEFAULT_MODEL } from '../../src/worker/model/models.ts';

/** `arrival`: padded batches of so many as they come; `sorted`: slices as the engine cuts them. */
export type Way = { kind: 'arrival'; batch: number } | { kind: 'sorted' };
export type Ask =
  | { do: 'chunk'; notes: { path: string; text: string }[] }
  | { do: 'embed'; texts: string[]; way: Way };
export interface Answer {
  /** Texts to embed and their tokens, a list a note, and how long both took together. */
  chunk: { notes: string[][]; tokens: number[][]; ms: number };
  /** `modelMs`: the model alone; `ms`: tokenizing too. `longestMs`: of one call. */
  embed: { ms: number; modelMs: number; longestMs: number; threads: number };
}

installTrustedTypes();
const loading = loadEmbedder(new ModelFiles(DEFAULT_MODEL, { base: self.name, device: 'wasm' }));

async function chunk(model: Embedder, notes: { path: string; text: string }[]) {
  const preparer = new Preparer(model);
  const began = performance.now();
  const texts: string[][] = [];
  for (const { path, text } of notes) {
    const passages = await preparer.prepare(titleOf(undefined, text, path), text);
    texts.push(passages.map(({ embedText }) => embedText));
  }
  const tokens = texts.map((note) => note.map((text) => model.tokenize(text).length));
  return { notes: texts, tokens, ms: performance.now() - began };
}

async function embed(model: Embedder, texts: string[], way: Way) {
  const began = performance.now();
  const rows = texts.map((text) => model.encode(text, 'passage'));
  if (way.kind === 'sorted') rows.sort((a, b) => a.length - b.length);
  const lengths = rows.map((row) => row.length);
  const sizer = new SliceSizer(SLICE_TARGET_MS);
  const modelBegan = performance.now();
  let longestMs = 0;
  for (let from = 0; from < rows.length; ) {
    const to =
      way.kind === 'sorted' ? sizer.end(lengths, from) : Math.min(rows.length, from + way.batch);
    const callBegan = performance.now();
    await model.embed(rows.slice(from, to));
    const took = performance.now() - callBegan;
    longestMs = Math.max(longestMs, took);
    if (way.kind === 'sorted') sizer.observe((to - from) * lengths[to - 1]!, took);
    from = to;
  }
  const end = performance.now();
  return { ms: end - began, modelMs: end - modelBegan, longestMs, threads: model.threads };
}

addEventListener('message', async ({ data, ports }: MessageEvent<Ask>) => {
  try {
    const model = await loading;
    const result =
      data.do === 'chunk'
        ? await chunk(model, data.notes)
        : await embed(model, data.texts, data.way);
    ports[0]!.postMessage({ result });
  } catch (thrown) {
    ports[0]!.postMessage({ error: String(thrown) });
  }
});
