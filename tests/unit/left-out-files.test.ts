/** What of a picked folder is not imported, since it is no one's notes. */
import { describe, expect, it } from 'vitest';
import { importFiles } from '../../src/ui/import/importer.ts';
import { countLeftOut, leftOutIn, placeholderOf } from '../../src/ui/import/left-out.ts';
import { W } from '../../src/ui/import/words.ts';

describe('leftOutIn', () => {
  it.each([
    ['vault/.obsidian/plugins/x/README.md', '.obsidian'],
    ['vault/a/.trash/Old.md', '.trash'],
    ['vault/.git/description.md', '.git'],
    ['vault/site/node_modules/left-pad/readme.md', 'node_modules'],
    ['vault/.stversions/Plan~2024.md', '.stversions'],
    ['vault/#recycle/a.md', '#recycle'],
    ['vault/@eaDir/a.md', '@eaDir'],
    ['vault/logseq/bak/pages/a.md', 'bak'],
    ['vault/.hidden.md', '.hidden.md'],
    ['vault/~$letter.md', '~$letter.md'],
    ['vault/a.md~', 'a.md~'],
    ['vault/.~lock.a.md#', '.~lock.a.md#'],
    ['vault/Thumbs.db', 'Thumbs.db'],
  ])('leaves out %s', (path, name) => {
    expect(leftOutIn(path)).toBe(name);
  });
  it.each([
    'vault/a.md',
    '.notes/a.md',
    'node_modules/readme.md',
    '.hidden.md',
    'vault/bak/a.md',
    'vault/git/a.md',
    'vault/a.b/c.d.md',
    'vault/Ideas~/a.md',
  ])('takes %s', (path) => {
    expect(leftOutIn(path)).toBeNull();
  });
  it('knows what iCloud has not fetched', () => {
    expect(placeholderOf('vault/a/.Plan.md.icloud')).toBe('vault/a/Plan.md');
    expect(placeholderOf('vault/Plan.md')).toBeNull();
  });
});

it('is counted and said in one line, and no file of it is read', async () => {
  const paths = [
    'vault/Plan.md',
    'vault/.obsidian/app.json',
    'vault/.obsidian/plugins/c/README.md',
    'vault/.trash/Old.md',
    'vault/.Later.md.icloud',
    'vault/board.pdf',
  ];
  const written: string[] = [];
  const result = await importFiles(
    paths.map((path) => ({ path, file: new File(['text'], path.split('/').at(-1)!) })),
    {
      notes: {
        import: async (files) => {
          for (const { path } of files) written.push(path);
          return files.map(({ path }) => ({ path, decision: 'create' as const, id: path }));
        },
      },
      announce: () => {},
      now: () => 0,
    },
  );
  expect(written).toEqual(['vault/Plan.md']);
  expect(result.leftOut).toEqual([
    { name: '.obsidian', files: 2 },
    { name: '.trash', files: 1 },
  ]);
  expect(result.skipped.map(({ path }) => path)).toEqual([
    'vault/.Later.md.icloud',
    'vault/board.pdf',
  ]);
  expect(W.importLeftOut(result.leftOut)).toBe(
    'Left out, since apps keep it for themselves: .obsidian (2), .trash (1).',
  );
  expect(countLeftOut(['a', 'b', 'b'])[0]).toEqual({ name: 'b', files: 2 });
});
