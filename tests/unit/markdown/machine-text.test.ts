/** What a machine wrote is neither read nor embedded; what people wrote is. */
import { createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from '../../../src/markdown/document.ts';
import { machineText } from '../../../src/markdown/machine-text.ts';
import { plainText } from '../../../src/markdown/plain-text.ts';
import { chunk } from '../../../src/worker/chunk/chunk.ts';

const read = (text: string): string => plainText(parse(text)).text.replace(/\s+/g, ' ').trim();
/** Bytes that are the same each time. */
const bytes = (count: number, seed = 'seed'): Buffer => {
  const parts: Buffer[] = [];
  for (let i = 0; i * 32 < count; i++) {
    parts.push(createHash('sha256').update(`${seed}${i}`).digest());
  }
  return Buffer.concat(parts).subarray(0, count);
};
const base64 = bytes(6_000).toString('base64');
const wrapped = bytes(500).toString('base64').replace(/.{76}/g, '$&\n');
const uuid = (i: number): string =>
  `0f1e2d3c-4b5a-6978-8796-a5b4c3d2e${String(i).padStart(3, '0')}`;

describe('a machine’s text is hidden', () => {
  it.each<[string, string, string]>([
    ['a picture in base64', `Before\n\n${base64}\n\nafter`, 'Before after'],
    ['the same in lines', `Before\n\n${wrapped}\n\nafter`, 'Before after'],
    ['the same in a fence', `Before\n\n\`\`\`\n${wrapped}\n\`\`\`\n\nafter`, 'Before after'],
    ['the same without padding, for addresses', `a ${bytes(60).toString('base64url')} b`, 'a b'],
    ['a hash', `sum ${bytes(32).toString('hex')} of it`, 'sum of it'],
    [
      'a short hash, in capitals',
      `sum ${bytes(16).toString('hex').toUpperCase()} of it`,
      'sum of it',
    ],
    [
      'a key',
      `Key:\n\n-----BEGIN RSA PRIVATE KEY-----\n${wrapped}\n-----END RSA PRIVATE KEY-----\n\nend`,
      'Key: end',
    ],
    [
      'a public key',
      `ssh-ed25519 ${bytes(51).toString('base64')} ann@desk`,
      'ssh-ed25519 ann@desk',
    ],
    [
      'a list of UUIDs',
      `Seen:\n\n${[1, 2, 3, 4, 5].map((i) => `- ${uuid(i)}`).join('\n')}\n\nend`,
      'Seen: end',
    ],
    [
      'minified code',
      `Loader:\n\n\`\`\`js\n${'function(a){return b?c(d):e};var f=[g,h],i={j:k};'.repeat(20)}\n\`\`\`\n`,
      'Loader:',
    ],
    [
      'data on one line',
      `${JSON.stringify(Array.from({ length: 60 }, (_, i) => ({ x: i, y: i * 7, w: [i] })))}\n\nend`,
      'end',
    ],
    [
      'a drawing',
      `Plan\n\n<svg viewBox="0 0 9 9"><path d="${'M1 2 L3 4 '.repeat(60)}"/></svg>\n\nend`,
      'Plan end',
    ],
    [
      'clocks and ids of an outline',
      `- TODO Prune the plum\n  id:: ${uuid(7)}\n  :LOGBOOK:\n  CLOCK: [2024-03-05 Tue 10:10:10]--[2024-03-05 Tue 10:12:11] =>  00:02:01\n  :END:\n- next`,
      'TODO Prune the plum next',
    ],
  ])('%s', (_name, text, shown) => {
    expect(read(text)).toBe(shown);
  });

  it('and makes no passage', () => {
    const options = { window: 128, countTokens: (part: string) => Math.ceil(part.length / 4) };
    const text = `The orchard.\n\n${base64}\n\nThe end.`;
    expect(chunk('', text, options).map(({ embedText }) => embedText)).toEqual([
      'The orchard.',
      'The orchard. The end.',
    ]);
  });
});

describe('what people wrote is shown', () => {
  it.each([
    'getUserAccountNameFromDatabaseConnectionPoolOrThrow2',
    'Donaudampfschifffahrtselektrizitätenhauptbetriebswerk',
    '/home/ann/projects/allotment/src/planting/calendar/march_2024.md',
    'https://docs.example.org/d/1aB2cD3eF4gH5iJ6kL7mN8oP9qR0sT1uV2wX3yZ4/edit',
    'a1b2c3d fixes the gate',
    `Ticket ${uuid(1)} is open`,
    '----------------------------------------------------------------',
    'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    '1234567890 1234567890 1234567890',
    '12345678901234567890123456789012345678901234567890',
    'let total = prices.reduce((sum, price) => sum + price, 0); // in cents',
    'Take -----BEGIN without an end',
    `${'The gate (old, green) creaks; the hinge "sings": oil it! '.repeat(12)}`.trim(),
    '東京都千代田区丸の内一丁目九番一号東京駅丸の内駅舎中央口改札前待合所',
  ])('%s', (text) => {
    expect(read(`\`\`\`\n${text}\n\`\`\``)).toBe(text);
  });

  it('a signed message, without what signs it', () => {
    const text = `-----BEGIN PGP SIGNED MESSAGE-----\n\nMeet at noon.\n\n-----BEGIN PGP SIGNATURE-----\n\n${wrapped}\n-----END PGP SIGNATURE-----\n`;
    expect(read(text)).toMatch(/Meet at noon\.$/);
  });

  it('words in camel case, of any number, are no random run', () => {
    const word = fc.stringMatching(/^[A-Z][a-z]{2,9}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 30 }), (words) => {
        expect(machineText(`${words.join('')}2`)).toEqual([]);
      }),
    );
  });

  it('random bytes of any number from 60 on are one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 60, max: 4_000 }), (count) => {
        const text = randomBytes(count).toString('base64');
        expect(machineText(text)).toEqual([{ from: 0, to: text.length, kind: 'encoded' }]);
      }),
    );
  });
});

it('takes a time that grows with the text', () => {
  const bits = [
    '-----BEGIN A-----',
    '-----BEGIN A-----\n-----END B-----\n',
    '<svg>',
    '<svg </svg>',
    `${base64.slice(0, 45)}.`,
    `${base64.slice(0, 45)}\n`,
    `://${base64.slice(0, 45)}`,
    `${uuid(1)}\n`,
    '0f1e2d3c-4b5a-',
    'id:: ',
    '  CLOCK: [\n',
    '{"a":1}',
    '\n',
  ];
  const time = (text: string): number => {
    const began = process.cpuUsage();
    machineText(text);
    const { user, system } = process.cpuUsage(began);
    return (user + system) / 1_000;
  };
  for (const bit of bits) {
    const text = bit.repeat(Math.ceil(1_000_000 / bit.length));
    time(text.slice(0, 100_000));
    // A megabyte, ms; what grew with the square of it would take minutes.
    expect(time(text), JSON.stringify(bit)).toBeLessThan(2_000);
  }
});
