/// <reference types="vite/client" />
/** ENTRY of the page in which one package is measured with one size; bench/search/run.mjs asks. */
import { Data, DIMENSIONS } from './data.ts';
import { wasmBytes } from './wasm-memory.ts';

/** What each file of ../peers exports as `open`. Ids are those of `add`, from 0 without gaps. */
export interface Peer {
  add(rows: Float32Array[], first: number): void | Promise<void>;
  /** The rest of the building, after the last row. */
  finish?(): void | Promise<void>;
  search(query: Float32Array, k: number): ArrayLike<number> | Promise<ArrayLike<number>>;
  /** More rows, after `finish`: findable when it returns. */
  insert?(rows: Float32Array[], first: number): void;
  /** Into IndexedDB. */
  save?(): Promise<void>;
  /** From there, into something that answers anew. */
  restore?(): Promise<Peer>;
  /** Its own account of its memory. */
  bytes?(): number;
}
export type Open = (dimensions: number, size: number) => Peer | Promise<Peer>;

const BATCH = 1000;
const WARM_UP = 5;
const peers = import.meta.glob<{ open: Open }>('../peers/*.{ts,mjs}');
let data = new Data(0);
let peer: Peer;

const timed = async (work: () => unknown): Promise<number> => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

/** What the page holds, bytes; null where the browser does not tell. */
async function memory(): Promise<number | null> {
  (globalThis as { gc?: () => void }).gc?.();
  const ask = (performance as { measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }> })
    .measureUserAgentSpecificMemory;
  return ask ? (await ask.call(performance)).bytes + wasmBytes() : null;
}

const page = {
  truth: (size: number, queries: number, k: number) => {
    const all = new Data(size);
    return all.nearest(all.queries(queries), k);
  },

  /** @returns ms, and memory taken */
  async build(file: string, size: number): Promise<{ ms: number; bytes: number | null }> {
    data = new Data(size);
    const load = peers[`../peers/${file}`];
    if (!load) throw new Error(`No such peer: ${file}`);
    const { open } = await load();
    const before = await memory();
    let ms = 0;
    ms += await timed(async () => {
      peer = await open(DIMENSIONS, size);
    });
    for (let from = 0; from < size; from += BATCH) {
      const rows = data.rows(from, BATCH);
      const began = performance.now();
      const adding = peer.add(rows, from);
      if (adding) await adding;
      ms += performance.now() - began;
      // The page must stay alive for a limit to end it.
      if (from % (10 * BATCH) === 0) await new Promise((resolve) => setTimeout(resolve));
    }
    ms += await timed(() => peer.finish?.());
    const after = await memory();
    const taken = before === null || after === null ? null : after - before;
    return { ms, bytes: peer.bytes?.() ?? taken };
  },

  async search(count: number, k: number): Promise<{ found: number[][]; ms: number[] }> {
    const queries = data.queries(count);
    for (let i = 0; i < WARM_UP; i++) await peer.search(queries[i % count]!, k);
    const found: number[][] = [];
    const times: number[] = [];
    for (const query of queries) {
      const began = performance.now();
      const answer = peer.search(query, k);
      const ids = answer instanceof Promise ? await answer : answer;
      times.push(performance.now() - began);
      found.push(Array.from(ids, Number));
    }
    return { found, ms: times };
  },

  /** @returns ms to take in a thousand more, or null where it was not tried. */
  async insert(): Promise<number | null> {
    const rows = new Data(data.size + BATCH).rows(data.size, BATCH);
    return peer.insert ? timed(() => peer.insert!(rows, data.size)) : null;
  },

  /** @returns ms of the saving, or null when the package has no way to. */
  async save(): Promise<number | null> {
    return peer.save ? timed(() => peer.save!()) : null;
  },

  /** @returns ms from nothing to the first answer, or null; and that the answer was the same. */
  async restore(k: number): Promise<{ ms: number; same: boolean } | null> {
    if (!peer.restore) return null;
    const query = data.queries(1)[0]!;
    const before = Array.from(await peer.search(query, k), Number);
    let after: number[] = [];
    const ms = await timed(async () => {
      const anew = await peer.restore!();
      after = Array.from(await anew.search(query, k), Number);
    });
    return { ms, same: before.join() === after.join() };
  },
};

declare global {
  var searchBench: typeof page;
}
globalThis.searchBench = page;
