import { describe, expect, it } from 'vitest';
import { FindlingError } from '../../src/errors.ts';
import { nameError, recentErrors, rememberError } from '../../src/ui/core/recent-errors.ts';
import { diagnosticsText } from '../../src/ui/health/diagnostics.ts';

const SECRET = 'Aunt Petunia at 5 Privet Drive';

const withStack = (error: Error, stack: string): Error => Object.assign(error, { stack });

describe('recent errors', () => {
  it('are told by code or class and by place, never by their message', () => {
    expect(nameError(new FindlingError('storage-full', SECRET)).name).toBe('storage-full');
    const stack = `SyntaxError: ${SECRET}\n    at read (https://a.b/assets/map-8r0.js:12:345)\n    at x`;
    expect(nameError(withStack(new SyntaxError(SECRET), stack))).toEqual({
      name: 'SyntaxError',
      where: 'map-8r0.js:12:345',
    });
    expect(nameError(SECRET)).toEqual({ name: 'string', where: '' });
    const named = Object.assign(new Error(SECRET), { name: SECRET });
    expect(JSON.stringify(nameError(named))).not.toContain('Petunia');
    // A message of several lines, one of which looks like a place.
    const posing = withStack(new Error(''), `Error: x\n${SECRET}/a.js:1:2\n    at <anonymous>`);
    expect(nameError(posing).where).toBe('');
  });

  it('counts repetitions, leaves out what was cancelled, keeps the last twenty', () => {
    rememberError(new FindlingError('deadline'), 1);
    rememberError(new FindlingError('cancelled'), 2);
    for (let i = 0; i < 3; i++) rememberError(SECRET, i);
    expect(recentErrors().at(-1)).toEqual({ at: 2, name: 'string', where: '', times: 3 });
    for (let i = 0; i < 30; i++) rememberError(i % 2 ? 'a' : 7, i);
    expect(recentErrors()).toHaveLength(20);
  });
});

it('diagnostics are plain lines', () => {
  const text = diagnosticsText({
    version: '1.2.3',
    build: 'abc',
    at: 0,
    browser: [['Browser', 'Some/1.0']],
    status: 'idle',
    numbers: [
      ['Notes', 3],
      ['Device', ''],
    ],
    storage: [['Images', 2048]],
    errors: [{ at: 0, name: 'deadline', where: 'a.js:1:2', times: 2 }],
  });
  expect(text).toBe(`Findling 1.2.3, build abc
1970-01-01T00:00:00.000Z

Browser: Some/1.0

Status: idle
Notes: 3
Device: -

Images: 2 KB

Recent errors:
1970-01-01T00:00:00.000Z deadline at a.js:1:2, 2 times
`);
});
