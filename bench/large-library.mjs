/**
 * A large library: how soon it answers after a start, how long a key takes to a painted list, what
 * it weighs. Notes and vectors are written into storage as the engine would have left them, for
 * embedding them would take an hour; the vectors are random ones, which costs a search the same.
 */
import { importNotes, openSearch, settled, upToDate, withPage } from './browser.mjs';
import { corpus, queries } from './corpus.mjs';
import { ms, percentile } from './stats.mjs';

export const PASSAGES_A_NOTE = 10;
const AT_ONCE = 200;
const QUERIES = 60;

/** Writes notes into storage as the engine would have left them. */
export async function seedNotes(page, notes, passages = PASSAGES_A_NOTE) {
  for (let first = 0; first < notes.length; first += AT_ONCE) {
    const some = notes.slice(first, first + AT_ONCE);
    await page.evaluate(seed, { notes: some, passages, first });
  }
}

/** Times of a start, ms: to an answer, to one with meaning, to one from all notes. */
export const allLoaded = (page) => page.evaluate(coldStart, 'tomato compost');

/** In the page: writes notes with their passages and vectors; the first note tells how. */
async function seed({ notes, passages, first }) {
  const DIMENSIONS = 512;
  const request = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  const [{ name }] = (await indexedDB.databases()).filter((one) => one.name.includes('-ws-'));
  const db = await request(indexedDB.open(name));
  const stores = ['notes', 'bodies', 'passages', 'vectors'];
  const tx = db.transaction(stores, 'readwrite', { durability: 'relaxed' });
  const done = new Promise((resolve, reject) => {
    tx.oncomplete = resolve;
    tx.onabort = () => reject(tx.error);
  });
  const [model] = await request(tx.objectStore('passages').getAll(null, 1));
  const [meta] = await request(tx.objectStore('notes').getAll(null, 1));
  notes.forEach(({ path, text }, i) => {
    const id = `bench-${String(first + i).padStart(6, '0')}`;
    const title = path.replace(/^.*\//, '');
    tx.objectStore('notes').put({ ...meta, id, title, path, size: text.length });
    tx.objectStore('bodies').put({ id, text });
    const length = Math.ceil(text.length / passages);
    // As the app writes them: 16 bytes a hash; start, length and heading path of each, 7 bits a byte.
    const hashes = crypto.getRandomValues(new Uint8Array(16 * passages));
    const places = [];
    const add = (number) => {
      for (let rest = number; ; rest >>>= 7) {
        places.push(rest > 127 ? (rest & 127) | 128 : rest);
        if (rest <= 127) break;
      }
    };
    for (let p = 0; p < passages; p++) {
      const start = Math.min(text.length, p * length);
      const end = Math.min(text.length, start + length);
      for (const number of [start, end - start, 0]) add(number);
      const hash = Array.from(hashes.slice(16 * p, 16 * p + 16), (byte) =>
        byte.toString(16).padStart(2, '0'),
      ).join('');
      const codes = new Int8Array(crypto.getRandomValues(new Uint8Array(DIMENSIONS)).buffer);
      const scale = 1 / Math.hypot(...codes);
      tx.objectStore('vectors').put({ gen: model.gen, hash, codes, scale });
    }
    tx.objectStore('passages').put({
      ...model,
      note: id,
      revision: meta.revision,
      title,
      hashes,
      places: Uint8Array.from(places),
      headings: [[]],
    });
  });
  await done;
  db.close();
}

/** In the page, from its start: ms to an answer, to one with meaning, to one of all notes. */
async function coldStart(query) {
  const times = {};
  while (!probe.ready) await new Promise((resolve) => setTimeout(resolve, 5));
  for (;;) {
    const { meaning, loaded, total, hits } = await probe.search(query);
    const now = performance.now();
    if (hits.length > 0) times.some ??= now;
    if (meaning === 'used' && hits.length > 0) times.meaning ??= now;
    if (meaning === 'used' && total > 0 && loaded >= total) return { ...times, all: now, total };
    // Often enough to tell, seldom enough not to slow the start that is measured.
    await new Promise((resolve) => setTimeout(resolve, times.meaning ? 250 : 50));
  }
}

/** In the page: until the engine has brought together what lies apart in storage, as when idle. */
async function packed() {
  const [{ name }] = (await indexedDB.databases()).filter((one) => one.name.includes('-ws-'));
  const request = (asked) =>
    new Promise((resolve, reject) => {
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
    });
  const db = await request(indexedDB.open(name));
  for (let last = -1; ; ) {
    const apart = await request(db.transaction('vectors').objectStore('vectors').count());
    if (apart < 512 || apart === last) break;
    last = apart;
    await new Promise((resolve) => setTimeout(resolve, 5_000));
  }
  db.close();
}

/** In the page: ms from the input of a query to the frame after the list changed. */
function watchPaint() {
  const list = document.querySelector('[role=listbox]');
  probe.painted = () =>
    new Promise((resolve) => {
      const input = document.querySelector('[role=combobox][aria-label="Search your notes"]');
      let began = 0;
      input.addEventListener(
        'input',
        () => {
          began = performance.now();
        },
        { once: true, capture: true },
      );
      const observer = new MutationObserver(() => {
        if (began === 0) return;
        observer.disconnect();
        // After the frame that shows it.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => resolve(performance.now() - began);
          port2.postMessage(null);
        });
      });
      observer.observe(list, { childList: true, subtree: true, characterData: true });
      setTimeout(() => {
        observer.disconnect();
        resolve(null);
      }, 5_000);
    });
}

export async function largeLibrary(bench) {
  const count = bench.quick ? 1_000 : 10_000;
  const notes = corpus({ notes: count, seed: 77, words: bench.quick ? 300 : 750 });
  const words = notes.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
  const characters = notes.reduce((sum, { text }) => sum + text.length, 0);
  const passages = count * PASSAGES_A_NOTE;
  const size = `${count} notes, ${passages} passages, ${(words / 1e6).toFixed(1)} million words`;
  return withPage(bench.browser, bench.app, async (page) => {
    await upToDate(page);
    const { picked } = await importNotes(page, corpus({ notes: 1, seed: 5, words: 60 }));
    await settled(page, picked);
    const usage = () => page.evaluate(async () => (await navigator.storage.estimate()).usage);
    const before = await usage();
    await seedNotes(page, notes);
    process.stderr.write('  written\n');
    // Once from storage to the model's scale, so that the next start finds all as it usually is.
    await page.reload();
    await allLoaded(page);
    await page.evaluate(packed);
    process.stderr.write('  read once\n');
    await page.reload();
    const cold = await allLoaded(page);
    const bytes = (await usage()) - before;

    await openSearch(page);
    await page.evaluate(watchPaint);
    const took = [];
    for (const query of queries({ count: QUERIES, seed: 9 })) {
      const painted = page.evaluate(() => probe.painted());
      await page.keyboard.press('Control+a');
      await page.keyboard.insertText(query);
      const time = await painted;
      if (time !== null) took.push(time);
      await page.waitForTimeout(60);
    }
    const asked = await page.evaluate(
      async (all) => {
        const times = [];
        for (const query of all) times.push((await probe.timedSearch(query)).ms);
        return times;
      },
      queries({ count: QUERIES, seed: 10 }),
    );
    const [p50, p95] = [0.5, 0.95].map((p) => percentile(took, p));
    const perPassage = (bytes - characters) / passages;
    return [
      {
        what: `${size}: start to the first answer`,
        value: ms(cold.some),
      },
      { what: 'start to the first answer by words and meaning', value: ms(cold.meaning) },
      {
        what: 'start to an answer from all notes, by words and meaning',
        value: ms(cold.all),
        measured: cold.all,
        goal: { most: 1_000, unit: 'ms' },
      },
      {
        what: `key to painted list: p50 of ${took.length} queries`,
        value: ms(p50),
        measured: p50,
        goal: { most: 25, unit: 'ms' },
      },
      {
        what: 'key to painted list: p95',
        value: ms(p95),
        measured: p95,
        goal: { most: 60, unit: 'ms' },
      },
      {
        what: 'page to engine and back: p50 / p95',
        value: `${ms(percentile(asked, 0.5))} / ${ms(percentile(asked, 0.95))}`,
      },
      {
        what: 'stored a passage, beside its note’s text as characters',
        value: `${Math.round(perPassage)} bytes`,
        measured: perPassage,
        goal: { most: 600, unit: 'bytes' },
      },
    ];
  });
}
