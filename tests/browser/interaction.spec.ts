/** What a person's hand does by the way changes no text: opening, reading, undoing, pointing. */
import type { Browser, BrowserContext, Locator, Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import {
  expectNote,
  folderOf,
  go,
  importFolder,
  noteField,
  noteText,
  openSearch,
  saveState,
  search,
  upToDate,
  writeNote,
} from './support/app.ts';

// Each goes through a whole day's work; on a busy machine that takes a while.
test.describe.configure({ timeout: 180_000 });

const PASSAGE = 'The heron stands in the shallow water and waits for a long time.';
const LONG = `# Birds\n\n${'Filler about nothing at all.\n\n'.repeat(60)}## Herons\n\n${PASSAGE}\n\n${'More filler.\n\n'.repeat(60)}`;

const editorChunk = /rich-field-[\w-]+\.js/;

/** What is selected in the text, whichever field it is written in. */
const selectedText = (page: Page): Promise<string> =>
  noteField(page).evaluate((element) => {
    if (element instanceof HTMLTextAreaElement) {
      return element.value.slice(element.selectionStart, element.selectionEnd);
    }
    const { cmTile } = element as unknown as {
      cmTile: {
        root: {
          view: {
            state: {
              selection: { main: { from: number; to: number } };
              sliceDoc(from: number, to: number): string;
            };
          };
        };
      };
    };
    const { state } = cmTile.root.view;
    return state.sliceDoc(state.selection.main.from, state.selection.main.to);
  });

/** Whether a key would go into the text. */
const inText = (page: Page): Promise<boolean> =>
  noteField(page).evaluate((element) => {
    const root = element.getRootNode() as Document | ShadowRoot;
    return root.activeElement === element;
  });

const undoOutside = (page: Page) => page.keyboard.press('Control+z');
const notice = (page: Page): Locator => page.getByRole('status', { name: 'Notices' });
const row = (page: Page, title: string): Locator =>
  page.getByRole('list', { name: 'All notes' }).getByRole('link', { name: title });

/** Another context with the same notes would be empty: each writes its own. */
async function touchPage(browser: Browser): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({
    hasTouch: true,
    isMobile: true,
    viewport: { width: 390, height: 844 },
  });
  return { context, page: await context.newPage() };
}

test.describe('a search result that is opened', () => {
  test('is lit, not selected: Space, a letter and Backspace leave the passage alone', async ({
    page,
  }) => {
    await page.goto('./');
    await writeNote(page, 'Birds', LONG);
    await upToDate(page);
    await go(page, 'Notes');
    await search(page, 'heron waits in shallow water');
    await page.keyboard.press('Enter');
    await expect.poll(() => inText(page)).toBe(true);
    await expect(noteField(page).getByText('heron stands')).toBeInViewport();
    await expect(noteField(page).locator('.md-lit').first()).toBeVisible();
    expect(await selectedText(page)).toBe('');
    await expect(page).toHaveURL(/#\/note\/[\w-]+$/);
    await page.keyboard.press('Space');
    await page.keyboard.press('x');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Backspace');
    await expectNote(page, LONG);
    await page.keyboard.press('Space');
    await expect(saveState(page)).toHaveText('Saved');
    expect((await noteText(page)).length).toBe(LONG.length + 1);
    await expect(noteField(page).locator('.md-lit')).toHaveCount(0);

    // Once: neither a reload nor the way back brings it again.
    await page.reload();
    await expectNote(page, /heron/);
    expect(await inText(page)).toBe(false);
    await go(page, 'Notes');
    await page.goBack();
    await expectNote(page, /heron/);
    await page.waitForTimeout(200);
    expect(await selectedText(page)).toBe('');
    expect(await inText(page)).toBe(false);
  });

  test('by touch brings up no keyboard, and comes into sight', { tag: '@long' }, async ({
    browser,
  }) => {
    const { context, page } = await touchPage(browser);
    try {
      await page.goto('./');
      await writeNote(page, 'Birds', LONG);
      await upToDate(page);
      await go(page, 'Notes');
      await search(page, 'heron waits in shallow water');
      await page.getByRole('option').first().tap();
      await expect(noteField(page).getByText('heron stands')).toBeInViewport();
      expect(await inText(page)).toBe(false);
      await page.keyboard.type('abc');
      await page.waitForTimeout(300);
      await expectNote(page, LONG);
      expect(await selectedText(page)).toBe('');
    } finally {
      await context.close();
    }
  });

  test('is not selected in a plain field either', { tag: '@long' }, async ({ page }) => {
    await page.route(editorChunk, (route) => route.abort());
    await page.goto('./');
    await writeNote(page, 'Birds', LONG);
    await expect(page.getByText('The editor could not be loaded')).toBeVisible();
    await upToDate(page);
    await go(page, 'Notes');
    await search(page, 'heron waits in shallow water');
    await page.keyboard.press('Enter');
    await expect.poll(() => inText(page)).toBe(true);
    expect(await selectedText(page)).toBe('');
    await page.keyboard.press('Space');
    await expect.poll(async () => (await noteText(page)).length).toBe(LONG.length + 1);
    // What was typed here is undone here, and not in the title.
    await page.keyboard.press('Control+z');
    await expectNote(page, LONG);
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('Birds');
  });

  test('is lit in the reading view where an address asks for it', { tag: '@long' }, async ({
    page,
  }) => {
    await page.goto('./');
    await writeNote(page, 'Birds', LONG);
    const at = LONG.indexOf('The heron');
    await page.evaluate(
      ([from]) => {
        location.hash += `?at=${from}-${from! + 20}&read`;
      },
      [at],
    );
    const passage = page.getByRole('main').locator('.reading .lit');
    await expect(passage).toContainText('heron stands');
    await expect(passage).toBeInViewport();
    await expect(page).toHaveURL(/\?read$/);
  });

  test('find in note leaves nothing selected', async ({ page }) => {
    await page.goto('./');
    await writeNote(page, 'Find', 'One needle here.');
    await expect(page.locator('.cm-content')).toBeVisible();
    await noteField(page).focus();
    await page.keyboard.press('Control+f');
    await page.keyboard.type('needle', { delay: 120 });
    await expect(page.getByRole('search').getByRole('status')).toHaveText('1 of 1');
    await page.keyboard.press('Escape');
    await page.keyboard.type('a ', { delay: 20 });
    await expectNote(page, 'One a needle here.');
  });
});

test.describe('reading and back', () => {
  test('focus, caret, scroll and undo stay; Ctrl+Z in the text leaves the title', async ({
    page,
  }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'New note' }).first().click();
    await page.keyboard.type('Plan', { delay: 20 });
    await page.keyboard.press('Enter');
    await page.keyboard.type('- [ ] sweep', { delay: 20 });
    await page.waitForTimeout(700);
    await page.keyboard.type('!', { delay: 20 });
    await page.keyboard.press('ArrowLeft');
    await page.getByRole('button', { name: 'Read' }).click();
    const box = page.getByRole('main').getByRole('checkbox', { name: /sweep/ });
    await box.click();
    await expect(box).toBeChecked();
    // An Undo in the reading view takes the tick back, and a second one nothing.
    await undoOutside(page);
    await expect(box).not.toBeChecked();
    await undoOutside(page);
    await box.click();
    await expect(box).toBeChecked();
    await page.getByRole('button', { name: 'Read' }).click();
    await expect.poll(() => inText(page)).toBe(true);
    await page.keyboard.type('?');
    await expectNote(page, '- [x] sweep?!');
    const title = page.getByRole('textbox', { name: 'Title' });
    await page.keyboard.press('Control+z');
    await expectNote(page, '- [x] sweep!');
    await page.keyboard.press('Control+z');
    await expectNote(page, '- [ ] sweep!');
    await page.keyboard.press('Alt+Shift+R');
    await expect(box).not.toBeChecked();
    await page.keyboard.press('Alt+Shift+R');
    await page.keyboard.press('Control+z');
    await expectNote(page, '- [ ] sweep');
    // A step for each letter at most, as on a slow machine.
    const times = async (key: string) => {
      for (let i = 0; i < 16; i++) await page.keyboard.press(key);
    };
    await times('Control+z');
    await expectNote(page, '');
    await expect(title).toHaveValue('Plan');
    await times('Control+Shift+Z');
    await expectNote(page, '- [x] sweep?!');

    // And the title has its own.
    await title.click();
    await times('Control+z');
    await expect(title).toHaveValue('');
    await expectNote(page, '- [x] sweep?!');
    await times('Control+y');
    await expect(title).toHaveValue('Plan');
    await expectNote(page, '- [x] sweep?!');
  });

  test('a long text is where it was', { tag: '@long' }, async ({ page }) => {
    await page.goto('./');
    await writeNote(page, 'Birds', LONG);
    await noteField(page).focus();
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < 4; i++) await page.keyboard.press('PageDown');
    const scrolled = () =>
      noteField(page).evaluate((element) => element.closest('.cm-scroller')!.scrollTop);
    await expect.poll(scrolled).toBeGreaterThan(500);
    await page.waitForTimeout(200);
    const before = await scrolled();
    await page.keyboard.press('Alt+Shift+R');
    await expect(noteField(page)).toHaveCount(0);
    await page.keyboard.press('Alt+Shift+R');
    await expect.poll(async () => Math.abs((await scrolled()) - before)).toBeLessThan(60);
    await page.keyboard.type('HERE');
    const at = (await noteText(page)).indexOf('HERE');
    expect(at).toBeGreaterThan(500);
    expect(at).toBeLessThan(LONG.length - 500);
    await page.keyboard.press('Control+z');
    await expectNote(page, LONG);
  });

  test('a task ticked after a reload goes on the history of the last time', async ({ page }) => {
    await page.goto('./');
    await page.getByRole('button', { name: 'New note' }).first().click();
    await page.keyboard.type('Tasks');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- [ ] one');
    await page.waitForTimeout(700);
    await page.keyboard.type(' two');
    await expect(saveState(page)).toHaveText('Saved');
    await page.waitForTimeout(300);
    await page.getByRole('button', { name: 'Read' }).click();
    await page.reload();
    const box = page.getByRole('main').getByRole('checkbox', { name: 'one two' });
    await box.click();
    await expect(saveState(page)).toHaveText('Saved');
    await page.getByRole('button', { name: 'Read' }).click();
    await expect.poll(() => inText(page)).toBe(true);
    await page.keyboard.press('Control+z');
    await expectNote(page, '- [ ] one two');
    await page.keyboard.press('Control+z');
    await expectNote(page, '- [ ] one');
  });
});

test.describe('Undo', () => {
  test('of a pin, a move or tags takes back what it names', { tag: '@long' }, async ({ page }) => {
    await page.goto('./');
    await writeNote(page, 'Boiler', 'Warm.');
    const place = page.getByRole('button', { name: /^Folder and tags/ });
    const change = async (folder: string, tags: string) => {
      await place.press('Enter');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel(/^Folder/).fill(folder);
      await dialog.getByLabel(/^Tags/).fill(tags);
      await dialog.getByRole('button', { name: 'Save' }).press('Enter');
      await expect(page.getByRole('dialog')).toHaveCount(0);
    };
    const undoOf = (text: RegExp) =>
      notice(page).locator('.toast', { hasText: text }).getByRole('button', { name: 'Undo' });
    await page.getByRole('button', { name: 'Pin', exact: true }).click();
    // It stays while it is pointed at.
    await undoOf(/Pinned/).hover();
    await change('House', 'old');
    await undoOf(/Pinned/).click();
    await expect(page.getByRole('button', { name: 'Pin', exact: true })).toHaveAttribute(
      'aria-pressed',
      'false',
    );
    await expect(place).toHaveAccessibleName('Folder and tags: House/Boiler.md, #old');
    // Tags: what came later stays, too.
    await undoOf(/Moved/).click();
    await expect(place).toHaveAccessibleName('Folder and tags: #old');
    await change('', 'old, later');
    await undoOf(/Changed the tags/)
      .first()
      .click();
    await expect(place).toHaveAccessibleName('Folder and tags: #later');
  });

  test('of an earlier text goes with the next key', { tag: '@long' }, async ({ page }) => {
    await page.goto('./');
    await writeNote(page, 'Recipe', 'The first text.');
    await page.clock.setFixedTime(Date.now() + 11 * 60_000);
    await noteField(page).fill('The second text.');
    await expect(saveState(page)).toHaveText('Saved');
    await page.getByText('1 earlier version').click();
    await page.locator('.versions details summary').click();
    const use = page.getByRole('button', { name: 'Use this text' });
    await use.click();
    await expectNote(page, 'The first text.');
    await notice(page).getByRole('button', { name: 'Undo' }).click();
    await expectNote(page, 'The second text.');
    await use.click();
    await expectNote(page, 'The first text.');
    await noteField(page).focus();
    await page.keyboard.press('Control+End');
    await page.keyboard.type(' And more.', { delay: 20 });
    await expect(notice(page).getByRole('button', { name: 'Undo' })).toHaveCount(0);
    await expectNote(page, 'The first text. And more.');
    // Step by step it is there all the same.
    for (let i = 0; i < 4 && (await noteText(page)) !== 'The second text.'; i++) {
      await page.keyboard.press('Control+z');
    }
    await expectNote(page, 'The second text.');
  });

  test('of four deletions: none is lost, and Ctrl+Z takes back one at a time', {
    tag: '@long',
  }, async ({ page }) => {
    await page.goto('./');
    const names = ['One', 'Two', 'Three', 'Four'];
    for (const name of names) await writeNote(page, name, `Text of ${name}.`);
    for (const name of names) {
      await go(page, 'Notes');
      await row(page, name).click();
      await page.getByRole('button', { name: 'Delete note' }).click();
      await expect(row(page, name)).toHaveCount(0);
    }
    await undoOutside(page);
    await expect(row(page, 'Four')).toBeVisible();
    await expect(notice(page).getByText('Restored “Four”')).toBeVisible();
    await expect(notice(page).getByText('Deleted “Four”')).toHaveCount(0);
    await undoOutside(page);
    await expect(row(page, 'Three')).toBeVisible();
    await expect(row(page, 'Two')).toHaveCount(0);
    // In a text it is that text's.
    const box = (await openSearch(page)).getByRole('combobox');
    await box.pressSequentially('abc');
    await page.keyboard.press('Control+z');
    await page.keyboard.press('Escape');
    await expect(row(page, 'Two')).toHaveCount(0);
    // Beyond the notice.
    while ((await notice(page).getByRole('button', { name: 'Dismiss' }).count()) > 0) {
      await notice(page).getByRole('button', { name: 'Dismiss' }).first().click();
    }
    await undoOutside(page);
    await expect(row(page, 'Two')).toBeVisible();
    await undoOutside(page);
    await expect(row(page, 'One')).toBeVisible();
    await row(page, 'One').click();
    await expectNote(page, 'Text of One.');
  });
});

test('the sample notes go when that was confirmed; one that was written in stays', {
  tag: '@long',
}, async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Add sample notes' }).click();
  await row(page, 'Start here').click();
  await noteField(page).focus();
  await page.keyboard.type('Mine. ', { delay: 10 });
  await expect(saveState(page)).toHaveText('Saved');
  await go(page, 'Notes');
  await page.getByRole('button', { name: 'Remove sample notes' }).click();
  const dialog = page.getByRole('dialog', { name: 'Remove sample notes' });
  await expect(dialog).toContainText('29 sample notes go to the trash.');
  await expect(dialog).toContainText('1 sample note that you changed stays.');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(page.getByText('30 notes', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: 'Remove sample notes' }).click();
  await dialog.getByRole('button', { name: 'Remove', exact: true }).click();
  await expect(page.getByText('1 note', { exact: true })).toBeVisible();
  await undoOutside(page);
  await expect(page.getByText('30 notes', { exact: true })).toBeVisible();
});

test.describe('the chosen result', () => {
  /** Two notes whose order changes as soon as the second has more of the words. */
  async function twoNotes(page: Page): Promise<{ other: Page }> {
    await page.goto('./');
    await writeNote(page, 'Alder', 'zebra crossing and more words around it');
    await writeNote(page, 'Birch', 'zebra');
    await upToDate(page);
    const other = await page.context().newPage();
    await other.goto('./');
    await page.bringToFront();
    return { other };
  }
  const options = (page: Page) =>
    page.getByRole('listbox', { name: 'Results' }).getByRole('option');
  const chosen = (page: Page) => page.locator('[role=option][aria-selected=true] .option-title');

  /** Another tab writes a note that comes first. */
  async function newFirst(other: Page, page: Page): Promise<void> {
    const before = await options(page).count();
    await writeNote(other, 'zebra', 'zebra zebra zebra');
    await expect(options(page)).toHaveCount(before + 1);
  }

  test('stays with its note when the list changes, under a pointer at rest and by keys', async ({
    page,
  }) => {
    const { other } = await twoNotes(page);
    await search(page, 'zebra');
    const last = options(page).nth(1);
    const name = (await last.locator('.option-title').textContent())!;
    await last.hover();
    await expect(chosen(page)).toHaveText(name);
    await newFirst(other, page);
    await page.waitForTimeout(200);
    await expect(chosen(page)).toHaveText(name);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(name);
  });

  test('is the one that was pressed, though another takes its place before the click', {
    tag: '@long',
  }, async ({ page }) => {
    const { other } = await twoNotes(page);
    await search(page, 'zebra');
    const last = options(page).nth(1);
    const name = (await last.locator('.option-title').textContent())!;
    await last.hover();
    await page.mouse.down();
    await newFirst(other, page);
    await expect(last.locator('.option-title')).not.toHaveText(name);
    await page.mouse.up();
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue(name);
  });
});

test.describe('the first letters', () => {
  for (const delay of [0, 30]) {
    test(`of a new note are kept, with ${delay} ms between them, before the editor is there`, {
      tag: delay === 0 ? '@long' : [],
    }, async ({ page }) => {
      let arrive = () => {};
      const late = new Promise<void>((resolve) => {
        arrive = resolve;
      });
      await page.route(editorChunk, async (route) => {
        await late;
        await route.continue();
      });
      await page.goto('./');
      const title = page.getByRole('textbox', { name: 'Title' });
      await page.getByRole('button', { name: 'New note' }).first().click();
      await page.keyboard.type('A title', { delay });
      await page.keyboard.press('Enter');
      await page.keyboard.type('First letters, ', { delay });
      setTimeout(arrive, 150);
      await page.keyboard.type('and those that come while it loads. '.repeat(2), { delay: 15 });
      await expect(page.locator('.cm-content')).toBeVisible();
      await page.keyboard.type('The end.', { delay });
      await expect(title).toHaveValue('A title');
      await expectNote(
        page,
        `First letters, ${'and those that come while it loads. '.repeat(2)}The end.`,
      );
      await page.keyboard.press('Alt+Shift+N');
      await page.keyboard.type('B', { delay });
      await page.keyboard.press('Enter');
      await page.keyboard.type('b', { delay });
      await expect(title).toHaveValue('B');
      await expectNote(page, 'b');
      await expect(saveState(page)).toHaveText('Saved');
      await page.reload();
      await expect(title).toHaveValue('B');
      await expectNote(page, 'b');
    });
  }

  test('in a long note are kept, before the editor is there', { tag: '@long' }, async ({
    page,
  }) => {
    // Longer than what a textarea shows quickly.
    const long = 'A line of a long note, like the others.\n'.repeat(8_000);
    const { dir, remove } = folderOf({ 'Long.md': long });
    await page.goto('./');
    await importFolder(page, dir);
    remove();
    await go(page, 'Notes');
    await row(page, 'Long').click();
    await expectNote(page, long);
    let arrive = () => {};
    const late = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    await page.route(editorChunk, async (route) => {
      await late;
      await route.continue();
    });
    await page.evaluate(() =>
      navigator.serviceWorker
        .getRegistrations()
        .then((all) => Promise.all(all.map((one) => one.unregister()))),
    );
    await page.reload();
    const title = page.getByRole('textbox', { name: 'Title' });
    await title.click();
    await page.keyboard.press('End');
    await page.keyboard.type(' one', { delay: 30 });
    await page.keyboard.press('Enter');
    await expect(noteField(page)).toHaveAttribute('placeholder', 'Loading…');
    await page.keyboard.type('First letters, ', { delay: 30 });
    await expect(saveState(page)).toHaveText('Saved');
    setTimeout(arrive, 150);
    await page.keyboard.type('and those that come while it loads. ', { delay: 30 });
    await expect(page.locator('.cm-content')).toBeVisible();
    await page.keyboard.type('The end.', { delay: 30 });
    const typed = 'First letters, and those that come while it loads. The end.';
    await expect(title).toHaveValue('Long one');
    await expectNote(page, typed + long);
    await expect(saveState(page)).toHaveText('Saved');
    // The editor's own undo takes it back, what was typed before it came included.
    await expect(async () => {
      await page.keyboard.press('Control+z');
      expect((await noteText(page)) === long).toBe(true);
    }).toPass({ timeout: 90_000, intervals: [20] });
  });

  test('of a search, and of the first note of all, are kept', async ({ page }) => {
    await page.goto('./');
    await page.getByText('Write something').click();
    await page.keyboard.type('First of all');
    await expect(page.getByRole('textbox', { name: 'Title' })).toHaveValue('First of all');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('first');
    const box = page.getByRole('combobox', { name: 'Search your notes' });
    await expect(box).toHaveValue('first');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.keyboard.type('again', { delay: 30 });
    await expect(box).toHaveValue('again');
  });
});
