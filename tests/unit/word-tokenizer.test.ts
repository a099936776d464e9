import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Tokenizer } from '@huggingface/tokenizers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildModel } from '../../scripts/model/build.mjs';
import { createWordTokenizer } from '../../src/worker/model/word-tokenizer.ts';

describe('tokens of words, one after another', () => {
  let encode: (text: string) => number[];
  let tokenize: (text: string) => number[];

  beforeAll(async () => {
    const folder = await buildModel({ log: () => {} });
    const read = (name: string) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
    const tokenizer = new Tokenizer(read('tokenizer.json'), read('tokenizer_config.json'));
    encode = (text) => tokenizer.encode(text, { add_special_tokens: false }).ids;
    tokenize = createWordTokenizer(encode);
  }, 120_000);

  it('are those of the whole text: golden rows', () => {
    const rows = JSON.parse(
      readFileSync(join(import.meta.dirname, '../fixtures/golden.json'), 'utf8'),
    ) as { text: string; ids: number[] }[];
    for (const { text, ids } of rows) expect(tokenize(text), text).toEqual(ids);
  });

  it('are those of the whole text: the docs of this project', () => {
    const docs = ['README.md', 'docs/ARCHITECTURE.md', 'docs/PERFORMANCE.md', 'LICENSE'];
    for (const doc of docs) {
      const text = readFileSync(join(import.meta.dirname, '../..', doc), 'utf8');
      const plain = text.replace(/\s+/g, ' ').trim();
      for (let at = 0; at < plain.length; at += 300) {
        const some = plain.slice(at, at + 300);
        // In order of their ids: of two segmentations that score the same (`00` `0` and `0` `00`)
        // the rounding of what stands before decides, and words know nothing of that.
        const byId = (ids: readonly number[]) => [...ids].sort((a, b) => a - b);
        expect(byId(tokenize(some)), some).toEqual(byId(encode(some)));
      }
    }
  });

  it('are those of the whole text: any text', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' }))),
        (words) => {
          const text = words.join(' ');
          expect(tokenize(text)).toEqual(encode(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});
