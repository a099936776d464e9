/**
 * What must be so once a world has come to rest, whatever happened to it: every note there, each
 * indexed once, and the index the same as one that is built from scratch.
 */
import { databaseName } from '../../../src/storage/database-names.ts';
import { hashesIn } from '../../../src/storage/index/hash-bytes.ts';
import { openIndexStore } from '../../../src/storage/index/index-store.ts';
import { fromRow } from '../../../src/storage/index/passage-row.ts';
import { vectorIn } from '../../../src/storage/index/segments.ts';
import {
  type GenerationId,
  generationId,
  type NoteBody,
  type NoteMeta,
  type PassageRow,
  type SegmentHead,
  type SegmentVectors,
  type StoredVector,
} from '../../../src/storage/schema.ts';
import { NumberReader } from '../../../src/varint.ts';
import type { KeywordSnapshot } from '../../../src/worker/search/keyword-snapshot.ts';
import { TEXT_COUNTS } from '../../../src/worker/search/postings.ts';
import { Resident } from '../../../src/worker/search/resident.ts';
import { readStore } from './indexeddb.ts';
import { Process } from './process.ts';
import { World } from './world.ts';

interface Note {
  id: string;
  title: string;
  text: string;
  /** Of its file, whose name is a name of the note, too. */
  path: string;
}

/** An index, in an order that does not depend on how it came to be. */
interface Index {
  gen: GenerationId;
  /** By note. */
  lists: Record<string, string>;
  /** By hash. */
  vectors: Record<string, string>;
  /** By term. */
  words: Record<string, string>;
  titles: Record<string, string>;
}

const DIMENSIONS = 512;
const hex = (bytes: ArrayBufferView): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex');
const sorted = <T>(entries: Iterable<[string, T]>): Record<string, T> =>
  Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));

/** What a note is called in a test: by its file where it was imported, for its id is the app's. */
const nameOf = ({ id, importPath }: NoteMeta): string => importPath?.replace(/\.md$/, '') ?? id;

function storedNotes(world: World, workspace: string): (Note & { name: string })[] {
  const db = databaseName(workspace);
  const texts = new Map(
    readStore<NoteBody>(world.disk, db, 'bodies').map(({ value }) => [value.id, value.text]),
  );
  return readStore<NoteMeta>(world.disk, db, 'notes').map(({ value }) => ({
    id: value.id,
    name: nameOf(value),
    title: value.title,
    path: value.importPath ?? value.path,
    text: texts.get(value.id) ?? '(no text is stored)',
  }));
}

export const passageCount = (world: World, workspace: string): number => {
  const { index } = readIndex(world, workspace);
  return Object.values(index.lists).reduce(
    (sum, list) => sum + (list.split(' | ')[1]?.length ?? 0) / 32,
    0,
  );
};

/** A scale in a segment has 32 bits. */
const vectorText = ({ codes, scale }: { codes: Int8Array; scale: number }): string =>
  `${hex(codes)} × ${Math.fround(scale)}`;

/** Everything that is wrong with what is stored, by itself; and the index as it is. */
function readIndex(world: World, workspace: string): { index: Index; wrong: string[] } {
  const db = databaseName(workspace);
  const { disk } = world;
  const wrong: string[] = [];
  const kv = new Map(readStore(disk, db, 'kv').map(({ key, value }) => [key as string, value]));
  const generations = kv.get('generations') as
    | {
        active: { gen: GenerationId };
        kept?: { gen: GenerationId };
        building?: { gen: GenerationId };
      }
    | undefined;
  const gen = generations?.active.gen ?? generationId('none');
  if (generations?.building) wrong.push('another generation is still being built');
  const remembered = [gen, generations?.kept?.gen];

  const metas = new Map(
    readStore<NoteMeta>(disk, db, 'notes').map(({ value }) => [value.id, value]),
  );
  const bodies = readStore<NoteBody>(disk, db, 'bodies').map(({ value }) => value.id);
  for (const id of bodies) if (!metas.has(id)) wrong.push(`a text without a note: ${id}`);
  for (const id of metas.keys()) if (!bodies.includes(id)) wrong.push(`a note without text: ${id}`);
  const pending = readStore(disk, db, 'pending').map(({ key }) => key);
  if (pending.length > 0) wrong.push(`still pending: ${pending}`);
  const aside = readStore(disk, db, 'quarantine').map(({ key }) => key);
  for (const id of aside) wrong.push(`quarantined: ${id}`);

  const lists: [string, string][] = [];
  const named = new Set<string>();
  for (const { value } of readStore<PassageRow>(disk, db, 'passages')) {
    const { note, revision, title, hashes, places, headings } = value;
    if (!remembered.includes(value.gen)) wrong.push(`a list of a forgotten generation: ${note}`);
    if (value.gen !== gen) continue;
    const meta = metas.get(note);
    if (!meta) wrong.push(`a list of a note that is gone: ${note}`);
    else if (meta.revision !== revision) {
      wrong.push(`a list of revision ${revision} of ${note}, which is at ${meta.revision}`);
    }
    for (const hash of hashesIn(hashes)) named.add(hash);
    const spots = fromRow(value).passages.map(({ start, end }) => `${start}–${end}`);
    for (const [i, spot] of spots.entries()) {
      if (spots.indexOf(spot) < i) wrong.push(`a passage twice: ${note}, ${spot}`);
    }
    lists.push([note, [title, hex(hashes), hex(places), JSON.stringify(headings)].join(' | ')]);
  }
  for (const id of metas.keys()) {
    if (!lists.some(([note]) => note === id)) wrong.push(`not indexed: ${id}`);
  }

  const vectors: [string, string][] = [];
  const add = (of: GenerationId, hash: string, codes: Int8Array, scale: number): void => {
    if (!remembered.includes(of)) wrong.push(`a vector of a forgotten generation: ${hash}`);
    if (of !== gen) return;
    if (vectors.some(([other]) => other === hash)) wrong.push(`a vector twice: ${hash}`);
    vectors.push([hash, vectorText({ codes, scale })]);
  };
  for (const { value } of readStore<StoredVector>(disk, db, 'vectors')) {
    add(value.gen, value.hash, value.codes, value.scale);
  }
  const rows = new Map(
    readStore<SegmentVectors>(disk, db, 'segmentVectors').map(({ value }) => [
      `${value.gen} ${value.id}`,
      value,
    ]),
  );
  for (const { value: head } of readStore<SegmentHead>(disk, db, 'segments')) {
    const key = `${head.gen} ${head.id}`;
    const segment = rows.get(key);
    rows.delete(key);
    if (!segment) wrong.push(`a segment without its vectors: ${head.id}`);
    else {
      for (const [at, hash] of hashesIn(head.hashes).entries()) {
        const { codes, scale } = vectorIn(segment, at);
        add(head.gen, hash, codes, scale);
      }
    }
  }
  for (const key of rows.keys()) wrong.push(`vectors of a segment that is not listed: ${key}`);
  const have = new Set(vectors.map(([hash]) => hash));
  for (const hash of named) if (!have.has(hash)) wrong.push(`a vector is missing: ${hash}`);
  for (const hash of have) if (!named.has(hash)) wrong.push(`a vector that no list names: ${hash}`);
  const index = { gen, lists: sorted(lists), vectors: sorted(vectors), words: {}, titles: {} };
  return { index, wrong };
}

/** The words as a start loads them: from the snapshot that was kept, and from texts. */
async function loadWords(
  world: World,
  workspace: string,
  gen: GenerationId,
): Promise<Partial<Index>> {
  const reader = new Process('reader', undefined, world.disk);
  const clock = world.time.clockOf(reader);
  let snapshot: KeywordSnapshot | null = null;
  let failed: unknown;
  reader.enter(() => {
    const load = async (): Promise<void> => {
      const store = await openIndexStore(workspace);
      const resident = new Resident(store, gen, DIMENSIONS, () => {}, clock);
      await resident.load();
      const markOf = (id: string) => ({
        revision: resident.facts.get(id)?.revision ?? -1,
        names: 0,
      });
      snapshot = await resident.keyword.snapshot(markOf, clock.yieldToMessages);
    };
    load().catch((thrown) => {
      failed = thrown;
    });
  });
  await world.time.until(() => snapshot !== null || failed !== undefined, 60_000);
  reader.kill();
  if (!snapshot) throw failed ?? new Error('the words could not be loaded');
  return wordsOf(snapshot);
}

const lines = (joined: string): string[] => (joined === '' ? [] : joined.split('\n'));

function wordsOf(snapshot: KeywordSnapshot): Pick<Index, 'words' | 'titles'> {
  const ids = lines(snapshot.ids);
  const titles = lines(snapshot.titles);
  const reader = new NumberReader(snapshot.postings);
  const words: [string, string][] = lines(snapshot.terms).map((term) => {
    const rows: string[] = [];
    let at = 0;
    for (let left = reader.next(); left > 0; left--) {
      at += reader.next();
      const text = reader.next();
      const title = text & 1 ? reader.next() : 0;
      rows.push(`${ids[at]}: ${title} ${(text >>> 1) % TEXT_COUNTS}`);
    }
    return [term, rows.sort().join(', ')];
  });
  return {
    words: sorted(words),
    titles: sorted(
      ids.map((id, i) => [
        id,
        `${titles[i]} (${snapshot.titleLengths[i]}, ${snapshot.textLengths[i]} words)`,
      ]),
    ),
  };
}

async function indexOf(
  world: World,
  workspace: string,
): Promise<{ index: Index; wrong: string[] }> {
  const { index, wrong } = readIndex(world, workspace);
  return { index: { ...index, ...(await loadWords(world, workspace, index.gen)) }, wrong };
}

/** By what is in them: many faults end in the same notes. */
const built = new Map<string, Promise<Index>>();

/** The index that a fresh start makes of these notes, with that model. */
function fromScratch(notes: Note[], gen: GenerationId): Promise<Index> {
  const ordered = notes.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const key = JSON.stringify([gen, ordered]);
  let index = built.get(key);
  if (!index) {
    index = build(ordered, gen);
    built.set(key, index);
  }
  return index;
}

async function build(notes: Note[], gen: GenerationId): Promise<Index> {
  const world = new World();
  const tab = await world.open();
  await world.idle();
  const model = /^(.+?)@/.exec(gen)?.[1];
  if (model && model !== 'use-lite') {
    await tab.ask(() => tab.engine!.chooseModel(model));
    await world.idle();
  }
  await tab.ask(async () => {
    for (const note of notes) await tab.notes!.save({ ...note, baseRevision: 0 });
    tab.engine!.announce(notes.map(({ id }) => id));
  });
  if (!(await world.idle())) throw new Error('the index cannot be built from scratch');
  world.killAll();
  const { index, wrong } = await indexOf(world, 'default');
  if (wrong.length > 0) throw new Error(`built from scratch, it is wrong: ${wrong.join('; ')}`);
  return index;
}

/** The same without the passages of some notes. */
function without(index: Index, notes: readonly string[]): Index {
  if (notes.length === 0) return index;
  const lists = Object.entries(index.lists).filter(([note]) => !notes.includes(note));
  const named = lists.map(([, list]) => list.split(' | ')[1]).join(' ');
  const vectors = Object.entries(index.vectors).filter(([hash]) => named.includes(hash));
  return { ...index, lists: sorted(lists), vectors: sorted(vectors) };
}

function differences(name: string, is: Record<string, string>, want: Record<string, string>) {
  const found: string[] = [];
  for (const key of new Set([...Object.keys(is), ...Object.keys(want)])) {
    if (is[key] === want[key]) continue;
    if (want[key] === undefined) found.push(`${name} ${key} is too much: ${is[key]}`);
    else if (is[key] === undefined) found.push(`${name} ${key} is missing`);
    else found.push(`${name} ${key} is ${is[key]}, not ${want[key]}`);
  }
  return found.map((text) => text.slice(0, 200));
}

/**
 * Everything that is wrong with a workspace that has come to rest.
 * @param allowed by note: the texts that it may have; null: it may be gone. Notes that are not
 * named
 *   may not be there.
 * @param quarantined notes that the model fails on
 */
export async function findWrong(
  world: World,
  allowed: ReadonlyMap<string, readonly (Pick<Note, 'title' | 'text'> | null)[]>,
  workspace = 'default',
  quarantined: readonly string[] = [],
): Promise<string[]> {
  const notes = storedNotes(world, workspace);
  const { index, wrong: all } = await indexOf(world, workspace);
  const expected = quarantined.flatMap((id) => [`not indexed: ${id}`, `quarantined: ${id}`]);
  const wrong = [...all.filter((what) => !expected.includes(what)), ...world.disk.twice];
  for (const what of expected) if (!all.includes(what)) wrong.push(`it is not ${what}`);
  const names = new Set<string>();
  for (const { name: id, title, text } of notes) {
    const texts = allowed.get(id);
    if (names.size === names.add(id).size) wrong.push(`a note twice: ${id}`);
    if (!texts) wrong.push(`a note that nobody wrote: ${id}`);
    else if (!texts.some((one) => one?.title === title && one.text === text)) {
      wrong.push(`${id} has another text: ${JSON.stringify(text).slice(0, 80)}`);
    }
  }
  for (const [id, texts] of allowed) {
    if (!names.has(id) && !texts.includes(null)) {
      wrong.push(`a note is gone: ${id}`);
    }
  }
  const plain = notes.map(({ id, title, text, path }) => ({ id, title, text, path }));
  const want = without(await fromScratch(plain, index.gen), quarantined);
  return [
    ...wrong,
    ...differences('the list of', index.lists, want.lists),
    ...differences('the vector', index.vectors, want.vectors),
    ...differences('the word', index.words, want.words),
    ...differences('the title of', index.titles, want.titles),
  ];
}
