import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { inCode } from '../../src/ui/editor/rich/in-code.ts';
import { noteLanguage } from '../../src/ui/editor/rich/note-language.ts';

// `|` is the caret.
it.each([
  ['a|', false],
  ['```js\nlet a|;\n```', true],
  ['```js|\nlet a;\n```', false],
  ['```\na\n```|', false],
  ['```\na\n```\n|', false],
  ['```\na\n```\n\nb|', false],
  ['```\na|', true],
  ['```\n|', true],
  ['```\n\n|\n```', true],
  ['~~~\n```\na|\n~~~', true],
  ['~~~\n```\n~~~\na|', false],
  ['- item\n\n  ```\n  a|\n  ```', true],
  ['> ```\n> a|\n\nb', true],
  ['> ```\n> a\n\nb|', false],
  ['text\n\n    code|', true],
  ['text\n    no code|', false],
  ['a `b|` c', false],
])('%j: %s', (written, expected) => {
  const at = written.indexOf('|');
  const state = EditorState.create({
    doc: written.replace('|', ''),
    extensions: [noteLanguage],
  });
  expect(inCode(state, at)).toBe(expected);
});
