/** Vectors by text, kept on disk: embedding a collection takes minutes, ranking it seconds. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import type { NodeModel } from './node-model.ts';

/** Texts embedded at once; sorted by length before, so that little is padding. */
const BATCH = 16;

export class VectorCache {
  readonly #model: NodeModel;
  readonly #dir: string | null;
  readonly #known = new Map<string, Float32Array>();

  private constructor(model: NodeModel, dir: string | null) {
    this.#model = model;
    this.#dir = dir;
  }

  /** @param root folder for the cache, null for none on disk */
  static async open(model: NodeModel, root: string | null): Promise<VectorCache> {
    const dir = root && join(root, model.fingerprint);
    const cache = new VectorCache(model, dir);
    if (dir) await cache.#read(dir);
    return cache;
  }

  /** Unit vectors of `dimensions` floats, in the order of the texts. */
  async vectors(
    texts: readonly string[],
    onProgress: (done: number, total: number) => void = () => {},
  ): Promise<Float32Array[]> {
    const missing = [...new Set(texts)]
      .filter((text) => !this.#known.has(nameOf(text)))
      .map((text) => ({ text, ids: this.#model.tokenize(text).slice(0, this.#model.spec.window) }))
      .sort((a, b) => a.ids.length - b.ids.length);
    for (let at = 0; at < missing.length; at += BATCH) {
      const some = missing.slice(at, at + BATCH);
      await this.#embed(some);
      onProgress(at + some.length, missing.length);
    }
    return texts.map((text) => this.#known.get(nameOf(text))!);
  }

  async #embed(some: { text: string; ids: number[] }[]): Promise<void> {
    const width = this.#model.spec.dimensions;
    const flat = await this.#model.embed(some.map(({ ids }) => ids));
    const names = some.map(({ text }) => nameOf(text));
    names.forEach((name, i) => {
      this.#known.set(name, flat.slice(i * width, (i + 1) * width));
    });
    if (!this.#dir) return;
    await appendFile(
      join(this.#dir, 'vectors.f32'),
      new Uint8Array(Float32Array.from(flat).buffer),
    );
    await appendFile(join(this.#dir, 'names.txt'), names.map((name) => `${name}\n`).join(''));
  }

  async #read(dir: string): Promise<void> {
    await mkdir(dir, { recursive: true });
    const width = this.#model.spec.dimensions;
    const names = await readFile(join(dir, 'names.txt'), 'utf8').catch(() => '');
    const bytes = await readFile(join(dir, 'vectors.f32')).catch(() => null);
    if (!bytes) return;
    // An end cut off in the middle of a write is dropped.
    const rows = names.split('\n').slice(0, -1);
    const count = Math.min(rows.length, Math.floor(bytes.length / (width * 4)));
    const flat = new Float32Array(
      bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + count * width * 4),
    );
    for (let i = 0; i < count; i++)
      this.#known.set(rows[i]!, flat.subarray(i * width, (i + 1) * width));
    await truncate(join(dir, 'vectors.f32'), count * width * 4);
    await truncate(
      join(dir, 'names.txt'),
      Buffer.byteLength(
        rows
          .slice(0, count)
          .map((r) => `${r}\n`)
          .join(''),
      ),
    );
  }
}

const nameOf = (text: string): string =>
  createHash('sha256').update(text).digest('hex').slice(0, 32);
