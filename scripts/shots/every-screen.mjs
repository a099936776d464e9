/** Every screen, and every state of it that a person may meet, in one variant of size and colours. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addSamples, goTo, openNote, search, settle, showMap, upToDate } from './drive.mjs';

/** @param variant `open` gives a fresh browser context, `name` begins the names of the files */
export async function everyScreen({ open, url, name }) {
  for (const part of [empty, withNotes, importing, withoutModel]) {
    // What a service worker fetches is out of reach, and the model is to be refused.
    const serviceWorkers = part === withoutModel ? 'block' : 'allow';
    const context = await open({ serviceWorkers });
    const page = await context.newPage();
    let count = 0;
    const shot = async (what) => {
      await settle(page, 300);
      const place = `${part.name}-${String(++count).padStart(2, '0')}-${what}`;
      await page.screenshot({ path: `shots/${name}-${place}.png` });
    };
    try {
      await part({ page, context, url, shot });
    } catch (thrown) {
      // The other parts are worth having all the same.
      console.error(`${name}, ${part.name}: ${thrown.message.split('\n')[0]}`);
      process.exitCode = 1;
    }
    await context.close();
  }
}

async function empty({ page, url, shot }) {
  await page.goto(url);
  await page.getByRole('button', { name: 'Add sample notes' }).waitFor();
  await shot('first-visit-loading');
  await upToDate(page);
  await shot('first-visit');
  for (const screen of ['Import', 'Map', 'Health', 'Settings']) {
    await goTo(page, screen);
    await settle(page);
    await shot(screen.toLowerCase());
  }
  await page.keyboard.press('Control+k');
  await shot('search');
  await search(page, 'where is the spare key');
  await shot('search-no-match');
  await page.keyboard.press('Escape');
  await page.goto(`${url}#/note/gone`);
  await shot('note-missing');
}

async function withNotes({ page, url, shot }) {
  await addSamples(page, url);
  await shot('notes-indexing');
  await upToDate(page);
  await shot('notes');
  await page.keyboard.press('Control+k');
  await shot('search-recent');
  await search(page, 'no heat coming from the heaters');
  await shot('search');
  await search(page, 'water -tag:garden after:2001 is:open');
  await shot('search-chips');
  await page.keyboard.press('Escape');
  await openNote(page, 'Weekend loaf');
  await shot('note');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await settle(page);
  await shot('note-reading');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await page.getByRole('button', { name: 'Delete note' }).click();
  await shot('note-deleted');
  await page.getByRole('button', { name: 'Undo' }).click();
  await goTo(page, 'Notes');
  await page.getByRole('button', { name: 'Select', exact: true }).click();
  await page.getByRole('checkbox').nth(1).check();
  await shot('notes-selecting');
  await showMap(page);
  await shot('map');
  await page.getByRole('button', { name: 'Show as list' }).click();
  await shot('map-list');
  await goTo(page, 'Health');
  await settle(page, 1_500);
  await shot('health');
  await goTo(page, 'Settings');
  await settle(page);
  await shot('settings');
  await page.keyboard.press('End');
  await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight));
  await shot('settings-end');
  await page.keyboard.press('?');
  await shot('shortcuts');
}

async function importing({ page, url, shot }) {
  const dir = mkdtempSync(join(tmpdir(), 'findling-shots-'));
  for (let i = 0; i < 400; i++) {
    mkdirSync(join(dir, `folder ${i % 5}`), { recursive: true });
    writeFileSync(join(dir, `folder ${i % 5}`, `note ${i}.md`), `# Note ${i}\n\nText of ${i}.\n`);
  }
  writeFileSync(join(dir, 'holiday.pdf'), 'no note');
  writeFileSync(
    join(dir, 'a very long name of a file that says all there is to say about it.docx'),
    '',
  );
  writeFileSync(join(dir, 'latin.txt'), Buffer.from([0x47, 0x72, 0xfc, 0xdf, 0x65]));
  try {
    await page.goto(url);
    await goTo(page, 'Import');
    await page.getByLabel('Import folder').setInputFiles(dir);
    await page.getByRole('button', { name: 'Pause import' }).click();
    await shot('import-paused');
    await page.getByRole('button', { name: 'Resume import' }).click();
    await shot('import-running');
    await page.getByRole('status', { name: 'Import result' }).waitFor({ timeout: 120_000 });
    await shot('import-result');
    await page.keyboard.press('Control+k');
    await shot('search-while-indexing');
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

/** The model never comes, then cannot be had at all. */
async function withoutModel({ page, context, url, shot }) {
  let refuse = () => {};
  const refused = new Promise((resolve) => {
    refuse = resolve;
  });
  await context.route(/\/models\/.*\.onnx/, async (route) => {
    await refused;
    await route.abort();
  });
  await addSamples(page, url);
  await search(page, 'rye flour');
  await shot('search-while-loading');
  await page.keyboard.press('Escape');
  refuse();
  await page
    .getByRole('status', { name: 'Index status' })
    .filter({ hasText: 'Paused' })
    .waitFor({ timeout: 120_000 });
  await shot('notes');
  await goTo(page, 'Health');
  await settle(page);
  await shot('health');
}
