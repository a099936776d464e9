import 'fake-indexeddb/auto';
import fc from 'fast-check';
import { openDB } from 'idb';
import { describe, expect, it } from 'vitest';
import { databaseName } from '../../src/storage/db.ts';
import { openIndexStore } from '../../src/storage/index/index-store.ts';
import { fromRow, toRow } from '../../src/storage/index/passage-row.ts';
import { MIGRATIONS } from '../../src/storage/migrations/index.ts';
import { generationId, type PassageList } from '../../src/storage/schema.ts';

const GEN = generationId('g');

const list = (passages: PassageList['passages']): PassageList => ({
  ...{ gen: GEN, note: 'n', revision: 3, title: 'T', passages },
});
const H = '00ff0123456789abcdef0123456789ab';

describe('a passage list as a row', () => {
  it('comes back as it was', () => {
    const passage = fc.record({
      hash: fc.stringMatching(/^[0-9a-f]{32}$/),
      start: fc.nat(6_000_000),
      length: fc.nat(6_000_000),
      headings: fc.array(fc.string(), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(passage), (all) => {
        const passages = all.map(({ length, ...one }) => ({ ...one, end: one.start + length }));
        expect(fromRow(toRow(list(passages)))).toEqual(list(passages));
      }),
    );
  });

  it('keeps a heading path once, and under 24 bytes a passage', () => {
    const headings = ['A long heading', 'And one below'];
    const row = toRow(
      list(
        Array.from({ length: 100 }, (_, i) => ({
          hash: H,
          start: 400 * i,
          end: 400 * i + 390,
          headings,
        })),
      ),
    );
    expect(row.headings).toEqual([headings]);
    expect((row.hashes.length + row.places.length) / 100).toBeLessThan(24);
  });

  it('refuses a hash that is none', () => {
    expect(() => toRow(list([{ hash: 'h', start: 0, end: 1, headings: [] }]))).toThrow(TypeError);
  });
});

it('lists and segments of version 3 are read after the upgrade', async () => {
  const name = 'version3';
  const old = await openDB(databaseName(name), 3, {
    async upgrade(db, _old, _new, tx) {
      for (const step of MIGRATIONS.slice(0, 3)) await step(db as never, tx as never);
    },
  });
  const passages = [{ hash: H, start: 2, end: 9, headings: ['Above'] }];
  await old.put('passages', list(passages));
  const key = { gen: GEN, id: 1 };
  await old.put('segments', { ...key, hashes: toRow(list(passages)).hashes });
  await old.put('segmentVectors', { ...key, codes: new Int8Array(4), scales: Float32Array.of(1) });
  await old.put('segmentTexts', { ...key, texts: ['Above\nthe text'] });
  await old.put('texts', { gen: GEN, hash: H, text: 'Above\nthe text' });
  old.close();
  const index = await openIndexStore(name);
  expect(await index.passageList(GEN, 'n')).toEqual(list(passages));
  expect(await index.vectorHashes(GEN)).toEqual([H]);
  const now = await openDB(databaseName(name));
  expect([...now.objectStoreNames].filter((one) => /texts/i.test(one))).toEqual([]);
  now.close();
  index.close();
});
