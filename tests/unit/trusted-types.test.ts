import { expect, it } from 'vitest';
import { sameOriginScriptUrl } from '../../src/trusted-types.ts';

const location = new URL('https://notes.example/app/index.html');

it.each([
  ['sw.js', 'https://notes.example/app/sw.js'],
  ['/app/assets/entry-1.js', 'https://notes.example/app/assets/entry-1.js'],
  ['https://notes.example/x.js', 'https://notes.example/x.js'],
])('admits %s', (url, resolved) => {
  expect(sameOriginScriptUrl(url, location)).toBe(resolved);
});

it.each([
  'https://example.org/x.js',
  '//example.org/x.js',
  'http://notes.example/x.js',
  'https://notes.example:8443/x.js',
  'blob:https://notes.example/0b9c',
  'data:text/javascript,1',
  'javascript:1',
  'https://notes.example@example.org/x.js',
])('refuses %s', (url) => {
  expect(() => sameOriginScriptUrl(url, location)).toThrow('Refused script URL');
});
