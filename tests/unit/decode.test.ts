import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from '../../src/ui/import/decode';
import { encodeText } from '../../src/ui/import/encode';

const utf8 = (text: string) => new TextEncoder().encode(text);
const bytes = (...values: number[]) => Uint8Array.from(values);
const latin1 = (text: string) => Uint8Array.from(text, (c) => c.charCodeAt(0));
function utf16(text: string, big: boolean, mark: boolean): Uint8Array {
  const view = new DataView(new ArrayBuffer(text.length * 2 + (mark ? 2 : 0)));
  const units = `${mark ? '\ufeff' : ''}${text}`;
  for (let i = 0; i < units.length; i++) view.setUint16(i * 2, units.charCodeAt(i), !big);
  return new Uint8Array(view.buffer);
}

const NOT_TEXT = { ok: false, reason: 'This is not a text file' };

describe('decodeText', () => {
  it('reads UTF-8, without its mark', () => {
    expect(decodeText(utf8('Grüße 日本 😀'))).toEqual({
      ok: true,
      text: 'Grüße 日本 😀',
      facts: {},
    });
    expect(decodeText(utf8('\ufeffx'))).toEqual({ ok: true, text: 'x', facts: { mark: true } });
  });

  it('reads UTF-16 in both orders, and without a mark where it is plain', () => {
    for (const big of [false, true]) {
      const encoding = big ? 'utf-16be' : 'utf-16le';
      expect(decodeText(utf16('Grüße 日本 😀', big, true))).toEqual({
        ok: true,
        text: 'Grüße 日本 😀',
        facts: { encoding, mark: true },
      });
      expect(decodeText(utf16('Plain text', big, false))).toEqual({
        ok: true,
        text: 'Plain text',
        facts: { encoding },
      });
    }
  });

  it('keeps lone surrogates, and the bytes where an odd last one is left', () => {
    const facts = { encoding: 'utf-16le', mark: true };
    expect(decodeText(utf16('a\ud83db', false, true))).toEqual({
      ...{ ok: true, text: 'a\ud83db', facts },
    });
    expect(decodeText(bytes(0xff, 0xfe, 0x61, 0, 0x62))).toEqual({
      ...{ ok: true, text: 'a\ufffd', facts: { ...facts, kept: true } },
    });
  });

  it.each([
    ['a\nb\n', {}],
    ['a\r\nb\r\n', { lineEnds: 'crlf' }],
    ['a\rb\r', { lineEnds: 'cr' }],
    ['a\r\nb\rc\n\r\n', { lineEnds: 'crlf', kept: true }],
    ['a\nb\nc\r\n', { kept: true }],
  ])('makes the line ends of %j LF, and knows what they were', (text, facts) => {
    const made = text.replace(/\r\n?/g, '\n');
    expect(decodeText(utf8(text))).toEqual({ ok: true, text: made, facts });
  });

  it('guesses Windows-1252 and says so', () => {
    expect(decodeText(latin1('Gr\xfc\xdfe \x93zitiert\x94 f\xfcr 5 \x80'))).toEqual({
      ok: true,
      text: 'Grüße “zitiert” für 5 €',
      facts: { encoding: 'windows-1252', kept: true },
      note: 'Read as Windows-1252, since it was not valid UTF-8',
    });
  });

  it('stays with UTF-8 for a stray byte among much that is valid', () => {
    const cut = utf8('Schöne Grüße für alle, über äußerst großzügige Wölfe ä').slice(0, -1);
    const decoded = decodeText(cut);
    expect(decoded).toMatchObject({ ok: true, note: expect.stringMatching(/UTF-8/) });
    expect(decoded.ok && decoded.text).toMatch(/^Schöne .* Wölfe \ufffd$/);
  });

  it.each([
    ['PNG', bytes(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)],
    ['PDF', utf8('%PDF-1.7\nall ASCII here')],
    ['ZIP', utf8('PK\x03\x04 and so on')],
    ['JPEG', bytes(0xff, 0xd8, 0xff, 0xe0, 1, 2)],
    ['zero bytes', utf8('text\0text')],
    ['zero bytes in UTF-16', utf16('a\0b', false, true)],
    ['control characters', utf8('\x01\x02\x03text')],
    [
      'another eight-bit encoding',
      bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0),
    ],
    ['random bytes', bytes(...Array.from({ length: 999 }, (_, i) => ((i * 7919) % 255) + 1))],
  ])('rejects %s', (_name, file) => {
    expect(decodeText(file)).toEqual(NOT_TEXT);
  });

  it('takes text that only begins like a name of a format', () => {
    for (const text of [
      'GIF89a is a format',
      'PK is a name',
      'BZh',
      '\x1b[1mbold\x1b[0m terminal output',
    ]) {
      expect(decodeText(utf8(text))).toEqual({ ok: true, text, facts: {} });
    }
  });

  it.each([[''], [' \n\t\n'], ['\u00a0']])('takes %j, too', (text) => {
    expect(decodeText(utf8(text))).toEqual({ ok: true, text, facts: {} });
    expect(decodeText(utf16(text, true, true))).toMatchObject({ ok: true, text });
  });

  it('gives back any well-formed text, and something for any bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (text) => {
        fc.pre(text[0] !== '\ufeff' && !text.includes('\r'));
        expect(decodeText(utf8(text))).toEqual({ ok: true, text, facts: {} });
      }),
      { seed: 51 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (file) => {
        const decoded = decodeText(file);
        if (!decoded.ok) {
          expect(decoded.reason).not.toBe('');
          return;
        }
        expect(decoded.text).not.toMatch(/\r/u);
        // Written again, it is the same file, or its bytes are kept.
        if (!decoded.facts.kept) {
          expect(encodeText(decoded.text, decoded.facts)).toEqual(Uint8Array.from(file));
        }
      }),
      { numRuns: 2000, seed: 52 },
    );
  });

  it('takes 20 MB quickly', () => {
    const start = performance.now();
    expect(decodeText(utf8('Some line of text äöü\r\n'.repeat(900_000))).ok).toBe(true);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});
