import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexStore } from '../../src/storage/index/index-store.ts';
import { type GenerationId, generationId, type NoteMeta } from '../../src/storage/schema.ts';
import { fold } from '../../src/words/terms.ts';
import { makeApi } from '../../src/worker/api.ts';
import { workerClock } from '../../src/worker/clock.ts';
import type { Embedder } from '../../src/worker/embedder.ts';
import type { Engine } from '../../src/worker/engine.ts';
import { generationOf } from '../../src/worker/indexer/prepare.ts';
import { InferenceQueue } from '../../src/worker/inference-queue.ts';
import { quantise } from '../../src/worker/model/quantise.ts';
import { CALIBRATION_VERSION, SIMILAR_PAIRS } from '../../src/worker/search/calibration-pairs.ts';
import { Resident } from '../../src/worker/search/resident.ts';
import { Search } from '../../src/worker/search/search.ts';
import { Sentences, tellingSentence } from '../../src/worker/search/sentences.ts';
import { excerptAround } from '../../src/worker/search/snippet.ts';

interface Note {
  id: string;
  title?: string;
  text: string;
  tags?: string[];
  path?: string;
  modified?: number;
  pinned?: boolean;
  aliases?: string[];
  formerTitles?: string[];
}

/** A model that knows three subjects by their words, and little else. */
const SUBJECTS = ['oven bread dough', 'train rail ticket', 'tax money bank'];
const DIMENSIONS = 48;
function toyModel(): Embedder & { calls: number } {
  const embedder = {
    calls: 0,
    spec: {
      id: 'toy',
      folder: 'toy',
      dtype: 'q8' as const,
      version: 1,
      window: 32,
      dimensions: DIMENSIONS,
      bytes: 0,
    },
    device: 'wasm' as const,
    threads: 1,
    room: 32,
    encode: (text: string) => embedder.tokenize(text).slice(0, 32),
    tokenize: (text: string) =>
      Array.from(text.matchAll(/[a-z]+/gi), ([word]) => {
        const subject = SUBJECTS.findIndex((words) => words.includes(fold(word)));
        const pair = SIMILAR_PAIRS.findIndex((texts) => texts.some((one) => one.includes(word)));
        return subject >= 0 ? subject + 1 : 10 + ((pair + 30) % 30);
      }),
    async embed(ids: number[][]) {
      embedder.calls++;
      const flat = new Float32Array(ids.length * DIMENSIONS);
      ids.forEach((row, r) => {
        const vector = new Array<number>(DIMENSIONS).fill(0);
        vector[0] = 2;
        for (const id of row) vector[id % DIMENSIONS]! += id < 10 ? 4 : 0.2;
        const length = Math.hypot(...vector);
        flat.set(
          vector.map((x) => x / length),
          r * DIMENSIONS,
        );
      });
      return flat;
    },
  };
  return embedder;
}

async function searchOver(notes: Note[], model: Embedder | null = null) {
  const metas = new Map(
    notes.map(({ id, title = '', tags = [], path = '', modified = 0, pinned = false, ...more }) => {
      const { text, ...names } = more;
      const meta: NoteMeta = {
        ...names,
        id,
        title,
        tags,
        path,
        modified,
        pinned,
        metaChanged: modified,
        created: 0,
        revision: 1,
        size: text.length,
      };
      return [id, { meta, text }];
    }),
  );
  const kv = new Map<string, unknown>();
  const rows = new Map<string, ReturnType<typeof quantise>>();
  if (model) {
    for (const { id, text } of notes)
      rows.set(id, quantise(await model.embed([model.tokenize(text)])));
  }
  const listOf = (gen: GenerationId, note: string) => ({
    gen,
    note,
    revision: 1,
    title: '',
    passages: [{ hash: note, start: 0, end: metas.get(note)?.text.length ?? 0, headings: [] }],
  });
  const store = {
    noteCount: async () => metas.size,
    noteMetas: async () => [...metas.values()].map(({ meta }) => meta),
    noteIds: async () => [...metas.keys()],
    notes: async (ids: string[]) => ids.map((id) => metas.get(id)),
    keywordSnapshot: async () => undefined,
    segmentIds: async () => [],
    vectorsApart: async () => [],
    passageLists: async (gen: GenerationId, after: string | null) =>
      after === null ? [...metas.keys()].map((note) => listOf(gen, note)) : [],
    passageList: async (gen: GenerationId, note: string) => listOf(gen, note),
    vectors: async (_gen: GenerationId, hashes: string[]) => hashes.map((hash) => rows.get(hash)),
    get: async (key: string) => kv.get(key),
    set: async (key: string, value: unknown) => void kv.set(key, value),
  } as unknown as IndexStore;
  const resident = new Resident(store, generationId('gen'), DIMENSIONS);
  await resident.load();
  const make = () =>
    new Search({
      resident,
      store,
      inferenceQueue: new InferenceQueue(),
      embedder: () => model,
      modelFailed: () => model === null,
      preparer: () => null,
      clock: { ...workerClock, ticks: () => 0 },
    });
  const search = make();
  const ask = (
    query: string,
    options: { limit?: number; weak?: boolean; sentences?: boolean } = {},
  ) => search.search(query, { limit: 10, ...options }, () => false);
  const ids = async (query: string) => (await ask(query)).hits.map(({ note }) => note);
  return { ask, ids, kv, make, resident, search };
}

const NOTES: Note[] = [
  { id: 'a', title: 'Loaf', text: 'Knead the dough by hand.', tags: ['food'], modified: 3 },
  {
    id: 'b',
    title: 'Trip',
    text: 'The hand luggage is on the rack.',
    tags: ['travel'],
    modified: 9,
  },
  { id: 'c', title: 'Bills', text: 'By hand or by post.', path: 'home/bills.md', pinned: true },
];

describe('Search', () => {
  it('lists by filters alone what was changed last first, without reasons', async () => {
    const { ask } = await searchOver(NOTES);
    const { hits, weaker } = await ask('-tag:food');
    expect(hits.map(({ note }) => note)).toEqual(['b', 'c']);
    expect(hits.map(({ why }) => why)).toEqual([[], []]);
    expect(hits[0]?.passage?.text).toContain('luggage');
    expect(weaker).toBe(0);
  });

  it('shows a passage as it is read', async () => {
    const text =
      '---\nk: v\n---\n> [!note] Title\n> ![[a.png|300]] The **hand** [[b|luggage]] %%no%% &amp; ==more== ^id';
    const { ask } = await searchOver([{ id: 'a', title: 'Trip', text }]);
    const passage = (await ask('luggage')).hits[0]?.passage;
    expect(passage?.text).toBe('Title\nThe hand luggage & more');
    expect(passage?.marks.map(([from, to]) => passage.text.slice(from, to))).toEqual(['luggage']);
  });

  it('offers the nearest where nothing fits, and a word that is put right', async () => {
    const model = toyModel();
    const { ask } = await searchOver(NOTES, model);
    const typo = await ask('lugage rackets');
    expect(typo.corrected ?? (await ask('luggagge')).corrected).not.toBeUndefined();
    const none = await ask('zzzzzz');
    expect(none.hits).toEqual([]);
    for (const { passage } of none.nearest) expect(passage?.marks).toEqual([]);
    expect(none.nearest.length).toBeLessThanOrEqual(3);
    const numbers = await ask('4711');
    expect([numbers.meaning, numbers.hits, numbers.nearest]).toEqual(['unknown', [], []]);
  });

  it('heeds filters, phrases and exclusions', async () => {
    const { ids } = await searchOver(NOTES);
    expect((await ids('hand')).sort()).toEqual(['a', 'b', 'c']);
    expect(await ids('hand tag:food')).toEqual(['a']);
    expect((await ids('"by hand"')).sort()).toEqual(['a', 'c']);
    expect(await ids('"by hand" -post')).toEqual(['a']);
    expect(await ids('hand -"by hand"')).toEqual(['b']);
    expect(await ids('-hand')).toEqual([]);
    expect(await ids('is:pinned')).toEqual(['c']);
    expect(await ids('path:home')).toEqual(['c']);
    expect(await ids('')).toEqual([]);
  });

  it('finds words as they are read, not as they are written', async () => {
    const { ids } = await searchOver([
      {
        id: 'a',
        text: 'The re**mark**able caf&eacute; %%hidden plan%% <!-- private aside --> opens',
      },
      { id: 'b', text: 'See [the *small* print](https://example.org/marmalade) here.' },
      { id: 'c', text: '<script>var gadget = 1</script>\n\n![](data:image/png;base64,Zm9vYmFy)' },
      { id: 'd', text: '```rust\nlet tea = 1;\n```' },
      { id: 'e', text: '---\nauthor: Le Guin\n---\nThe word for world is forest.' },
    ]);
    for (const query of ['remarkable', 'café', '"remarkable café opens"']) {
      expect(await ids(query), query).toEqual(['a']);
    }
    expect(await ids('"the small print here"')).toEqual(['b']);
    expect(await ids('marmalade')).toEqual(['b']);
    expect(await ids('rust')).toEqual(['d']);
    expect(await ids('"le guin"')).toEqual(['e']);
    // Each address stands by itself, and what follows the front matter is none of it.
    expect(await ids('"guin the word"')).toEqual([]);
    for (const none of ['hidden', '"private aside"', 'eacute', 'gadget', 'Zm9vYmFy', 'mark']) {
      expect(await ids(none), none).toEqual([]);
    }
    expect(await ids('print -marmalade')).toEqual([]);
    expect(await ids('opens -hidden -eacute')).toEqual(['a']);
  });

  it('searches comments when asked to, and nothing else then', async () => {
    const notes: Note[] = [
      { id: 'a', text: 'Bread. %%ask about the dough%% <!-- second aside -->', modified: 1 },
      { id: 'b', text: 'The dough rests.\n\n%%\nnot the aside, second\n%%', modified: 2 },
      { id: 'c', text: 'Dough, and `%%code%%`.', modified: 3 },
    ];
    const { ask, ids } = await searchOver(notes, toyModel());
    expect(await ids('dough in:comments')).toEqual(['a']);
    expect(await ids('in:comments "second aside"')).toEqual(['a']);
    expect(await ids('in:comments aside -ask')).toEqual(['b']);
    expect(await ids('in:comments')).toEqual(['b', 'a']);
    expect(await ids('-in:comments')).toEqual(['c']);
    expect(await ids('dough -in:comments')).toEqual(['c']);
    const [hit] = (await ask('in:comments dough')).hits;
    expect(hit?.why).toEqual(['words']);
    expect(hit?.passage).toMatchObject({ place: 'comment', text: 'ask about the dough' });
    const { start, end } = hit!.passage!;
    expect(notes[0]!.text.slice(start, end)).toBe('ask about the dough');
    expect(hit?.passage?.marks).toEqual([[14, 19]]);
  });

  it.each([
    ['marmalade', 'link', 'https://example.org/marmalade?b=2', 'marmalade'],
    ['rust', 'language', 'rust', 'rust'],
    ['guin', 'property', 'author: Ursula Le Guin', 'Guin'],
    ['budget', 'link', 'Budget 2026', 'Budget'],
  ])('says where %s stands, which nobody reads: %s', async (query, place, text, marked) => {
    const source =
      '---\nkind: novel\nauthor: Ursula Le Guin\n---\nThe [small print](https://example.org/marmalade?b=2)\n\n```rust\nlet tea = 1;\n```\n\nAs [[Budget 2026|planned]].';
    for (const model of [null, toyModel()]) {
      const { ask } = await searchOver([{ id: 'x', text: source }, ...NOTES], model);
      const [hit] = (await ask(query)).hits;
      expect(hit?.why).toContain('words');
      expect(hit?.passage).toMatchObject({ place, text });
      const { start, end, marks } = hit!.passage!;
      expect(source.slice(start, end)).toBe(text);
      expect(marks.map(([from, to]) => text.slice(from, to))).toEqual([marked]);
    }
  });

  it('says so only where nothing that is read has the word', async () => {
    const text = '# Tea\n\n[Some text](https://example.org/tea/print)\n\nprint';
    const { ask } = await searchOver([{ id: 'x', title: 'One', text }, ...NOTES], toyModel());
    for (const query of ['print', 'tea', 'one', 'one print']) {
      expect((await ask(query)).hits[0]?.passage?.place, query).toBeUndefined();
    }
    // Also of a note of which only stretches are read.
    const long = `[Some](https://example.org/cup) text\n\n${'More of it. '.repeat(20_000)}`;
    const { ask: askLong } = await searchOver([{ id: 'a', title: 'One', text: long }]);
    expect((await askLong('cup')).hits[0]?.passage).toMatchObject({
      place: 'link',
      text: 'https://example.org/cup',
      start: 7,
    });
  });

  it('finds a note by its other names, and says by which', async () => {
    const { ask, ids } = await searchOver([
      {
        id: 'glossary',
        title: 'Short words',
        text: 'What the letters stand for.',
        path: 'v/index.md',
        aliases: ['WHO', 'Health body'],
        formerTitles: ['Old letters heading'],
      },
      { id: 'other', title: 'Hub', text: 'See the WHO, a health body; and the index.' },
      { id: 'plain', title: 'Health', text: 'Body and soul.', path: 'v/Health.md' },
    ]);
    const called = async (query: string) => (await ask(query)).hits[0]?.called;
    expect(await ids('WHO ')).toEqual(['glossary', 'other']);
    expect(await called('WHO ')).toEqual({ kind: 'alias', text: 'WHO', marks: [[0, 3]] });
    // A whole name comes first, like a whole title.
    expect((await ids('health body '))[0]).toBe('glossary');
    expect(await called('bodies ')).toEqual({
      kind: 'alias',
      text: 'Health body',
      marks: [[7, 11]],
    });
    expect((await ids('index '))[0]).toBe('glossary');
    expect(await called('index ')).toEqual({ kind: 'file', text: 'index', marks: [[0, 5]] });
    expect(await called('heading ')).toMatchObject({ kind: 'former', text: 'Old letters heading' });
    expect(await called('letters ')).toBeNull();
    expect(await called('short ')).toBeNull();
    const why = async (query: string) => (await ask(query)).hits[0]?.why;
    expect(await why('short ')).toContain('title');
    expect(await why('WHO ')).not.toContain('title');
    expect(await ids('"health body"')).toEqual(['glossary', 'other']);
  });

  it('looks in title and aliases for title:, and in a path as it is shown', async () => {
    const { ask, ids } = await searchOver([
      {
        id: 'a',
        title: 'Short words',
        text: '',
        aliases: ['Wörld Health'],
        formerTitles: ['Gone'],
      },
      { id: 'b', title: 'b', text: 'world', path: `Trips ${'0123456789abcdef'.repeat(2)}/b.md` },
    ]);
    expect(await ids('title:world')).toEqual(['a']);
    expect((await ask('title:"wörld he"')).hits[0]?.called).toEqual({
      kind: 'alias',
      text: 'Wörld Health',
      marks: [[0, 8]],
    });
    expect((await ask('title:short')).hits[0]?.called).toBeNull();
    expect(await ids('title:gone')).toEqual([]);
    expect(await ids('path:trips/b')).toEqual(['b']);
  });

  it('says what it did not understand', async () => {
    const { ask } = await searchOver(NOTES);
    const { hint, hits } = await ask('hand before:soon');
    expect(hint).toEqual({ code: 'date', piece: 'before:soon' });
    expect(hits.length).toBeGreaterThan(0);
    expect((await ask('hand')).hint).toBeNull();
  });

  it('hides what hardly fits, counts it, and shows it when asked to', async () => {
    const { ask } = await searchOver(NOTES);
    const first = await ask('luggage belt scanner xray conveyor');
    expect(first).toMatchObject({ hits: [], weaker: 1 });
    const second = await ask('luggage belt scanner xray conveyor', { weak: true });
    expect(second.hits.map(({ note }) => note)).toEqual(['b']);
    expect(second.weaker).toBe(0);
  });

  it('answers whatever is asked, and the same when asked again', async () => {
    const model = toyModel();
    const { ask } = await searchOver(
      [...NOTES, { id: 'twin', title: 'Loaf', text: 'Knead the dough by hand.', modified: 3 }],
      model,
    );
    const same = async (query: string) => {
      const first = await ask(query, { weak: true });
      const { hits, hint, weaker } = await ask(query, { weak: true });
      expect({ hits, hint, weaker }).toEqual({
        hits: first.hits,
        hint: first.hint,
        weaker: first.weaker,
      });
      for (const { score } of hits) expect(Number.isFinite(score)).toBe(true);
      return hits.map(({ note }) => note);
    };
    const awkward = [
      ...['', ' ', 'a', '-', '"', '“', 'tag:', '-tag:food', 'is:', 'before:', '"by hand', '""'],
      ...['tag:none path:none', '.*(hand|dough)+?[', '👩‍👩‍👧‍👦🎂', '\u0000\u0007\u202e', '\ud800'],
      ...['hand '.repeat(2_000), 'x'.repeat(10_000), `${NOTES[0]!.text}\n`.repeat(300)],
    ];
    for (const query of awkward) await same(query);
    expect(await same('tag:none hand')).toEqual([]);
    // Twins have equal scores: their order is by id, always.
    expect((await same('knead')).slice(0, 2)).toEqual(['a', 'twin']);
    const piece = fc.constantFrom(
      ...['hand', 'dough', '"', '-', ':', 'tag:', 'path:', 'is:pinned', 'before:2024', '(', ' '],
      'in:comments',
    );
    const query = fc.oneof(
      fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join('')),
      fc.string({ unit: 'binary', maxLength: 80 }),
    );
    await fc.assert(
      fc.asyncProperty(query, async (text) => void (await same(text))),
      {
        seed: 12,
        numRuns: 200,
      },
    );
  });

  it('lists related notes, without those it links to when asked', async () => {
    const dough = 'The dough is in the oven.';
    const others = Array.from({ length: 12 }, (_, i) => ({ id: `x${i}`, text: `Number ${i}.` }));
    const notes = [
      {
        id: 'a',
        title: 'Loaf',
        path: 'food/loaf.md',
        text: `${dough} See [[pizza]], [roll](roll.md).`,
      },
      { id: 'b', title: 'Pizza', path: 'food/p.md', text: dough },
      { id: 'c', title: 'Rolls', path: 'food/roll.md', text: dough },
      { id: 'd', title: 'Bun', path: 'food/bun.md', text: dough },
      ...others,
    ];
    const model = toyModel();
    const { search, kv } = await searchOver(notes, model);
    kv.set(`calibration:${generationOf(model.spec)}`, {
      version: CALIBRATION_VERSION,
      mean: new Float32Array(DIMENSIONS),
      unrelated: { mean: 0.2, deviation: 0.1 },
      similar: { mean: 0.9, deviation: 0.1 },
      weight: 0.6,
      floor: 0.8,
    });
    // As the page asks for them.
    const api = makeApi({ search } as unknown as Engine);
    const idsOf = async (unlinked: boolean) =>
      (await api.related('a', { limit: 10, unlinked, cancelId: '1' })).map(({ note }) => note);
    expect(await idsOf(false)).toEqual(['b', 'c', 'd']);
    expect(await idsOf(true)).toEqual(['d']);
    const given = api.related('a', { limit: 10, cancelId: '2' });
    const nobodyWaits = api.related('a', { limit: 10, cancelId: '3' });
    api.cancel('3');
    expect(await given).toHaveLength(3);
    expect(await nobodyWaits).toEqual([]);
  });

  it('lists notes in nearly the same words, with their names', async () => {
    const { search } = await searchOver([
      ...NOTES,
      { id: 'copy', title: 'Loaf', path: 'old/loaf.md', text: 'Knead the dough by hand.' },
    ]);
    const loaf = { title: 'Loaf' };
    expect(await search.duplicates(5)).toEqual([
      [
        { ...loaf, note: 'a', path: '' },
        { ...loaf, note: 'copy', path: 'old/loaf.md' },
      ],
    ]);
    expect(await search.duplicates(0)).toEqual([]);
  });

  it('finds by meaning, says so, and marks the sentence that tells', async () => {
    const notes = [
      ...NOTES,
      { id: 'd', title: 'Pizza', text: 'Nothing here. The dough rests. It is late.' },
      { id: 'e', title: 'Rail', text: 'A ticket for the rail.' },
      ...Array.from({ length: 12 }, (_, i) => ({ id: `x${i}`, text: `Number ${i} of many.` })),
    ];
    const model = toyModel();
    const { ask, kv } = await searchOver(notes, model);
    // The toy cannot read the real pairs.
    kv.set(`calibration:${generationOf(model.spec)}`, {
      version: CALIBRATION_VERSION,
      mean: new Float32Array(DIMENSIONS),
      unrelated: { mean: 0.2, deviation: 0.1 },
      similar: { mean: 0.9, deviation: 0.1 },
      weight: 0.6,
      floor: 0.8,
    });
    const { hits, meaning } = await ask('oven');
    expect(meaning).toBe('used');
    const pizza = hits.find(({ note }) => note === 'd');
    expect(pizza?.why).toEqual(['meaning']);
    const { text, marks } = pizza!.passage!;
    expect(marks.map(([from, to]) => text.slice(from, to))).toEqual(['The dough rests.']);
    expect(hits.map(({ note }) => note)).not.toContain('e');

    // By its sentences' own vectors, once there is time for it.
    const calls = model.calls;
    const finer = await ask('oven', { sentences: true });
    expect(model.calls).toBe(calls + 1);
    expect(finer.hits.map(({ note }) => note)).toEqual(hits.map(({ note }) => note));
    const marked = finer.hits.find(({ note }) => note === 'd')!.passage!;
    expect(marked.marks.map(([a, b]) => marked.text.slice(a, b))).toEqual(['The dough rests.']);
    await ask('oven', { sentences: true });
    expect(model.calls).toBe(calls + 1);
  });

  it('makes the calibration once, and keeps it', async () => {
    const model = toyModel();
    const { ask, kv, make } = await searchOver(NOTES, model);
    const before = model.calls;
    await ask('dough');
    const made = model.calls - before;
    const kept = [...kv.keys()].filter((key) => key.startsWith('calibration:'));
    expect(kept).toHaveLength(1);
    expect(kept[0]).toMatch(/^calibration:toy@1/);
    await ask('bread');
    await make().search('dough', { limit: 5 }, () => false);
    expect(model.calls - before).toBe(made + 2);
  });

  it('gives the rest of an answer without ranking anew, until something changes', async () => {
    const model = toyModel();
    const { ask, resident } = await searchOver(NOTES, model);
    const first = await ask('hand', { limit: 1 });
    const calls = model.calls;
    const all = await ask('hand', { limit: 10 });
    expect(model.calls).toBe(calls);
    expect(first.hits).toHaveLength(1);
    expect(all.hits.length).toBeGreaterThan(2);
    expect(all.hits[0]).toEqual(first.hits[0]);
    expect(all.weaker).toBe(first.weaker);
    await ask('hand', { limit: 10, weak: true });
    expect(model.calls).toBe(calls + 1);
    await resident.notesChanged(['b']);
    await ask('hand', { limit: 10, weak: true });
    expect(model.calls).toBe(calls + 2);
  });
});

describe('Sentences', () => {
  const passage = 'Short.\nNo word of it here at all. The second one is it.\nAnd a third of them.';
  const vectors: Record<string, number[]> = { second: [0.6, 0.8], third: [0.8, 0.6] };
  const nearestTo = (query: string, texts: string[][], answer = true) => ({
    query,
    vector: Float32Array.of(0, 1),
    mean: Float32Array.of(0.2, 0.2),
    embed: async (asked: readonly string[]) => {
      texts.push([...asked]);
      if (!answer) return null;
      return asked.map((text) => {
        const named = Object.keys(vectors).find((word) => text.includes(word));
        return Float32Array.from(vectors[named ?? ''] ?? [1, 0]);
      });
    },
  });

  it('takes the one nearest to the query, and remembers it', async () => {
    const sentences = new Sentences();
    const asked: string[][] = [];
    // Nobody waits any more: then nothing is remembered.
    expect(await sentences.nearest(passage, nearestTo('q', asked, false))).toBeNull();
    for (const query of ['q', 'q', 'other']) {
      const [from, to] = (await sentences.nearest(passage, nearestTo(query, asked)))!;
      expect(passage.slice(from, to)).toBe('The second one is it.');
    }
    expect(asked).toHaveLength(3);
    expect(asked[0]).toEqual([
      'No word of it here at all.',
      'The second one is it.',
      'And a third of them.',
    ]);
  });

  it('reads on where a line is only wrapped', async () => {
    const text =
      'Pinch out the side shoots, or else the plant\ngrows leaves and no fruit. Water it.\n- one of a list\n- second of it';
    const asked: string[][] = [];
    const [from, to] = (await new Sentences().nearest(text, nearestTo('q', asked)))!;
    expect(text.slice(from, to)).toBe('- second of it');
    expect(asked[0]).toEqual([
      'Pinch out the side shoots, or else the plant grows leaves and no fruit.',
      '- one of a list',
      '- second of it',
    ]);
  });

  it('asks for nothing where there is no choice, and for a dozen at most', async () => {
    const sentences = new Sentences();
    const asked: string[][] = [];
    expect(await sentences.nearest('One sentence alone.', nearestTo('q', asked))).toEqual([0, 19]);
    expect(await sentences.nearest('', nearestTo('q', asked))).toBeNull();
    expect(asked).toEqual([]);
    await sentences.nearest('This is one of many. '.repeat(90), nearestTo('q', asked));
    expect(asked[0]).toHaveLength(12);
  });
});

describe('tellingSentence', () => {
  const terms = new Map([
    ['dough', 0.4],
    ['rest', 0.2],
  ]);
  it('takes the sentence with most of the weight for its length', () => {
    const text = 'It rests somewhere here.\nDough rests overnight. Nobody knows why.';
    const [from, to] = tellingSentence(text, terms)!;
    expect(text.slice(from, to)).toBe('Dough rests overnight.');
    expect(tellingSentence('Nothing of that kind.', terms)).toBeNull();
    expect(tellingSentence('', terms)).toBeNull();
  });

  it('is shown marked, however far in it stands', () => {
    const text = `${'Filler words go on. '.repeat(40)}The dough rests. ${'And more. '.repeat(40)}`;
    const from = text.indexOf('The dough');
    const range = { start: 0, end: text.length, headings: [] };
    const { text: shown, marks } = excerptAround(text, range, [from, from + 16]);
    expect(marks.map(([a, b]) => shown.slice(a, b))).toEqual(['The dough rests.']);
  });
});
