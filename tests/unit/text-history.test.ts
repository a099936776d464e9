import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TextHistory } from '../../src/ui/editor/fields/text-history.ts';

describe('the undo history of a plain text', () => {
  it('takes back what was typed in one go as one step, and brings it again', () => {
    const history = new TextHistory('');
    for (const [text, at] of [
      ['a', 0],
      ['ab', 100],
      ['abc', 200],
      ['abcd', 900],
    ] as const) {
      history.typed(text, at);
    }
    expect(history.undo()).toEqual({ text: 'abc', caret: 3 });
    expect(history.undo()).toEqual({ text: '', caret: 0 });
    expect(history.undo()).toBeNull();
    expect(history.redo()).toEqual({ text: 'abc', caret: 3 });
    expect(history.redo()).toEqual({ text: 'abcd', caret: 4 });
    expect(history.redo()).toBeNull();
  });

  it('begins a new step elsewhere in the text, and after an undo', () => {
    const history = new TextHistory('one two');
    history.typed('one two!', 0);
    history.typed('!one two!', 10);
    expect(history.undo()?.text).toBe('one two!');
    history.typed('one two!?', 20);
    expect(history.redo()).toBeNull();
    expect(history.undo()?.text).toBe('one two!');
    expect(history.undo()?.text).toBe('one two');
  });

  it('has an exchange as a step of its own, even right after a key', () => {
    const history = new TextHistory('');
    history.typed('a', 0);
    history.exchanged('a whole other text');
    history.typed('a whole other text!', 5);
    expect(history.undo()?.text).toBe('a whole other text');
    expect(history.undo()?.text).toBe('a');
    expect(history.undo()?.text).toBe('');
  });

  it('has no step for what was typed and deleted at once, and none of before is lost', () => {
    const history = new TextHistory('');
    history.typed('kept', 0);
    history.typed('keptx', 1_000);
    history.typed('kept', 1_100);
    history.typed('kepty', 1_200);
    expect(history.undo()?.text).toBe('kept');
    expect(history.undo()?.text).toBe('');
  });

  it('forgets its steps with a text that came from elsewhere, and keeps them with the same', () => {
    const history = new TextHistory('');
    history.typed('mine', 0);
    history.replaced('mine');
    expect(history.canUndo).toBe(true);
    history.replaced('theirs');
    expect(history.canUndo).toBe(false);
    expect(history.undo()).toBeNull();
  });

  it('undoes to the first text and redoes to the last, whatever was done', () => {
    const changes = fc.array(fc.tuple(fc.string({ maxLength: 8 }), fc.nat(1_000), fc.boolean()));
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), changes, (first, all) => {
        const history = new TextHistory(first);
        let now = 0;
        let last = first;
        for (const [text, pause, whole] of all) {
          now += pause;
          if (whole) history.exchanged(text);
          else history.typed(text, now);
          last = text;
        }
        let shown = last;
        for (let step = history.undo(); step; step = history.undo()) shown = step.text;
        expect(shown).toBe(first);
        for (let step = history.redo(); step; step = history.redo()) shown = step.text;
        expect(shown).toBe(last);
      }),
    );
  });
});
