import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/ui/archive/unzip.ts';
import { zipped } from '../../src/ui/archive/zip.ts';

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
  const end = Buffer.alloc(56 + 20 + 22);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(entries.length), 24);
  end.writeBigUInt64LE(BigInt(entries.length), 32);
  end.writeBigUInt64LE(BigInt(listBytes), 40);
  end.writeBigUInt64LE(BigInt(at), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(at + listBytes), 64);
  end.writeUInt32LE(1, 72);
  end.writeUInt32LE(0x06054b50, 76);
  end.writeUInt16LE(0xffff, 84);
  end.writeUInt16LE(0xffff, 86);
  end.writeUInt32LE(0xffffffff, 88);
  end.writeUInt32LE(0xffffffff, 92);
  return new Blob([Buffer.concat([...parts, ...list, end])]);
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
