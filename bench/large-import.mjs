/** What does a large import cost: the page's attention, memory, room on the disk? */
import { health, importNotes, settled, upToDate, withPage } from './browser.mjs';
import { peakMemory } from './core-wait.mjs';
import { corpus } from './corpus.mjs';
import { ms } from './stats.mjs';

const mega = (bytes) => `${(bytes / 2 ** 20).toFixed(1)} MB`;

/** Bytes of the origin's IndexedDB, as the browser counts them. */
const stored = (page) =>
  page.evaluate(async () => (await navigator.storage.estimate()).usageDetails?.indexedDB ?? 0);

export function largeImport(bench) {
  const notes = corpus({ notes: bench.quick ? 300 : 2_000, seed: 41, words: 60 });
  const text = notes.reduce((sum, note) => sum + Buffer.byteLength(note.text), 0);
  return withPage(bench.browser, bench.app, async (page) => {
    await upToDate(page);
    const before = { memory: peakMemory(), stored: await stored(page) };
    await page.evaluate(() => probe.startBeat());
    const { picked } = await importNotes(page, notes);
    const main = await page.evaluate(() => probe.stopBeat());
    await settled(page, picked, 900_000);
    const { ended } = await page.evaluate((from) => probe.run(from), picked);
    const numbers = await health(page);
    const passages = Number(numbers.Passages);
    const after = { memory: peakMemory(), stored: await stored(page) };
    const index = after.stored - before.stored - text;
    return [
      {
        what: `import of ${notes.length} notes (${passages} passages), all indexed after`,
        value: ms(ended - picked),
      },
      {
        what: 'longest task of the page while the files are read and saved',
        value: main.longTasks.length > 0 ? ms(main.longest) : 'none over 50 ms',
        measured: main.longest,
        goal: { most: 50, unit: 'ms' },
      },
      {
        what: 'most memory of page and worker together (resident)',
        value: `${mega(after.memory)}; before the import ${mega(before.memory)}`,
      },
      { what: "of it the model's WebAssembly heap", value: mega(Number(numbers.Memory)) },
      {
        what: 'IndexedDB, beside the text of the notes themselves',
        value: `${Math.round(index / passages)} bytes a passage (${mega(after.stored)} in all)`,
      },
    ];
  });
}
