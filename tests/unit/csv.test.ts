import { describe, expect, it } from 'vitest';
import { csv } from '../../src/ui/import/csv.ts';

describe('csv', () => {
  it('quotes what a cell may hold', () => {
    const rows = [
      ['a', 'b'],
      ['say "hi"', 'two\nlines, and a comma'],
    ];
    expect(csv(rows)).toBe('\uFEFF"a","b"\r\n"say ""hi""","two\nlines, and a comma"\r\n');
  });

  it.each(['=1+1', '+1', '-1', '@sum', '\t=1', ' =cmd', '＝1', '|x'])(
    'keeps %j from being a formula',
    (text) => {
      expect(csv([[text]])).toBe(`\uFEFF"'${text}"\r\n`);
    },
  );
});
