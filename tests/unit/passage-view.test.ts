import { describe, expect, it } from 'vitest';
import type { PassageHit } from '../../src/protocol.ts';
import { passageView } from '../../src/ui/search/passage-view.ts';

const hit = (text: string, passage: string, shown: string, word: string): PassageHit => {
  const start = text.indexOf(passage);
  const at = shown.indexOf(word);
  return {
    start,
    end: start + passage.length,
    headings: [],
    text: shown,
    marks: [[at, at + word.length]],
  };
};
const marked = (view: ReturnType<typeof passageView>) =>
  view.marks.map(([a, b]) => view.text.slice(a, b));

describe('passageView', () => {
  it('shows the passage with what is around it, and marks the match', () => {
    const text = 'Before it.\n\nThe boiler is cold again.\n\nAfter it.';
    const passage = 'The boiler is cold again.';
    const view = passageView(text, hit(text, passage, 'boiler is cold', 'cold'));
    expect(view.text).toBe(text);
    expect(view.text.slice(...view.passage)).toBe(passage);
    expect(marked(view)).toEqual(['cold']);
    expect(view.cut).toEqual([false, false]);
  });

  it('brings a match far down in a long passage into sight', () => {
    const passage = `${'word '.repeat(2_000)}needle ${'word '.repeat(2_000)}`.trim();
    const text = `Start. ${passage} End.`;
    const view = passageView(text, hit(text, passage, 'needle word', 'needle'));
    expect(marked(view)).toEqual(['needle']);
    expect(view.marks[0]![0]).toBeLessThan(400);
    expect(view.text.length).toBeLessThan(2_000);
    expect(view.text.startsWith('word ')).toBe(true);
    expect(view.cut).toEqual([true, true]);
  });

  it('shows a note from its beginning where there is no passage', () => {
    expect(passageView('Short.', null)).toEqual({
      text: 'Short.',
      passage: [0, 6],
      marks: [],
      cut: [false, false],
    });
  });

  it('marks nothing in a text that has changed since', () => {
    const old = 'The boiler is cold again, and so am I.';
    const view = passageView('Now short.', hit(old, old, 'boiler is cold', 'cold'));
    expect(view.text).toBe('Now short.');
    expect(view.marks).toEqual([]);
    expect(view.passage[1]).toBeLessThanOrEqual(view.text.length);
  });
});
