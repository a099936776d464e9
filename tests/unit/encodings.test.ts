/** Files in encodings other than UTF-8 are read as they were written, and written back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodingName, isEncoding, OLD_ENCODINGS } from '../../src/encodings.ts';
import { decodeAs, decodeFile, decodeText } from '../../src/ui/import/decode.ts';
import { encodeText } from '../../src/ui/import/encode.ts';
import { decodeOld, encodeOld } from '../../src/ui/import/old-encodings.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);
const join = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('a file in an old encoding', () => {
  it.each([
    ['gb18030', '# 采购\n\n明天上午讨论新的采购计划，请大家准备好材料。\n'],
    ['big5', '# 採購\n\n明天上午討論新的採購計畫，請大家準備好材料。\n'],
    ['shift_jis', '# 会議\n\n明日の会議では新しい予算について話し合います。\n'],
    ['euc-jp', '# 会議\n\n明日の会議では新しい予算について話し合います。\n'],
    ['euc-kr', '# 회의\n\n내일 회의에서 새로운 계획을 이야기합니다.\n'],
    ['windows-1251', '# Заметки\n\nЗавтра утром обсудим новый план закупок.\n'],
    ['koi8-r', '# Заметки\n\nЗавтра утром обсудим новый план закупок.\n'],
    ['iso-8859-2', '# Lista\n\nŻółta łódź płynie w górę rzeki, a gęś czeka na łące.\n'],
    ['windows-1253', '# Σημειώσεις\n\nΑύριο το πρωί θα συζητήσουμε το νέο σχέδιο.\n'],
  ] as const)('%s', async (encoding, text) => {
    const bytes = encodeOld(text, encoding)!;
    const decoded = await decodeFile(bytes);
    expect(decoded).toMatchObject({ ok: true, text, facts: { kept: true } });
    if (!decoded.ok) return;
    expect(decoded.note).toMatch(/^Read as .*a guess, \d+ % sure/);
    expect(encodeText(decoded.text, decoded.facts)).toEqual(bytes);
    expect(decodeAs(bytes, { encoding })).toBe(text);
  });

  it('is Western where it is short and Western', async () => {
    for (const text of ['Käsespätzle für fünf Gäste', 'Señor López, ¿qué tal?', 'déjà vu', '5 £']) {
      const decoded = await decodeFile(encodeOld(text, 'windows-1252')!);
      expect(decoded).toMatchObject({ ok: true, text, facts: { encoding: 'windows-1252' } });
    }
  });

  it('is refused with words where nothing is sure', async () => {
    const noise = Uint8Array.from({ length: 4_000 }, (_, i) => 0x80 + ((i * i * 31 + i * 7) % 127));
    expect(await decodeFile(noise)).toEqual({
      ok: false,
      reason: expect.stringMatching(/encoding|not a text/),
    });
  });
});

describe('text in Unicode that is a little wrong', () => {
  it('has single bytes of Windows-1252 among UTF-8', async () => {
    const bytes = join(utf8('Über alle: grün, '), Uint8Array.of(0xfc), utf8('ber Berge.'));
    const text = 'Über alle: grün, über Berge.';
    expect(await decodeFile(bytes)).toMatchObject({ ok: true, text, facts: { kept: true } });
  });
  it('has a zero in it', () => {
    expect(decodeText(utf8(`A text with a \0 zero, ${'and more '.repeat(4)}`))).toMatchObject({
      ok: true,
    });
    expect(decodeText(utf8('a\0b\0c\0d'))).toMatchObject({ ok: false });
  });
  it.each([
    ['utf-32le', true],
    ['utf-32be', false],
  ] as const)('is %s, by its mark', (encoding, isLittle) => {
    const text = 'Grüße 日本 😀';
    const points = Array.from(`\ufeff${text}`, (char) => char.codePointAt(0)!);
    const view = new DataView(new ArrayBuffer(4 * points.length));
    points.forEach((point, i) => {
      view.setUint32(4 * i, point, isLittle);
    });
    const bytes = new Uint8Array(view.buffer);
    const decoded = decodeText(bytes);
    expect(decoded).toEqual({ ok: true, text, facts: { encoding, mark: true } });
    expect(encodeText(text, { encoding, mark: true })).toEqual(bytes);
  });
});

it('writes any text that an encoding has the signs for, and no other', () => {
  for (const encoding of OLD_ENCODINGS) {
    expect(isEncoding(encoding)).toBe(true);
    expect(encodingName(encoding)).not.toBe('');
    expect(encodeOld('\u{1F335}', encoding), encoding).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        const text = decodeOld(bytes, encoding);
        if (text === null) return;
        const again = encodeOld(text, encoding);
        if (again) expect(decodeOld(again, encoding)).toBe(text);
      }),
      { seed: 9, numRuns: 60 },
    );
  }
});
