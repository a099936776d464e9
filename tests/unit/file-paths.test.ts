import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileFinder } from '../../src/file-paths.ts';
import { parse } from '../../src/markdown/document.ts';
import { addressOfFile, linksOf } from '../../src/markdown/links.ts';
import { ShownAmong } from '../../src/storage/notes/shown-among.ts';

const find = (paths: string[], address: string, ...from: string[]) =>
  fileFinder(paths.map((path) => ({ path }))).find(address, from)?.path;

describe('an address of a file', () => {
  it.each([
    ['beside the note', ['v/a/one.png', 'v/one.png'], 'one.png', 'v/a/n.md', 'v/a/one.png'],
    ['below it', ['v/a/img/one.png'], './img/one.png', 'v/a/n.md', 'v/a/img/one.png'],
    ['above it', ['v/img/one.png'], '../img/one.png', 'v/a/n.md', 'v/img/one.png'],
    [
      'from the top',
      ['v/a/img/one.png', 'v/img/one.png'],
      '/img/one.png',
      'v/a/n.md',
      'v/img/one.png',
    ],
    ['from the picked folder', ['v/img/one.png'], 'img/one.png', 'v/a/n.md', 'v/img/one.png'],
    ['by name anywhere', ['v/x/y/one.png'], 'one.png', 'v/a/n.md', 'v/x/y/one.png'],
    ['nearest first', ['v/x/one.png', 'v/a/b/one.png'], 'one.png', 'v/a/n.md', 'v/a/b/one.png'],
    [
      'with the folders it names',
      ['v/x/one.png', 'v/z/img/one.png'],
      'img/one.png',
      'v/a/n.md',
      'v/z/img/one.png',
    ],
    ['encoded', ['v/my one.png'], 'my%20one.png', 'v/n.md', 'v/my one.png'],
    ['with a percent of its own', ['v/100%25.png'], '100%25.png', 'v/n.md', 'v/100%25.png'],
    ['with a sharp of its own', ['v/a#1.png'], 'a#1.png', 'v/n.md', 'v/a#1.png'],
    ['with a query', ['v/a.png'], 'a.png?raw=true#x', 'v/n.md', 'v/a.png'],
    ['of another case', ['v/One.PNG'], 'one.png', 'v/n.md', 'v/One.PNG'],
    ['exact before another case', ['v/One.png', 'v/one.png'], 'one.png', 'v/n.md', 'v/one.png'],
    ['of another form', ['v/u\u0308.png'], '\u00fc.png', 'v/n.md', 'v/u\u0308.png'],
    ['with backslashes', ['v/img/one.png'], 'img\\one.png', 'v/n.md', 'v/img/one.png'],
  ])('%s', (_name, paths, address, note, found) => {
    expect(find(paths, address, note)).toBe(found);
    // The order in which they were stored is none.
    expect(find([...paths].reverse(), address, note)).toBe(found);
  });

  it('is read from the note’s place here first, then from its file’s', () => {
    const paths = ['v/a/one.png', 'mine/one.png', 'v/a/two.png'];
    expect(find(paths, 'one.png', 'mine/n.md', 'v/a/n.md')).toBe('mine/one.png');
    expect(find(paths, 'two.png', 'mine/n.md', 'v/a/n.md')).toBe('v/a/two.png');
  });

  it('that leads elsewhere, out or nowhere is none', () => {
    const paths = ['v/one.png', 'v/img/two.png'];
    for (const address of [
      'https://a.b/one.png',
      '//a/one.png',
      'data:one.png',
      '#one.png',
      '',
      'x/',
    ]) {
      expect(find(paths, address, 'v/n.md')).toBeUndefined();
    }
    // In a folder of another name: it may be another picture.
    expect(find(paths, 'other/two.png', 'v/n.md')).toBeUndefined();
  });

  it('counts as shown wherever drawing finds it', () => {
    const names = ['one', 'Übersicht 1', 'a&b', 'x_y', '100%', 'σας', 'a#1', "it's", '[1]', 'ΑΣ'];
    const part = fc.constantFrom(...names, 'img', '..', '.', 'ONE', 'u\u0308bersicht 1');
    const written = fc.constantFrom(
      (path: string) => `![](<${path}>)`,
      (path: string) => `![](${encodeURI(path)})`,
      (path: string) => `![](${path.replace(/[^\p{L}\p{N}/.]/gu, '\\$&').replaceAll(' ', '%20')})`,
      (path: string) => `![](${path.replaceAll('&', '&amp;').replaceAll(' ', '&#32;')})`,
      (path: string) => `![[${path}]]`,
      (path: string) => `![[${path}|300]]`,
      (path: string) => `![x][r]\n\n[r]: <${path}>`,
    );
    let shown = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(part, part), { minLength: 1, maxLength: 6 }),
        fc.tuple(part, part),
        written,
        (files, address, write) => {
          const kept = files.map(([folder, name], i) => ({
            ...{ path: `v/${folder}/${name}.png`, attachment: `${i}`.repeat(64) },
            ...{ type: 'image/png', size: 1 },
          }));
          const finder = fileFinder(kept);
          const text = write(`${address[0]}/${address[1]}.png`);
          const among = new ShownAmong(
            kept.map(({ attachment }) => attachment),
            kept,
          ).in(text);
          for (const link of linksOf(parse(text))) {
            const found = finder.find(addressOfFile(link), ['v/img/n.md', 'v/x.md']);
            if (!found) continue;
            shown++;
            expect([text, found.path, among.has(found.attachment)]).toEqual([
              text,
              found.path,
              true,
            ]);
          }
        },
      ),
      { numRuns: 4_000, seed: 32 },
    );
    expect(shown).toBeGreaterThan(150);
  });
});
