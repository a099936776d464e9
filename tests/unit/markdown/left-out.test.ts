import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { leftOutOf, totalLeftOut } from '../../../src/markdown/left-out.ts';

const bytes = Buffer.concat(
  Array.from({ length: 40 }, (_, i) => createHash('sha256').update(`left out ${i}`).digest()),
);
const picture = bytes.toString('base64');
const key = `-----BEGIN OPENSSH PRIVATE KEY-----\n${picture.slice(0, 70)}\n-----END OPENSSH PRIVATE KEY-----`;

describe('leftOutOf', () => {
  it('says nothing of a text that people wrote', () => {
    expect(leftOutOf('# Soup\n\nLeeks, then https://example.org/a/b, `code();`.')).toEqual([]);
  });

  it('counts the characters of each kind', () => {
    const text = `A picture:\n\n${picture}\n\nand a key:\n\n${key}\n\nand a clock:\n\nCLOCK: [2024-03-05]\n`;
    expect(leftOutOf(text)).toEqual([
      { kind: 'encoded', characters: picture.length },
      { kind: 'key', characters: key.length },
      { kind: 'logbook', characters: 'CLOCK: [2024-03-05]'.length },
    ]);
    expect(totalLeftOut(leftOutOf(text))).toBe(picture.length + key.length + 19);
  });

  it('counts what overlaps once', () => {
    expect(totalLeftOut(leftOutOf(key))).toBe(key.length);
  });

  it('counts the address of a picture within the text', () => {
    const found = leftOutOf(`![dot](data:image/png;base64,${picture})`);
    expect(found.map(({ kind }) => kind)).toEqual(['encoded']);
  });
});
