import 'fake-indexeddb/auto';
import { describe, expect, it } from 'vitest';
import { openIndexStore } from '../../src/storage/index/index-store.ts';
import { roughBytes } from '../../src/storage/index/sizes.ts';
import { generationId } from '../../src/storage/schema.ts';
import { createNotes } from '../support/fresh.ts';

describe('sizes of what is stored', () => {
  it('counts letters, bytes and what lies within', () => {
    expect(roughBytes('Füße')).toBe(4);
    expect(roughBytes('夢')).toBe(2);
    expect(roughBytes(new Float32Array(3))).toBe(12);
    expect(roughBytes({ id: 'ab', list: [1, new ArrayBuffer(5)] })).toBe(2 + 2 + 4 + 8 + 5);
    expect(roughBytes(null)).toBe(8);
  });

  it('knows the kinds apart, and counts on beyond its sample', async () => {
    const notes = await createNotes('sizes', { now: () => 1_000, newId: () => 'x' });
    const index = await openIndexStore('sizes');
    expect(await index.sizes()).toEqual({
      notes: 0,
      passages: 0,
      keyword: 0,
      attachments: 0,
      versions: 0,
    });
    for (let i = 0; i < 100; i++) {
      await notes.save({ id: `n${i}`, title: 't', text: 'x'.repeat(1_000), baseRevision: 0 });
    }
    await notes.addAttachment({
      id: 'a',
      type: 'image/png',
      bytes: new ArrayBuffer(50_000),
      added: 1,
    });
    const sizes = await index.sizes();
    expect(sizes.notes).toBeGreaterThan(100_000);
    expect(sizes.notes).toBeLessThan(130_000);
    expect(Math.round(sizes.attachments / 1_000)).toBe(50);
    expect(sizes.versions).toBe(0);
    const entries = Array.from({ length: 200 }, (_, i) => ({
      hash: `${i}`.padStart(32, '0'),
      codes: new Int8Array(512),
      scale: 1,
    }));
    await index.putVectors(generationId('gen'), entries, {}, []);
    const { passages } = await index.sizes();
    expect(passages).toBeGreaterThan(200 * 540);
    expect(passages).toBeLessThan(200 * 640);
    notes.close();
    index.close();
  });
});
