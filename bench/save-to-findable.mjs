/** How soon after "Saved" is an edited note found, by its new words and by its new meaning? */

import { withBarePage } from './bare-run.mjs';
import { importNotes, noteText, openNote, settled, upToDate, withPage } from './browser.mjs';
import { corpus, longNote } from './corpus.mjs';
import { DEBOUNCE_MS } from './protocol.mjs';
import { median, ms } from './stats.mjs';

const PARAGRAPHS = 200;
const LONG_TITLE = 'A year in the garden';

/**
 * What is added to a note: a made-up word to find, in a sentence that nothing else in the corpus is
 * like, and a question to find it by its meaning.
 */
const EDITS = [
  {
    word: 'zibberquax',
    sentence: 'The astronomer pointed her telescope at the rings of a distant planet.',
    question: 'an astronomer watching a planet with a telescope',
  },
  {
    word: 'flonterwick',
    sentence: 'A pilot landed the damaged aeroplane safely on the frozen lake.',
    question: 'the pilot made an emergency landing of the plane on ice',
  },
  {
    word: 'drumbelsnark',
    sentence: 'The judge sent the thief to prison for stealing the crown jewels.',
    question: 'a judge sends a robber to jail for stealing jewels',
  },
  {
    word: 'quillimander',
    sentence: 'Penguins huddle together to keep their chicks warm in the blizzard.',
    question: 'penguins keep their young warm in the snow',
  },
  {
    word: 'ostraplonk',
    sentence: 'The goalkeeper saved the penalty in the last minute of the final.',
    question: 'the goalkeeper stopped a penalty at the end of the football match',
  },
  {
    word: 'merrivoltz',
    sentence: 'Divers found the wreck of a pirate ship full of gold coins.',
    question: 'divers discover a sunken pirate ship with gold',
  },
];

/** In the page: from the moment of "Saved", asks the engine until it finds what was written. */
function follow({ word, question, note }) {
  const until = async (found) => {
    const limit = performance.now() + 20_000;
    while (!(await found())) {
      if (performance.now() > limit) throw new Error(`not found: ${word}`);
      await new Promise((resolve) => setTimeout(resolve, 4));
    }
    return performance.now();
  };
  probe.saves = [];
  const began = performance.now();
  probe.followed = new Promise((resolve, reject) => {
    probe.onSaved = (saved) => {
      probe.onSaved = null;
      const run = async () => {
        const words = await until(async () => (await probe.search(word)).hits.length > 0);
        const commit = await until(() => probe.commitOf(note, saved) !== undefined);
        const meaning = await until(async () => {
          const { hits } = await probe.search(question);
          const hit = hits.find((one) => one.note === note);
          return hit?.why.includes('meaning') && hit.passage?.text.includes(word);
        });
        return { began, words: words - saved, commit: commit - saved, meaning: meaning - saved };
      };
      run().then(resolve, reject);
    };
  });
  probe.followed.catch(() => {});
}

/** Puts a paragraph into the open note, and follows it. */
async function edit(page, at, { word, sentence, question }) {
  const box = page.getByRole('textbox', { name: 'Note' });
  const text = await noteText(page);
  const note = /#\/note\/([^?/]+)/.exec(page.url())[1];
  const place = at(text);
  await page.evaluate(follow, { word, question, note: decodeURIComponent(note) });
  await box.fill(`${text.slice(0, place)}\n\n${sentence} ${word}.${text.slice(place)}`);
  const times = await page.evaluate(() => probe.followed);
  await settled(page, times.began);
  return { ...times, work: times.meaning - DEBOUNCE_MS };
}

const middle = (text) => text.indexOf('\n\n', Math.floor(text.length / 2));

export async function saveToFindable(bench) {
  const long = longNote({ paragraphs: PARAGRAPHS });
  const whole = await withBarePage(
    bench,
    [{ path: 'long.md', text: long }],
    async ({ chunked, embed }) => {
      const texts = chunked.notes.flat();
      const runs = [];
      for (let i = 0; i < 2; i++) runs.push((await embed(texts, { kind: 'sorted' })).modelMs);
      return { passages: texts.length, ms: Math.min(...runs) };
    },
  );
  const notes = [
    ...corpus({ notes: bench.quick ? 150 : 300, seed: 21, words: 60 }),
    { path: 'garden/long.md', text: long },
  ];
  return withPage(bench.browser, bench.app, async (page) => {
    await upToDate(page);
    const { picked } = await importNotes(page, notes);
    await settled(page, picked);
    await page.evaluate(() => probe.watchSaves());

    await page.getByRole('button', { name: 'New note' }).first().click();
    await page.getByRole('textbox', { name: 'Title' }).fill('Loose thoughts');
    await page.getByRole('textbox', { name: 'Note' }).fill('Nothing much yet.');
    const begun = await page.evaluate(() => performance.now());
    await settled(page, begun - 1_000);
    const small = [];
    for (const one of EDITS.slice(0, 3)) small.push(await edit(page, (text) => text.length, one));

    await openNote(page, LONG_TITLE);
    const large = [];
    for (const one of EDITS.slice(3)) large.push(await edit(page, middle, one));

    const mid = (all, key) => median(all.map((one) => one[key]));
    const work = mid(large, 'work');
    return [
      {
        what: `short note among ${notes.length}: "Saved" to found by its new words`,
        value: ms(mid(small, 'words')),
      },
      {
        what: 'short note: "Saved" to found by meaning',
        value: `${ms(mid(small, 'meaning'))}, of it ${ms(DEBOUNCE_MS)} of debounce`,
      },
      { what: 'short note: work after the debounce', value: ms(mid(small, 'work')) },
      {
        what: `${whole.passages}-passage note: "Saved" to found by its new words`,
        value: ms(mid(large, 'words')),
      },
      {
        what: `${whole.passages}-passage note: work after the debounce, one paragraph added`,
        value: `${ms(work)} (${large.map((one) => ms(one.work)).join(', ')})`,
      },
      {
        what: `embedding all its ${whole.passages} passages anew, the bare model alone`,
        value: ms(whole.ms),
        ratio: whole.ms / work,
        goal: { least: 20 },
      },
    ];
  });
}
