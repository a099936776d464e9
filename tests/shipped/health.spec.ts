import { expect, test } from '../browser/harness.ts';
import { folderOf, go, importFolder, upToDate } from '../browser/support/app.ts';

/** Words that are nowhere but in this note, its title, path, tags and workspace. */
const WORDS = [
  'Quittenmus',
  'Zwetschgen',
  'Eichhornia',
  'Kellerregal',
  'Marmeladen',
  'Vorratsbuch',
];

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

test('what was embedded is drawn and said, and what is stored is told by kind', async ({
  page,
  complaints,
}) => {
  const { dir, remove } = folderOf({
    'a.md': 'The heron stands in the reeds at dawn.',
    'b.md': 'Bread rises slowly in a cool kitchen.',
  });
  try {
    await page.goto('./');
    await go(page, 'Health');
    await expect(page.getByText('Nothing was embedded in the last 5 minutes')).toBeVisible();
    await importFolder(page, dir);
    await upToDate(page);
    await go(page, 'Health');
    await expect(page.getByText(/^2 passages were embedded in the last 5 minutes: /)).toBeVisible();
    const sizes = page.getByRole('table', { name: 'Storage by kind' });
    const size = (name: string) => sizes.getByRole('row', { name }).getByRole('cell');
    await expect(size('Text of your notes')).toHaveText(/^\d{2,3} B$/);
    await expect(size('Passages and vectors')).toHaveText(/^(1\.\d|2(\.\d)?|3(\.\d)?) KB$/);
    await expect(size('Images')).toHaveText('0 B');
    await expect(size('The app and its models')).toHaveText(/MB$/);
    expect(complaints).toEqual([]);
  } finally {
    remove();
  }
});

test('“Copy diagnostics” copies numbers and errors, and no word of a note', {
  tag: '@long',
}, async ({ page, context }) => {
  const [title, text, tag, folder, , workspace] = WORDS as [
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const { dir, remove } = folderOf(
    {
      [`${folder}/${WORDS[4]}.md`]: `---\ntitle: ${title}\ntags: [${tag}]\n---\n\n${text} in sugar.\n`,
    },
    'notes',
  );
  try {
    await page.goto('./');
    await page.getByRole('button', { name: 'New workspace' }).click();
    const create = page.getByRole('dialog', { name: 'New workspace' });
    await create.getByRole('textbox', { name: 'Name' }).fill(workspace);
    await create.getByRole('button', { name: 'Create' }).click();
    await expect(create).toBeHidden();
    await importFolder(page, dir);
    await upToDate(page);
    // An exception that quotes a note.
    await page.evaluate((secret) => {
      void Promise.reject(new RangeError(`${secret} is out of range`));
    }, text);
    await go(page, 'Health');
    await expect(page.getByRole('table', { name: 'Storage by kind' })).toBeVisible();
    const copy = page.getByRole('button', { name: 'Copy diagnostics' });
    await copy.click();
    await expect(page.getByText('Diagnostics copied.')).toBeVisible();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied).toMatch(/^Findling \d+\.\d+\.\d+, build [0-9a-f]{12}\n/);
    expect(copied).toContain('\nNotes: 1\n');
    expect(copied).toContain('\nModel: use-lite\n');
    expect(copied).toContain('\nStatus: idle\n');
    expect(copied).toContain(await page.evaluate(() => navigator.userAgent));
    expect(copied).toMatch(/\nAll that the browser counts: \d+ MB\n/);
    expect(copied).toMatch(/ RangeError/);
    const told = (words: string) =>
      WORDS.filter((word) => words.toLowerCase().includes(word.toLowerCase()));
    expect(told(copied)).toEqual([]);

    // Where the browser refuses, the same text stands there to be copied by hand.
    await context.clearPermissions();
    await context.grantPermissions([]);
    await copy.click();
    const byHand = page.getByRole('textbox', { name: /Copy this text/ });
    await expect(byHand).toBeFocused();
    await expect(byHand).toHaveValue(/\nNotes: 1\n/);
    expect(told(await byHand.inputValue())).toEqual([]);
  } finally {
    remove();
  }
});
