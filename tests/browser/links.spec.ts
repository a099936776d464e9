/** Links lead where they lead at home, and go on doing so when a note gets another name. */
import type { Page } from '@playwright/test';
import { expect, test } from './harness.ts';
import {
  editorReady,
  expectNote,
  folderOf,
  go,
  importFolder,
  noteField,
  saveState,
  upToDate,
  writeNote,
} from './support/app.ts';

const FILLER = 'Filler about nothing at all.\n\n'.repeat(70);
const VAULT = {
  'Hub.md': `[[Manual#Far part|far]] and [[Manual#^blk|block]].\n\n[[plants/Basil|green]] and [[#Local part|below]] and [[people/Zoe|Zoe]].\n\n[table](Data%20x.csv)\n\n${FILLER}## Local part\n\nThe end.`,
  'Manual.md': `Start.\n\n${FILLER}## Far part\n\nWords on slots. ^blk\n\n${FILLER}`,
  'kitchen/Basil.md': 'It cooks.',
  'plants/Basil.md': 'It grows.',
  'Letters.md': '---\naliases: [EAFE]\n---\nWhat the letters mean.',
};

async function openVault(page: Page): Promise<void> {
  const { dir, remove } = folderOf(VAULT, 'vault');
  await page.goto('./');
  await importFolder(page, dir);
  remove();
  await open(page, 'Hub');
}

async function open(page: Page, title: string): Promise<void> {
  await go(page, 'Notes');
  await page.getByRole('list', { name: 'All notes' }).getByRole('link', { name: title }).click();
  await editorReady(page);
}

const titleField = (page: Page) => page.getByRole('textbox', { name: 'Title' });

test('a link opens its note at the heading or the block, and of two of one name the right one', async ({
  page,
}) => {
  await openVault(page);
  for (const name of ['far', 'block']) {
    await page.getByRole('button', { name: 'Read' }).click();
    await page.getByRole('main').getByRole('link', { name, exact: true }).click();
    await expect(titleField(page)).toHaveValue('Manual');
    await expect(noteField(page).getByText('Words on slots')).toBeInViewport();
    await page.goBack();
    await expect(titleField(page)).toHaveValue('Hub');
    await page.getByRole('button', { name: 'Read' }).click();
  }
  await noteField(page).getByText('far', { exact: true }).click();
  await expect(noteField(page).getByText('Words on slots')).toBeInViewport();
  await page.goBack();

  await noteField(page).getByText('green').click();
  await expectNote(page, 'It grows.');
  const back = page.getByRole('list', { name: 'Backlinks' });
  await expect(back.getByRole('link', { name: 'Hub' })).toBeVisible();
  await expect(back.getByText(/green and .*below/)).toBeVisible();
  await page.goBack();

  await noteField(page).getByText('below', { exact: true }).click();
  await expect(noteField(page).getByText('Local part')).toBeInViewport();
  await expect(titleField(page)).toHaveValue('Hub');
});

test('a link to no note looks so, and a click makes the note in the folder that it names', async ({
  page,
}) => {
  await openVault(page);
  const zoe = noteField(page).getByText('Zoe', { exact: true });
  await expect(zoe).toHaveClass(/md-missing/);
  await noteField(page).getByText('table', { exact: true }).click();
  await expect(page.getByText('This link leads nowhere that Findling can open.')).toBeVisible();
  await expect(titleField(page)).toHaveValue('Hub');
  await zoe.click();
  await expect(titleField(page)).toHaveValue('Zoe');
  await expect(saveState(page)).toHaveText('Saved');
  await expect(page.getByText('vault/people/Zoe.md')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(titleField(page)).toHaveValue('Hub');
  await go(page, 'Notes');
  await expect(page.getByRole('link', { name: 'Zoe' })).toHaveCount(0);
});

test('double brackets offer a name with its folder, an alias with its note, and headings', async ({
  page,
}) => {
  await openVault(page);
  await noteField(page).focus();
  await page.keyboard.press('Control+Home');
  const choose = async (typed: string, name: RegExp): Promise<void> => {
    await page.keyboard.type(typed);
    const option = page.getByRole('listbox').getByRole('option', { name });
    await expect(option.first()).toBeVisible();
    await page.waitForTimeout(100);
    await option.first().click();
  };
  await choose('[[Bas', /Basil.*kitchen/);
  await choose(' [[EAF', /EAFE → Letters/);
  await choose(' [[Manual#Fa', /Far part/);
  await choose(' [[Manual#^b', /blk/);
  await expectNote(
    page,
    /^\[\[kitchen\/Basil\]\] \[\[Letters\|EAFE\]\] \[\[Manual#Far part\]\] \[\[Manual#\^blk\]\]/,
  );
});

test('a note that gets another name keeps its links, when that is wanted, and Undo takes it back', async ({
  page,
}) => {
  await page.goto('./');
  await writeNote(page, 'Thyme', 'Small.\n\n## Care');
  await writeNote(page, 'Edges', 'Along [[Thyme#Care|the path]] and `[[Thyme]]`.');
  await open(page, 'Thyme');
  await titleField(page).fill('Lemon thyme');
  await titleField(page).press('Enter');
  await expect(page.getByText('1 note links here. Update its links?')).toBeVisible();
  await page.getByRole('button', { name: 'Update' }).click();
  await expect(page.getByText('Updated the links in 1 note.')).toBeVisible();
  await page.getByRole('list', { name: 'Backlinks' }).getByRole('link', { name: 'Edges' }).click();
  await expectNote(page, 'Along [[Lemon thyme#Care|the path]] and `[[Thyme]]`.');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expectNote(page, 'Along [[Thyme#Care|the path]] and `[[Thyme]]`.');
  await noteField(page).getByText('the path').click();
  await expect(titleField(page)).toHaveValue('Thyme');

  await titleField(page).fill('Wild thyme');
  await titleField(page).press('Enter');
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.getByRole('list', { name: 'Backlinks' }).getByRole('link', { name: 'Edges' }).click();
  await expectNote(page, 'Along [[Thyme#Care|the path]] and `[[Thyme]]`.');
  await noteField(page).getByText('the path').click();
  await expect(titleField(page)).toHaveValue('Wild thyme');
});

test('a note that is only named is linked by one press', async ({ page }) => {
  await page.goto('./');
  await writeNote(page, 'Quillwort', 'A fern ally.');
  await writeNote(page, 'Pond', 'At the edge a quillwort grows. More.');
  await upToDate(page);
  await open(page, 'Quillwort');
  await page.getByText('Unlinked mentions').click();
  await page.getByRole('button', { name: 'Link in “Pond”' }).click();
  await expect(
    page.getByRole('list', { name: 'Backlinks' }).getByRole('link', { name: 'Pond' }),
  ).toBeVisible();
  await open(page, 'Pond');
  await expectNote(page, 'At the edge a [[quillwort]] grows. More.');
});
