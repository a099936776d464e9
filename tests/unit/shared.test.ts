import { describe, expect, it } from 'vitest';
import { startOf } from '../../src/ui/shell/launch/launch.ts';
import { readShared } from '../../src/ui/shell/launch/read-shared.ts';

const form = (fields: Record<string, string | File>): FormData => {
  const made = new FormData();
  for (const [name, value] of Object.entries(fields)) made.append(name, value);
  return made;
};

describe('readShared', () => {
  it('puts the link below the words, unless they hold it', () => {
    const url = 'https://example.org/a';
    expect(readShared(form({ title: 'Read', text: 'Later', url }))).toEqual({
      title: 'Read',
      text: `Later\n\n${url}`,
      files: [],
    });
    expect(readShared(form({ text: `See ${url}`, url }))?.text).toBe(`See ${url}`);
  });

  it('finds a title in what has none', () => {
    expect(readShared(form({ text: '# Soup\r\nlentils' }))?.title).toBe('Soup');
    expect(readShared(form({ text: '- A **red** [soup](a.md)\nlentils' }))?.title).toBe(
      'A red soup',
    );
    expect(readShared(form({ url: 'https://www.example.org/a?b' }))?.title).toBe('example.org/a?b');
    const long = readShared(form({ text: 'word '.repeat(50) }));
    expect(long?.title).toMatch(/^(?:word )+word…$/);
    expect(long?.title.length).toBeLessThanOrEqual(81);
  });

  it('keeps all of a title that is too long for one', () => {
    const title = 'x'.repeat(2_000);
    const shared = readShared(form({ title, text: 'below' }));
    expect(shared?.title.length).toBeLessThanOrEqual(301);
    expect(shared?.text).toBe(`${title}\n\nbelow`);
  });

  it('believes nothing: other kinds, other fields, no folders in names', () => {
    const file = new File(['x'], '../../a', { type: 'text/plain' });
    expect(readShared(form({ title: file, text: file, note: 'x' }))).toBeNull();
    expect(readShared(form({ files: 'no file', text: ' \n ' }))).toBeNull();
    expect(readShared(form({ files: file }))?.files[0]?.name).toBe('.._.._a.txt');
    const half = readShared(form({ title: 'a\ud800b', text: 'c' }));
    expect(half?.title.isWellFormed()).toBe(true);
  });
});

describe('startOf', () => {
  it('knows the shortcuts and nothing else', () => {
    const starts = ['new', 'search', 'today', 'share-failed'];
    for (const start of starts) expect(startOf(`http://x/?start=${start}#/map`)).toBe(start);
    for (const other of ['', '?start', '?start=constructor', '?start=new%00', '#?start=new']) {
      expect(startOf(`http://x/${other}`), other).toBeNull();
    }
    expect(startOf('no address')).toBeNull();
  });
});
