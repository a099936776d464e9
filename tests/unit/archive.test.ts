import { readFileSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/ui/archive/unzip.ts';
import { zipped } from '../../src/ui/archive/zip.ts';
import { SparseBlob, withSparseBlobs } from '../support/sparse-blob.ts';

/** What each file holds, or why it is not taken. */
async function contents(archive: Blob, limit = 1_000_000) {
  const opened = await openArchive(archive);
  const found: Record<string, string> = {};
  for (const file of opened.files) {
    const content = await opened.read(file, limit);
    found[file.path] =
      typeof content === 'string' ? `! ${content}` : new TextDecoder().decode(content);
  }
  return { found, whole: opened.whole };
}

const CRC_OF_X = 0x8cdc1683;

const ALL = process.env.FINDLING_LONG === 'all';

/** Of an archive: its end, with the numbers of files, of bytes of their list, and where that begins. */
function wideEnd(count: number, bytes: number, list: number): Buffer {
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(bytes), 40);
  end.writeBigUInt64LE(BigInt(list), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(list + bytes), 64);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.writeUInt16LE(0xffff, 84);
  end.writeUInt16LE(0xffff, 86);
  end.writeUInt32LE(0xffffffff, 88);
  end.writeUInt32LE(0xffffffff, 92);
  return end;
}

/**
 * A .zip of stored files, as another program writes it; with the wide numbers of ZIP64 where they are
 * needed. `content` is told by its size and CRC-32 alone: what lies between the headers is up to `at`.
 */
function foreignZip(entries: { path: string; content: string; crc: number }[]): Blob {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  let listBytes = 0;
  for (const { path, content, crc } of entries) {
    const name = Buffer.from(path);
    const body = Buffer.from(content);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(20, 4);
    local.writeUInt16LE(0x800, 6);
    local.writeUInt32LE(crc, 14);
    local.writeUInt32LE(body.length, 18);
    local.writeUInt32LE(body.length, 22);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(20, 4);
    local.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    parts.push(Buffer.concat([local, name, body]));
    list.push(Buffer.concat([entry, name]));
    at += 30 + name.length + body.length;
    listBytes += 46 + name.length;
  }
  const end = wideEnd(entries.length, listBytes, at);
  return new Blob([Buffer.concat([...parts, ...list, end])]);
}

const LIMIT_32 = 0xffffffff;

/** A stored file with the wide numbers of ZIP64 in its own header, or in a descriptor behind it. */
function wideFile(path: string, content: string, behind: boolean): Buffer<ArrayBuffer> {
  const name = Buffer.from(path);
  const body = Buffer.from(content);
  const header = Buffer.alloc(30 + name.length + 20);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(45, 4);
  header.writeUInt16LE(0x800 | (behind ? 8 : 0), 6);
  header.writeUInt32LE(behind ? 0 : crc32(body), 14);
  header.writeUInt32LE(LIMIT_32, 18);
  header.writeUInt32LE(LIMIT_32, 22);
  header.writeUInt16LE(name.length, 26);
  header.writeUInt16LE(20, 28);
  name.copy(header, 30);
  header.writeUInt16LE(1, 30 + name.length);
  header.writeUInt16LE(16, 32 + name.length);
  header.writeBigUInt64LE(behind ? 0n : BigInt(body.length), 34 + name.length);
  header.writeBigUInt64LE(behind ? 0n : BigInt(body.length), 42 + name.length);
  const descriptor = Buffer.alloc(behind ? 24 : 0);
  if (behind) {
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(crc32(body), 4);
    descriptor.writeBigUInt64LE(BigInt(body.length), 8);
    descriptor.writeBigUInt64LE(BigInt(body.length), 16);
  }
  return Buffer.concat([header, body, descriptor]);
}

const bytesOf = (buffer: Buffer): Uint8Array<ArrayBuffer> => new Uint8Array(buffer);

/** `huge.bin`, so many zeros, and `after.md` behind it. `list`: where the list of files begins. */
function hugeZip(size: number, content: string): { archive: Blob; list: number } {
  const huge = wideFile('huge.bin', '', false);
  // Its sizes stand at the header's end.
  huge.writeBigUInt64LE(BigInt(size), huge.length - 16);
  huge.writeBigUInt64LE(BigInt(size), huge.length - 8);
  const after = wideFile('after.md', content, false);
  const at = huge.length + size;
  const list = at + after.length;
  const entries = [
    { local: huge, bytes: size, offset: 0 },
    { local: after, bytes: content.length, offset: at },
  ].map(({ local, bytes, offset }) => {
    const entry = Buffer.alloc(46 + 8 + 28);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(45, 4);
    local.copy(entry, 6, 4, 30);
    entry.writeUInt16LE(28, 30);
    entry.writeUInt32LE(LIMIT_32, 42);
    local.copy(entry, 46, 30, 38);
    entry.writeUInt16LE(1, 54);
    entry.writeUInt16LE(24, 56);
    entry.writeBigUInt64LE(BigInt(bytes), 58);
    entry.writeBigUInt64LE(BigInt(bytes), 66);
    entry.writeBigUInt64LE(BigInt(offset), 74);
    return entry;
  });
  const listed = Buffer.concat(entries);
  const parts = [
    bytesOf(huge),
    { zeros: size },
    ...[after, listed, wideEnd(2, listed.length, list)].map(bytesOf),
  ];
  return { archive: new SparseBlob(parts) as unknown as Blob, list };
}

const files = Array.from({ length: 120 }, (_, i) => ({
  path: `folder ${i % 3}/ñ${i}.md`,
  content: `text ${i} `.repeat(i * 40),
}));
const asObject = Object.fromEntries(files.map(({ path, content }) => [path, content]));

describe('an archive', () => {
  it('gives back what was put in', async () => {
    expect(await contents(await zipped(files))).toEqual({ found: asObject, whole: true });
  });

  it('holds no file beyond its limit, whatever it says of its size', async () => {
    const archive = await zipped([
      { path: 'bomb.md', content: '0'.repeat(20_000_000) },
      { path: 'small.md', content: 'fine' },
    ]);
    expect(archive.size).toBeLessThan(100_000);
    const { found } = await contents(archive);
    expect(found).toEqual({ 'bomb.md': '! large', 'small.md': 'fine' });
    // The list says 10 bytes.
    const lying = new Uint8Array(await archive.arrayBuffer());
    const list = Buffer.from(lying).indexOf('PK\x01\x02', 0, 'latin1');
    new DataView(lying.buffer).setUint32(list + 24, 10, true);
    expect((await contents(new Blob([lying]))).found).toEqual({
      'bomb.md': '! damaged',
      'small.md': 'fine',
    });
  });

  it('holds no more of a file than was packed, whatever it says of its size', async () => {
    const archive = await zipped([{ path: 'short.md', content: 'short' }]);
    const bytes = new Uint8Array(await archive.arrayBuffer());
    const view = new DataView(bytes.buffer);
    const list = Buffer.from(bytes).indexOf('PK\x01\x02', 0, 'latin1');
    // Zeros at its end would be a changed text.
    for (const at of [22, list + 24]) view.setUint32(at, 15, true);
    expect((await contents(new Blob([bytes]))).found).toEqual({ 'short.md': '! damaged' });
  });

  it('whose list has lost some files is read by what stands before each', async () => {
    const bytes = new Uint8Array(await (await zipped(files)).arrayBuffer());
    const view = new DataView(bytes.buffer);
    const end = Buffer.from(bytes).lastIndexOf('PK\x05\x06', undefined, 'latin1');
    // Half of them, says its end.
    view.setUint16(end + 8, files.length / 2, true);
    view.setUint16(end + 10, files.length / 2, true);
    expect(await contents(new Blob([bytes]))).toEqual({ found: asObject, whole: false });
  });

  it('without its list gives what its files say of themselves', async () => {
    const archive = await zipped(files);
    const bytes = Buffer.from(await archive.arrayBuffer());
    const list = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    expect(await contents(archive.slice(0, list))).toEqual({ found: asObject, whole: false });
    const half = await contents(archive.slice(0, Math.floor(archive.size / 2)));
    expect(half.whole).toBe(false);
    const names = Object.keys(half.found);
    expect(names.length).toBeGreaterThan(60);
    for (const name of names.slice(0, -1)) expect(half.found[name]).toBe(asObject[name]);
    expect(half.found[names.at(-1)!]).toBe('! damaged');
  });

  it('without its list is read though the sizes stand behind each file, as older backups have them', async () => {
    const bytes = readFileSync('tests/fixtures/backups/schema-5.zip');
    const list = bytes.indexOf('PK\x01\x02', 0, 'latin1');
    const whole = await contents(new Blob([bytes]));
    expect(Object.keys(whole.found)).toHaveLength(5);
    expect(await contents(new Blob([bytes.subarray(0, list)]))).toEqual({ ...whole, whole: false });
  });

  it('unpacks nothing twice: a file that reaches into the next is not taken', async () => {
    const bytes = new Uint8Array(
      await (
        await zipped([
          { path: 'a.md', content: 'one' },
          { path: 'b.md', content: 'one' },
        ])
      ).arrayBuffer(),
    );
    // Both entries of the list lead to the same file.
    const second = Buffer.from(bytes).lastIndexOf('PK\x01\x02', undefined, 'latin1');
    new DataView(bytes.buffer).setUint32(second + 42, 0, true);
    const { found } = await contents(new Blob([bytes]));
    expect(Object.values(found).sort()).toEqual(['! damaged', 'one']);
  });

  it('of thousands of tiny files is read to its end', async () => {
    const tiny = Array.from({ length: 3_000 }, (_, i) => ({
      path: `${i}.md`,
      content: 'x',
      crc: CRC_OF_X,
    }));
    const { found, whole } = await contents(foreignZip(tiny));
    expect(whole).toBe(true);
    expect(Object.keys(found)).toHaveLength(3_000);
    expect(new Set(Object.values(found))).toEqual(new Set(['x']));
  });

  it('without its list is read though each file has the wide numbers of ZIP64', async () => {
    const behind = wideFile('behind.md', 'its sizes stand behind it', true);
    const before = wideFile('before.md', 'its sizes stand before it', false);
    const last = wideFile('last.md', 'the last one', true);
    expect(await contents(new Blob([behind, before, last]))).toEqual({
      found: {
        'behind.md': 'its sizes stand behind it',
        'before.md': 'its sizes stand before it',
        'last.md': 'the last one',
      },
      whole: false,
    });
    // What such a file says of itself is checked like any other.
    behind[behind.indexOf('stand')]! ^= 1;
    expect((await contents(new Blob([behind, before]))).found).toEqual({
      'behind.md': '! damaged',
      'before.md': 'its sizes stand before it',
    });
  });

  it('of more than 4 GB is read, with its list and without', async () => {
    const size = 5 * 2 ** 30;
    const { archive, list } = hugeZip(size, 'behind it');
    for (const [blob, whole] of [
      [archive, true],
      [archive.slice(0, list), false],
    ] as const) {
      expect(blob.size).toBeGreaterThan(size);
      expect(await withSparseBlobs(() => contents(blob))).toEqual({
        found: { 'huge.bin': '! large', 'after.md': 'behind it' },
        whole,
      });
    }
  });

  const MANY = 70_000;

  it('of more than 65,535 files is read to its end', async () => {
    const archive = await openArchive(
      foreignZip(
        Array.from({ length: MANY }, (_, i) => ({ path: `${i}.md`, content: 'x', crc: CRC_OF_X })),
      ),
    );
    expect(archive.whole).toBe(true);
    expect(archive.files).toHaveLength(MANY);
    for (const i of [0, 65_535, 65_536, MANY - 1]) {
      expect(archive.files[i]!.path).toBe(`${i}.md`);
      expect(await archive.read(archive.files[i]!, 9)).toEqual(new Uint8Array([0x78]));
    }
  });

  // Half a minute: in `npm run test:long`.
  it.runIf(ALL)(
    'of more than 4 GB is written, and read back',
    async () => {
      const image = new Uint8Array(64 * 2 ** 20);
      const archive = await withSparseBlobs(() =>
        zipped(
          (function* () {
            yield { path: 'first.md', content: 'the first one' };
            for (let i = 0; i < 70; i++) yield { path: `${i}.png`, content: image };
            yield { path: 'last.md', content: 'the last one' };
          })(),
        ),
      );
      expect(archive.size).toBeGreaterThan(70 * image.length);
      // Where its list begins stands in its end, as `wideEnd` has it.
      const end = new DataView(await archive.slice(archive.size - 98).arrayBuffer());
      const list = Number(end.getBigUint64(48, true));
      for (const blob of [archive, archive.slice(0, list)]) {
        const opened = await withSparseBlobs(() => openArchive(blob));
        const read = async (path: string) => {
          const file = opened.files.find((one) => one.path === path)!;
          const content = await opened.read(file, image.length);
          return content instanceof Uint8Array ? Buffer.from(content) : content;
        };
        expect(opened.files).toHaveLength(72);
        expect(String(await read('first.md'))).toBe('the first one');
        expect(String(await read('last.md'))).toBe('the last one');
        expect(await read('69.png')).toHaveLength(image.length);
      }
    },
    900_000,
  );

  // The list that is made anew has wide numbers however few files there are.
  it.runIf(ALL)('of more than 65,535 files is read to its end without its list, too', async () => {
    const whole = foreignZip(
      Array.from({ length: MANY }, (_, i) => ({ path: `${i}.md`, content: 'x', crc: CRC_OF_X })),
    );
    const bytes = Buffer.from(await whole.arrayBuffer());
    const archive = await openArchive(whole.slice(0, bytes.indexOf('PK\x01\x02', 0, 'latin1')));
    expect(archive.whole).toBe(false);
    expect(archive.files).toHaveLength(MANY);
    for (const i of [0, 65_535, 65_536, MANY - 1]) {
      expect(archive.files[i]!.path).toBe(`${i}.md`);
      expect(await archive.read(archive.files[i]!, 9)).toEqual(new Uint8Array([0x78]));
    }
  });

  // A minute or two: in `npm run test:long`.
  it.runIf(ALL)(
    'of more than 65,535 files is written, and read back to the last one',
    async () => {
      const archive = await zipped(
        (function* () {
          for (let i = 0; i < MANY; i++) yield { path: `${i}.md`, content: `note ${i}` };
        })(),
      );
      const opened = await openArchive(archive);
      expect(opened.whole).toBe(true);
      expect(opened.files).toHaveLength(MANY);
      for (const [i, file] of opened.files.entries()) {
        const content = (await opened.read(file, 1_000)) as Uint8Array;
        expect([file.path, new TextDecoder().decode(content)]).toEqual([`${i}.md`, `note ${i}`]);
      }
    },
    900_000,
  );

  it('is refused when there is no file in it', async () => {
    const archive = await zipped(files);
    for (const blob of [archive.slice(0, 0), archive.slice(0, 20), new Blob(['# Not a zip'])]) {
      await expect(openArchive(blob)).rejects.toMatchObject({ code: 'not-a-backup' });
    }
  });
});
