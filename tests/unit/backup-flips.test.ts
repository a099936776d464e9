import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../src/sha256.ts';
import { openArchive } from '../../src/ui/archive/unzip.ts';
import { zipped } from '../../src/ui/archive/zip.ts';
import { exportBackup } from '../../src/ui/backup/backup.ts';
import { isManifest } from '../../src/ui/backup/backup-reader.ts';
import { type RestoreResult, restoreBackup } from '../../src/ui/backup/restore.ts';
import type { AppContext } from '../../src/ui/core/context.ts';
import { random } from '../random.ts';
import { createNotes } from '../support/fresh.ts';

const ALL = process.env.FINDLING_LONG === 'all';
/** Single-bit flips over a whole archive; `npm run test:long` tries all. */
const FLIPS = ALL ? 300 : 12;
/** And one in the content of each entry; of every so many entries in the short run. */
const EVERY = ALL ? 1 : 4;

async function library() {
  globalThis.indexedDB = new IDBFactory();
  let time = Date.UTC(2026, 5, 1);
  return createNotes('w', { now: () => time++, newId: () => `new-${time}` });
}

type Library = Awaited<ReturnType<typeof library>>;

async function restored(archive: Blob): Promise<{ result: RestoreResult; library: string }> {
  const notes = await library();
  let made = 0;
  const result = await restoreBackup(archive, {
    notes,
    announce: () => {},
    now: () => 0,
    newId: () => `made-${made++}`,
    signal: new AbortController().signal,
    onProgress: () => {},
  });
  return { result, library: await contentsOf(notes) };
}

/** All that a person has in it, in one text. */
async function contentsOf(notes: Library): Promise<string> {
  const all = await Promise.all((await notes.list()).map(({ id }) => notes.get(id)));
  const images = new Set(
    all.flatMap((one) => Array.from(one!.text.matchAll(/attachment:(\w{64})/g), ([, id]) => id!)),
  );
  const kept = await Promise.all(
    [...images].sort().map(async (id) => {
      const image = await notes.attachment(id);
      return [id, image?.type, image && (await sha256(image.bytes))];
    }),
  );
  const sorted = all.sort((a, b) => (a!.meta.id < b!.meta.id ? -1 : 1));
  notes.close();
  return JSON.stringify([sorted, kept]);
}

/** Two dozen notes of several kinds, and two images. */
async function backup(): Promise<Blob> {
  const notes = await library();
  const next = random(28);
  const images = await Promise.all(
    [1, 2].map(async () => {
      const bytes = Uint8Array.from({ length: 700 }, () => Math.floor(next() * 256)).buffer;
      const id = await sha256(bytes);
      await notes.addAttachment({ id, type: 'image/png', bytes, added: 1 });
      return id;
    }),
  );
  for (let i = 0; i < 24; i++) {
    const words = Array.from({ length: 5 + i * 9 }, () => Math.floor(next() * 5_000).toString(36));
    const image = i % 9 === 0 ? `\n\n![x](attachment:${images[i % 2]})` : '';
    await notes.save({
      id: `note-${i}`,
      title: ` Note ${i}`,
      text: words.join(' ') + image,
      baseRevision: 0,
      path: i % 2 ? `folder/${i}.md` : '',
      tags: i % 3 ? [] : ['a', 'b c'],
    });
  }
  const { archive } = await exportBackup(
    { notes } as AppContext,
    new AbortController().signal,
    () => {},
  );
  notes.close();
  return archive;
}

/** Where the contents of the archive's files lie. */
function contentsPlaces(bytes: Uint8Array): [from: number, to: number][] {
  const view = new DataView(bytes.buffer);
  const places: [number, number][] = [];
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    at = from + view.getUint32(at + 18, true);
    places.push([from, at]);
  }
  return places;
}

const told = ({ skipped, stopped }: RestoreResult): boolean =>
  skipped.length > 0 || stopped !== null;

describe('a backup whose manifests have a bit flipped each, and right checksums of the archive', () => {
  it('loses no note, and nothing unsaid', async () => {
    const whole = await backup();
    const expected = await restored(whole);
    const { files, read } = await openArchive(whole);
    const contents = new Map<string, Uint8Array>();
    for (const file of files) contents.set(file.path, (await read(file, 1e9)) as Uint8Array);
    const next = random(7_2026);
    const counts = { flips: 0, told: 0, same: 0 };
    const wrong: string[] = [];
    for (let i = 0; i < FLIPS; i++) {
      const places: number[] = [];
      const flipped = [...contents].map(([path, content]) => {
        if (!isManifest(path)) return { path, content };
        const spoilt = content.slice();
        // In the same row of both every other time.
        const bit =
          i % 2 === 1 && places.length > 0
            ? places[0]! ^ 1
            : Math.floor(next() * spoilt.length * 8);
        places.push(bit);
        spoilt[bit >> 3]! ^= 1 << (bit & 7);
        return { path, content: spoilt };
      });
      const { result, library } = await restored(await zipped(flipped));
      counts.flips++;
      const isTold = told(result) || result.remarks.length > 0;
      if (isTold) counts.told++;
      if (library === expected.library) counts.same++;
      else if (!isTold) wrong.push(`bits ${places}: ${JSON.stringify(result)}`);
      if (result.added !== expected.result.added) wrong.push(`bits ${places}: ${result.added}`);
    }
    console.log('flipped bits of manifests:', JSON.stringify(counts));
    expect(wrong).toEqual([]);
    expect(counts.told).toBeGreaterThan(0);
    expect(counts.same).toBeGreaterThan(0);
  }, 300_000);
});

describe('a backup with one bit flipped', () => {
  it('is restored exactly, or what is damaged is named', async () => {
    const whole = await backup();
    const bytes = new Uint8Array(await whole.arrayBuffer());
    const expected = await restored(whole);
    expect(told(expected.result)).toBe(false);
    const before = new Map(
      (JSON.parse(expected.library)[0] as { meta: { id: string } }[]).map((one) => [
        one.meta.id,
        JSON.stringify(one),
      ]),
    );
    const next = random(4_2026);
    const within = (from: number, to: number): number =>
      from * 8 + Math.floor(next() * (to - from) * 8);
    const places = contentsPlaces(bytes);
    // Notes and images, and the manifest twice.
    expect(places).toHaveLength(28);
    const bits = [
      ...places.filter((_, i) => i % EVERY === 0).map(([from, to]) => within(from, to)),
      ...Array.from({ length: FLIPS }, () => within(0, bytes.length)),
    ];
    const counts = { flips: 0, told: 0, same: 0, unnoticed: 0, changed: 0 };
    const wrong: string[] = [];
    for (const bit of bits) {
      const flipped = bytes.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      const { result, library } = await restored(new Blob([flipped]));
      counts.flips++;
      if (told(result)) counts.told++;
      if (library === expected.library) counts.same++;
      else if (!told(result)) {
        counts.unnoticed++;
        wrong.push(`bit ${bit}: ${JSON.stringify(result)}`);
      }
      // Told or not: no note has another text, tag or date than it had.
      for (const one of JSON.parse(library)[0] as { meta: { id: string } }[]) {
        if (before.get(one.meta.id) === JSON.stringify(one)) continue;
        counts.changed++;
        wrong.push(`bit ${bit}: ${JSON.stringify(one)}`);
      }
      // One bit costs one file.
      if (result.added < expected.result.added - 1) wrong.push(`bit ${bit}: ${result.added} left`);
    }
    console.log('flipped bits:', JSON.stringify(counts), `in ${bytes.length} bytes`);
    expect(wrong).toEqual([]);
  }, 300_000);
});
