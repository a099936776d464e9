/** What crosses between page and worker? */
import { importNotes, noteText, openNote, settled, upToDate, withPage } from './browser.mjs';
import { corpus } from './corpus.mjs';
import { kilobytes } from './stats.mjs';

export function wire(bench) {
  const notes = corpus({ notes: 100, seed: 41, words: 200 });
  return withPage(bench.browser, bench.app, async (page) => {
    await page.evaluate(() => {
      probe.countWire = true;
    });
    await upToDate(page);
    const { picked } = await importNotes(page, notes);
    await settled(page, picked);
    // One search, one edit: every kind of message that a day's work sends.
    const title = /^# (.*)$/m.exec(notes.find(({ text }) => text.startsWith('# ')).text)[1];
    await openNote(page, title);
    const box = page.getByRole('textbox', { name: 'Note' });
    const from = await page.evaluate(() => performance.now());
    await box.fill(`${await noteText(page)}\n\nOne more thought.`);
    await settled(page, from);
    const kinds = Object.entries(await page.evaluate(() => probe.wire));
    const binary = kinds.filter(([, one]) => one.binary).map(([kind]) => kind);
    return [
      ...kinds
        .sort(([, a], [, b]) => b.bytes - a.bytes)
        .map(([kind, { messages, bytes, largest }]) => ({
          what: kind,
          value:
            `${kilobytes(bytes)} in ${messages} messages, largest ${kilobytes(largest)}; ` +
            `${(bytes / notes.length).toFixed(0)} bytes a note`,
        })),
      {
        what: 'messages with binary data (vectors, model bytes)',
        value: binary.join(', ') || 'none',
        measured: binary.length,
        goal: { most: 0, unit: 'kinds' },
      },
    ];
  });
}
