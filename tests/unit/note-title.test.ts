import { describe, expect, it } from 'vitest';
import { givenTitle, readFrontMatter } from '../../src/markdown/front-matter';
import { openingHeading } from '../../src/markdown/opening-heading';
import { withoutExportIds } from '../../src/note-files';
import { saysNothing, titleOf } from '../../src/note-title';

const ID = '0123456789abcdef0123456789abcdef';

describe('titleOf', () => {
  it('prefers the front matter', () => {
    expect(titleOf('  From\n above ', '# Heading', 'file.md')).toBe('From above');
    expect(titleOf('  ', '# Heading', 'file.md')).toBe('file');
  });

  it.each([
    ['Garden tools.md', 'Keep them dry.\n\n## In the shed\n'],
    ['2024-03-05.md', '## Log\n\n- up early'],
    ['2024-03-05.md', '# Tuesday\n\n- up early'],
    ['20240305.md', '# Tuesday'],
    ['2024-W10.md', '# The week'],
    ['7.md', '# Chapter seven'],
    ['Soup.md', 'Leeks, mostly\n---\n'],
    ['Reading queue.md', '# Books for the summer'],
    ['Quote.md', '> # Said by somebody'],
    ['Hidden.md', '<!-- # Do this first -->\n%% # and this %%\n'],
    ['Untitled talk.md', '# Another name'],
    ['New year.md', '# Plans'],
    ['deadbeef.md', '# On magic numbers'],
  ])('of %j is the name of the file, not a heading', (path, text) => {
    expect(titleOf(undefined, text, `notes/${path}`)).toBe(path.replace('.md', ''));
  });

  it.each([
    'Untitled',
    'Untitled 1',
    'untitled-12',
    'Untitled (2)',
    'Untitled note 3',
    'New page',
    'index',
    '_index',
    'README',
    'read-me',
    '202403051210',
    '20240305121059',
    '202403051210a',
    '20240305T121059',
    '1709636400',
    ID,
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '2c96d48b-1111-2222-3333-444455556666',
    '01ARZ3NDEKTSV4RRFFQ69G5FAV',
  ])('of a file called %j is the heading that the text begins with', (name) => {
    expect(saysNothing(name)).toBe(true);
    expect(titleOf(undefined, '# Leek soup\n\nCut them.', `a/${name}.md`)).toBe('Leek soup');
    expect(titleOf(undefined, 'Cut them.\n\n# Leek soup', `a/${name}.md`)).toBe(name);
    expect(titleOf(undefined, '## Leek soup', `a/${name}.md`)).toBe(name);
  });

  it.each([
    ['minutes-with-anna.md', 'Minutes with Anna'],
    ['MINUTES_with_Anna.md', 'Minutes: with Anna!'],
    ['dont-panic.md', 'Don’t panic'],
    ['cafe-menu.md', 'Café menu'],
    ['launch-plan.md', '🚀 Launch plan'],
  ])('of %j is the heading that says the same', (path, heading) => {
    expect(titleOf(undefined, `# ${heading}\n`, path)).toBe(heading);
    expect(titleOf(undefined, `Text.\n\n# ${heading}\n`, path)).toBe(path.replace('.md', ''));
  });

  it.each([
    ['C++.md', 'C#'],
    ['minutes-with-anna.md', 'Minutes with Anne'],
    ['कि.md', 'का'],
  ])('of %j is not another heading: %j', (path, heading) => {
    expect(titleOf(undefined, `# ${heading}\n`, path)).toBe(path.replace('.md', ''));
  });

  it('has no id that an export added', () => {
    expect(titleOf(undefined, 'text', `Trips ${ID}/Harbour hotel ${ID}.md`)).toBe('Harbour hotel');
    expect(titleOf(undefined, '# Where to stay', `Untitled ${ID}.md`)).toBe('Where to stay');
    expect(titleOf(undefined, 'text', `Untitled ${ID}.md`)).toBe('Untitled');
    expect(titleOf(undefined, 'text', `${ID}.md`)).toBe(ID);
  });

  it.each([
    ['folder/sub/My note.md', 'My note'],
    ['a\\b.txt', 'b'],
    ['v1.2.md', 'v1.2'],
    ['.hidden', '.hidden'],
    ['README', 'README'],
  ])('is without folders and extension: %j', (name, title) => {
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
    titleOf(undefined, '# a', '-_ '.repeat(100_000));
    expect(performance.now() - start).toBeLessThan(2000);
  });
});

describe('openingHeading', () => {
  it.each([
    ['# **Bold** `code` [link](https://x.org) [[a|b]] _it_', 'Bold code link b it'],
    ['---\ntags: x\n---\n\n# Below', 'Below'],
    ['<!-- a remark -->\n\n%%\nanother\n%%\n\n# Below', 'Below'],
    ['\n\n# a\r\n', 'a'],
    ['\uFEFF# Marked', 'Marked'],
    ['Underlined\n====\n', 'Underlined'],
    ['# C#', 'C#'],
  ])('of %j', (text, heading) => {
    expect(openingHeading(text)).toBe(heading);
  });

  it.each(['text\n\n# a', '#\n\n# a', '## a', '- # a', '---\n\n# a', 'one\ntwo\n===', '#tag', ''])(
    'is none in %j',
    (text) => {
      expect(openingHeading(text)).toBeUndefined();
    },
  );
});

describe('the title in the front matter', () => {
  it.each([
    ['2024-03-05', '2024-03-05'],
    ['1.10', '1.10'],
    ['007', '007'],
    ['0x1F', '0x1F'],
    ['True', 'True'],
    ['"1.10"', '1.10'],
    ['two words # a remark', 'two words'],
    ['[a, b]', undefined],
    ['~', undefined],
    ['{{title}}', undefined],
    ['"{{title}}"', undefined],
    ['<% tp.file.title %>', undefined],
  ])('%s is shown as it is written', (yaml, title) => {
    const read = readFrontMatter(`---\ntitle: ${yaml}\n---\n`);
    expect(givenTitle(read)).toBe(title);
  });
});

describe('withoutExportIds', () => {
  it('leaves out the id at the end of each name', () => {
    expect(withoutExportIds(`a/Trips ${ID}/Harbour ${ID}.md`)).toBe('a/Trips/Harbour.md');
    expect(withoutExportIds(`${ID}/x-${ID}.md`)).toBe(`${ID}/x-${ID}.md`);
    expect(withoutExportIds(`A ${ID} b.md`)).toBe(`A ${ID} b.md`);
  });
});
