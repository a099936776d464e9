import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve } from '../../scripts/serve.mjs';
import { expect, launchPersistent, test } from './harness.ts';
import {
  closeSearch,
  expectNote,
  folderOf,
  go,
  importFolder,
  indexStatus,
  openSearch,
  saveState,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';
import { fillStorage, freeStorage, smallDisk } from './support/storage.ts';

const utf16 = (text: string, bigEndian: boolean): Uint8Array => {
  const bytes = Buffer.from(`\uFEFF${text}`, 'utf16le');
  return bigEndian ? bytes.swap16() : bytes;
};

test('each awkward file is read, or named with its reason, and the rest goes on', async ({
  page,
}) => {
  test.setTimeout(180_000);
  const { dir, remove } = folderOf({
    'good.md': '# Good\n\nA plain note about lighthouses.',
    'blank.md': '  \n\t\n',
    'empty.txt': '',
    'binary.md': Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13, 73, 72, 68, 82]),
    'café.md': Buffer.from('# Caf\xe9\n\nA cr\xe8me br\xfbl\xe9e recipe.', 'latin1'),
    'little.md': utf16('# Little\n\nEndian penguins.', false),
    'big.md': utf16('# Big\n\nEndian walruses.', true),
    'crlf.md': '# Windows\r\n\r\nLine ends of another kind.\r\n',
    'huge.txt': Buffer.alloc(60 * 1024 * 1024, 'long text '),
    'oneline.md': `# One line\n\n${'x'.repeat(1_000_000)}`,
    'twins/a.md': '# Twin\n\nThe elder, fond of chess.',
    'twins/b.md': '# Twin\n\nThe younger, fond of fencing.',
    '🎉🎉.md': '# 🎉🎉\n\n👩‍👩‍👧‍👦 family party 🎂',
    '京都.md': '# 京都\n\n金閣寺は美しい。',
    'שלום.md': '# שלום\n\nמסמך בעברית על תפוזים.',
    'html.md':
      '---\ntitle: <script>window.pwned=1</script>\n---\n\n<img src=x onerror="window.pwned=2"> gargoyles',
    'front.md': '---\ntitle: [unclosed\n: : :\n---\n\nText under broken front matter: marmalade.',
    'picture.jpg': 'not a note',
  });
  try {
    await page.goto('./');
    const result = await importFolder(page, dir);
    expect(result).toContain('Imported 15 notes, skipped 3');
    const main = page.getByRole('main');
    await expect(main.getByText('This is not a text file').first()).toBeVisible();
    await expect(main.getByText(/Too large: 60 MB/).first()).toBeVisible();
    await expect(main.getByText('An image that no imported note shows').first()).toBeVisible();

    for (const [query, title] of [
      ['lighthouses', 'Good'],
      ['crème brûlée', 'Café'],
      ['penguins', 'Little'],
      ['walruses', 'Big'],
      ['fencing', 'b'],
      ['金閣寺', '京都'],
      ['תפוזים', 'שלום'],
      ['marmalade', 'front'],
      ['gargoyles', '<script>window.pwned=1'],
    ] as const) {
      const [first] = await search(page, query);
      expect(first?.startsWith(title), `${query} → ${first}`).toBe(true);
      await closeSearch(page);
    }
    await search(page, 'gargoyles');
    await page.keyboard.press('Enter');
    await expectNote(page, /onerror/);
    expect(await page.evaluate(() => (window as { pwned?: number }).pwned)).toBeUndefined();
    await upToDate(page, 120_000);
  } finally {
    remove();
  }
});

test('a path of 4,096 bytes and more is refused with words', async ({ page }) => {
  await page.goto('./');
  await go(page, 'Import');
  await expect(page.getByLabel('Import files')).toBeAttached();
  // No file system takes such a path, so the file is handed over as a drop would.
  await page.getByLabel('Import files').evaluate((element) => {
    const input = element as HTMLInputElement;
    const file = new File(['# Deep\n\ntext'], 'deep.md', { type: 'text/markdown' });
    Object.defineProperty(file, 'webkitRelativePath', {
      value: `${'d'.repeat(100)}/`.repeat(41).concat('deep.md'),
    });
    Object.defineProperty(input, 'files', { value: [file], configurable: true });
    input.dispatchEvent(new Event('change', { bubbles: true }));
  });
  await expect(page.getByText(/longer than 4,096 bytes/)).toBeVisible();
});

test.describe('the model’s files', () => {
  const modes: [name: string, spoil: (dir: string) => void][] = [
    ['missing', (dir) => rmSync(join(dir, 'models/use-lite/onnx/model_quantized.onnx'))],
    [
      'truncated',
      (dir) => truncateSync(join(dir, 'models/use-lite/onnx/model_quantized.onnx'), 4e6),
    ],
    [
      'of another shape',
      (dir) => writeFileSync(join(dir, 'models/use-lite/tokenizer.json'), '{"model":{}}'),
    ],
  ];
  modes.push([
    'not to be run, for want of WebAssembly SIMD',
    (dir) => {
      const assets = join(dir, 'assets');
      const script = readdirSync(assets).find((file) => file.startsWith('entry-'));
      const file = join(assets, script!);
      // What such a browser says; nothing else of it can be had in Chromium.
      writeFileSync(file, `WebAssembly.validate = () => false;${readFileSync(file, 'utf8')}`);
    },
  ]);
  for (const [name, spoil] of modes) {
    // One that is missing, and one that cannot be run, are told apart by other code.
    const tag = name === 'truncated' || name === 'of another shape' ? '@long' : [];
    test(`${name}: said in words, notes are still written and found by theirs`, { tag }, async ({
      page,
    }) => {
      const dir = mkdtempSync(join(tmpdir(), 'findling-dist-'));
      cpSync('dist', dir, { recursive: true });
      spoil(dir);
      const server = await serve({ dir, port: 0 });
      try {
        await page.goto(server.url);
        await expect(indexStatus(page)).toHaveText(/^Paused: .*model/i, { timeout: 60_000 });
        await writeNote(page, 'Harbour', 'The ferry leaves at dawn.');
        expect((await search(page, 'ferry'))[0]).toMatch(/^Harbour/);
      } finally {
        await server.close();
        rmSync(dir, { recursive: true, force: true });
      }
    });
  }
});

test('without IndexedDB: a clear sentence, never a blank page', async ({ page }) => {
  await page.addInitScript(() => {
    Object.defineProperty(window, 'indexedDB', { value: undefined });
  });
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('does not let Findling store notes');
});

test('without module workers: a clear sentence, and notes are still kept', async ({ page }) => {
  await page.addInitScript(() => {
    // Such a browser never reads the option, and fails on the first `import`.
    window.Worker = class extends EventTarget {
      constructor() {
        super();
        setTimeout(() => this.dispatchEvent(new Event('error')));
      }
      postMessage() {}
      terminate() {}
    } as unknown as typeof Worker;
  });
  await page.goto('./');
  await expect(page.getByRole('alert')).toContainText('too old for the search engine');
  await writeNote(page, 'Kept', 'Even so.');
  await page.reload();
  await go(page, 'Notes');
  await expect(page.getByRole('link', { name: /^Kept/ }).first()).toBeVisible();
});

test('quota exceeded while typing: said, kept in the editor, saved once there is room', {
  tag: '@long',
}, async ({ baseURL }) => {
  // DevTools' override is not enforced for IndexedDB here, so the quota is that of a small disk.
  const disk = smallDisk(100);
  test.skip(disk === null, 'needs leave to mount a small disk');
  const context = await launchPersistent(join(disk!.dir, 'profile'));
  try {
    const page = await context.newPage();
    await page.goto(baseURL!);
    await writeNote(page, 'Before', 'This one is safe.');
    await upToDate(page);
    expect(await fillStorage(page)).toBe('QuotaExceededError');
    await page.getByRole('button', { name: 'New note' }).first().click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Too much');
    const text = 'word '.repeat(100_000);
    await page.getByRole('textbox', { name: 'Note' }).fill(text);
    await expect(saveState(page)).toContainText('Not saved: storage is full');
    await expectNote(page, text);
    await freeStorage(page);
    await expect(saveState(page)).toHaveText('Saved', { timeout: 40_000 });
    await go(page, 'Notes');
    await expect(page.getByRole('link', { name: /^Before/ }).first()).toBeVisible();
    await expect(page.getByRole('link', { name: /^Too much/ }).first()).toBeVisible();
  } finally {
    await context.close();
    disk?.remove();
  }
});

test('queries of every kind give results or “No notes match”, never an error', async ({
  page,
  complaints,
}) => {
  await page.goto('./');
  await writeNote(page, 'One', 'A note to search in.');
  await upToDate(page);
  const dialog = await openSearch(page);
  const box = dialog.getByRole('combobox', { name: 'Search your notes' });
  for (const query of ['a', '"', '((*[', '🎉', '\u0000\u0007', 'x'.repeat(10_000), '   ', '-']) {
    await box.fill(query);
    await page.waitForTimeout(150);
  }
  await box.fill('note');
  await expect(dialog.getByRole('option').first()).toBeVisible();
  expect(complaints).toEqual([]);
});
