import { EditorSelection, EditorState } from '@codemirror/state';
import { describe, expect, it } from 'vitest';
import { foldedFrontMatter, textStart } from '../../src/ui/editor/rich/front-matter.ts';

const FRONT = '---\na: b\n---\n';
const stateOf = (doc: string): EditorState =>
  EditorState.create({
    doc,
    extensions: [foldedFrontMatter((tr) => tr.isUserEvent('outside'))],
  });

describe('folded front matter', () => {
  const state = stateOf(`${FRONT}Text`);

  it('begins folded where something stands below it', () => {
    expect(textStart(state)).toBe(FRONT.length);
    expect(textStart(stateOf('Text'))).toBe(0);
    expect(textStart(stateOf('---\na: b\n---'))).toBe(0);
  });

  it.each([
    ['typed at the very start', { from: 0, insert: 'x' }],
    ['typed within', { from: 5, insert: 'x' }],
    ['deleted with the end of its line', { from: FRONT.length - 1, to: FRONT.length }],
    ['deleted', { from: 0, to: FRONT.length }],
  ])('is not changed by what is %s', (_, changes) => {
    expect(state.update({ changes, userEvent: 'input.type' }).state.doc.toString()).toBe(
      `${FRONT}Text`,
    );
  });

  it('stays when all is replaced, and lets the text below be written', () => {
    const all = { from: 0, to: state.doc.length };
    const gone = state.update({ changes: all, userEvent: 'delete' }).state;
    expect(gone.doc.toString()).toBe(FRONT);
    const typed = state.update({
      changes: { from: FRONT.length, insert: 'New ' },
      userEvent: 'input.type',
    }).state;
    expect(typed.doc.toString()).toBe(`${FRONT}New Text`);
    expect(textStart(typed)).toBe(FRONT.length);
  });

  it('takes no caret', () => {
    const { main } = state.update({ selection: EditorSelection.range(0, 15) }).state.selection;
    expect([main.from, main.to]).toEqual([FRONT.length, 15]);
  });

  it('follows a change from outside, and undo', () => {
    const next = state.update({
      changes: { from: 7, to: 8, insert: 'longer' },
      userEvent: 'outside',
    }).state;
    expect(next.doc.toString()).toContain('a: longer');
    expect(textStart(next)).toBe(FRONT.length + 5);
  });

  it('is not folded while it is typed', () => {
    const typed = stateOf('---\na: b\n--').update({
      changes: { from: 11, insert: '-\nText' },
      userEvent: 'input.type',
    }).state;
    expect(textStart(typed)).toBe(0);
  });
});
