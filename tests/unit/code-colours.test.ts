import { describe, expect, it } from 'vitest';
import { stretchesOf } from '../../src/ui/editor/code/colour.ts';
import { grammarOf, languageOf } from '../../src/ui/editor/code/languages.ts';

describe('a language by its fence', () => {
  it.each([
    ['js', 'js'],
    ['Python title="a"', 'python'],
    ['{.rust .numberLines}', 'rust'],
    ['rust,ignore', 'rust'],
    ['c++', 'c++'],
    ['', ''],
  ])('%j is %j', (info, expected) => expect(languageOf(info)).toBe(expected));

  it('none for what is drawn by others, or unknown', () => {
    for (const info of ['mermaid', 'constructor', '__proto__', '', 'text']) {
      expect(grammarOf(info)).toBeNull();
    }
  });
});

it.each([
  ['ts', 'const a: number = 1; // b', 'const', 'code-keyword'],
  ['python', 'def f(): return "a"', '"a"', 'code-string'],
  ['json', '{"a": true}', 'true', 'code-number'],
  ['css', 'a { color: red } /* b */', '/* b */', 'code-comment'],
  ['html', '<p class="a">b</p>', 'p', 'code-keyword'],
  ['cpp', 'int main() { return 0; }', 'return', 'code-keyword'],
  ['java', 'class A { }', 'A', 'code-name'],
  ['rust', 'fn f() {}', 'fn', 'code-keyword'],
  ['go', 'package main', 'package', 'code-keyword'],
  ['sql', 'SELECT 1 FROM a', 'SELECT', 'code-keyword'],
  ['yaml', 'a: b # c', '# c', 'code-comment'],
  ['sh', 'if true; then echo "a"; fi', '"a"', 'code-string'],
  ['toml', 'a = "b" # c', '# c', 'code-comment'],
  ['diff', '+a\n-b', '-b', 'code-wrong'],
  ['ruby', '# a\nputs 1', '# a', 'code-comment'],
])('%s is coloured, and keeps its text', async (language, code, text, look) => {
  const parts = stretchesOf(code, await grammarOf(language)!());
  expect(parts.map((part) => part.text).join('')).toBe(code);
  expect(parts).toContainEqual({ text, look });
});
