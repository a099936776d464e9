import { describe, expect, it } from 'vitest';
import { titleOf } from '../../src/ui/import/title';

describe('titleOf', () => {
  it('prefers the front matter', () => {
    expect(titleOf('  From\n above ', '# Heading', 'file.md')).toBe('From above');
    expect(titleOf('  ', '# Heading', 'file.md')).toBe('Heading');
  });

  it.each([
    ['text\n\n### Third level ##\n# First', 'Third level'],
    ['Underlined\n====\n\n# Later', 'Underlined'],
    ['intro\n\nUnderlined too\n---\n', 'Underlined too'],
    ['two lines\nof text\n---\n# Real', 'Real'],
    ['```sh\n# comment\n```\n# Real', 'Real'],
    ['~~~~\n# a\n~~~\n# b\n~~~~\n# Real', 'Real'],
    ['- item\n---\n# Real', 'Real'],
    ['---\ntitle: x\n---\n# Real', 'Real'],
    ['---\n\n# Real\n\n---\n# Not', 'Real'],
    ['#tag only\n#\n# \n# Real', 'Real'],
    [
      '# **Bold** `code` [link](https://x.org) [[a|b]] snake_case _it_',
      'Bold code link b snake_case it',
    ],
    ['# C#', 'C#'],
    ['# a\r\n', 'a'],
  ])('finds the heading of %j', (text, title) => {
    expect(titleOf(undefined, text, 'file.md')).toBe(title);
  });

  it.each([
    ['folder/sub/My note.md', 'My note'],
    ['a\\b.txt', 'b'],
    ['v1.2.md', 'v1.2'],
    ['.hidden', '.hidden'],
    ['README', 'README'],
  ])('falls back to the file name %j', (name, title) => {
    expect(titleOf(undefined, 'only text', name)).toBe(title);
  });

  it('is at most 300 code units, with no pair cut', () => {
    expect(titleOf('x'.repeat(999), '', 'f')).toHaveLength(300);
    const title = titleOf(`x${'😀'.repeat(200)}`, '', 'f');
    expect(title).toHaveLength(299);
    expect(title).not.toMatch(/\p{Surrogate}/u);
  });

  it('takes a huge text quickly', () => {
    const start = performance.now();
    titleOf(undefined, '*_[`<#'.repeat(1_000_000), 'f');
    titleOf(undefined, `# ${'[_*<'.repeat(1_000_000)}`, 'f');
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
