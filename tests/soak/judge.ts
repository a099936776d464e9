/** Holds what was read from a database against the model; says what is wrong. Pure. */
import type { ModelNote, ModelWorkspace } from './model.ts';
import type { Snapshot } from './snapshot.ts';

/** Enough to see what kind of thing is wrong. */
const NAMED = 4;

const list = (what: string, all: string[]): string[] =>
  all.length === 0
    ? []
    : [`${what}: ${all.slice(0, NAMED).join(', ')}${all.length > NAMED ? ` (${all.length})` : ''}`];

const cut = (text: string): string => JSON.stringify(text.length > 60 ? text.slice(0, 60) : text);

/** True at every moment: what was saved is there, and nothing else. */
export function judgeNotes(ws: ModelWorkspace, found: Snapshot): string[] {
  const wrong: string[] = [];
  const metas = new Map(found.notes.map((meta) => [meta.id, meta]));
  const bodies = new Map(found.bodies.map(({ id, text }) => [id, text]));
  const trash = new Map(found.trash.map((entry) => [entry.id, entry]));
  const expected = new Set([...ws.notes.values()].map(({ id }) => id));
  const name = ({ key, id }: ModelNote) => (id === key ? key : `${key} (${id})`);

  for (const note of ws.notes.values()) {
    const meta = metas.get(note.id ?? '');
    if (!meta) {
      wrong.push(`note lost: ${name(note)}`);
      continue;
    }
    const text = bodies.get(meta.id);
    if (text !== note.text) {
      wrong.push(`text of ${name(note)}: ${cut(text ?? '(none)')}, not ${cut(note.text)}`);
    }
    const has = [meta.title, meta.path, meta.revision, meta.size, meta.importedRevision];
    const should = [note.title, note.path, note.revision, note.text.length, note.importedRevision];
    if (has.join('|') !== should.join('|')) {
      wrong.push(`${name(note)} is ${has.join('|')}, not ${should.join('|')}`);
    }
  }
  wrong.push(
    ...list(
      'notes that should not be',
      found.notes.filter(({ id }) => !expected.has(id)).map(({ id, title }) => `${id} “${title}”`),
    ),
    ...list(
      'texts without a note',
      [...bodies.keys()].filter((id) => !metas.has(id)),
    ),
  );
  for (const note of ws.trash.values()) {
    const entry = trash.get(note.id ?? '');
    if (!entry) wrong.push(`deleted note lost: ${name(note)}`);
    else if (entry.text !== note.text || entry.meta.title !== note.title) {
      wrong.push(`deleted note ${name(note)} is ${cut(entry.text)}, not ${cut(note.text)}`);
    }
  }
  if (trash.size !== ws.trash.size) {
    wrong.push(`${trash.size} deleted notes, not ${ws.trash.size}`);
  }
  const idOf = (key: string) => (ws.notes.get(key) ?? ws.trash.get(key))?.id;
  const asText = (v: { title: string; text: string; why: string }, id: unknown) =>
    `${id}|${v.why}|${v.title}|${v.text}`;
  // What an edit after a pause keeps depends on the clock; what a conflict leaves does not.
  const ofConflicts = found.versions.filter(({ why }) => why !== 'edit');
  const kept = ofConflicts.map((version) => asText(version, version.note)).sort();
  const wanted = ws.versions.map((version) => asText(version, idOf(version.key))).sort();
  if (kept.join('\n') !== wanted.join('\n')) {
    wrong.push(`${kept.length} versions kept, not the ${wanted.length} that should be`);
  }
  return wrong;
}

interface Generations {
  active: { gen: string };
  building?: { gen: string };
  kept?: { gen: string };
}

/** The generation that search uses; without a word on it, the only one there is. */
export function activeGeneration(found: Snapshot): { gen: string | null; known: Set<string> } {
  const named = found.kv.generations as Generations | undefined;
  if (named) {
    const { active, building, kept } = named;
    const known = [active, building, kept].flatMap((one) => (one ? [one.gen] : []));
    return { gen: active.gen, known: new Set(known) };
  }
  const all = new Set([...found.lists.map(({ gen }) => gen), ...found.vectors.map(([gen]) => gen)]);
  const [only] = all;
  return { gen: only ?? null, known: new Set(only === undefined ? [] : [only]) };
}

/** True once all is quiet: each note indexed exactly once as it now is, and nothing left over. */
export function judgeIndex(found: Snapshot): string[] {
  const { gen, known } = activeGeneration(found);
  const metas = new Map(found.notes.map((meta) => [meta.id, meta]));
  const lists = found.lists.filter((one) => one.gen === gen);
  const listed = new Map(lists.map((one) => [one.note, one]));
  const named = new Set(lists.flatMap(({ passages }) => passages.map(({ hash }) => hash)));
  const ofGen = (keys: [string, string][]) =>
    new Set(keys.filter(([one]) => one === gen).map(([, hash]) => hash));
  const vectors = ofGen(found.vectors);
  const bodies = new Map(found.bodies.map(({ id, text }) => [id, text]));
  const strange = [...found.lists, ...found.vectors.map(([one]) => ({ gen: one }))]
    .map((one) => one.gen)
    .filter((one) => !known.has(one));
  const missing = (from: Set<string>, wanted: Set<string>) =>
    [...wanted].filter((hash) => !from.has(hash));

  return [
    ...list('pending', found.pending),
    ...list(
      'quarantined',
      found.quarantined.map(({ note, reason }) => `${note} (${reason})`),
    ),
    ...(found.kv.rebuild ? ['a rebuild is still to come'] : []),
    ...list('generations that nothing names', [...new Set(strange)]),
    ...list(
      'not indexed',
      found.notes.filter(({ id }) => !listed.has(id)).map(({ id }) => id),
    ),
    ...list(
      'indexed at another revision or title',
      lists
        .filter(({ note, revision, title }) => {
          const meta = metas.get(note);
          return meta && (meta.revision !== revision || meta.title !== title);
        })
        .map(({ note, revision }) => `${note} at ${revision}, is ${metas.get(note)?.revision}`),
    ),
    ...list(
      'passage lists of notes that are gone',
      lists.filter(({ note }) => !metas.has(note)).map(({ note }) => note),
    ),
    ...list(
      'without passages, or with passages outside the text',
      lists
        .filter(({ note, passages }) => {
          const text = bodies.get(note) ?? '';
          const outside = passages.some(({ start, end }) => start >= end || end > text.length);
          return metas.has(note) && text.trim() !== '' && (passages.length === 0 || outside);
        })
        .map(({ note }) => note),
    ),
    ...list('passages without a vector', missing(vectors, named)),
    ...list('vectors that no passage names', missing(named, vectors)),
  ];
}

/** Passages that a worker's memory should hold. */
export function passagesIn(found: Snapshot): number {
  const { gen } = activeGeneration(found);
  return found.lists
    .filter((one) => one.gen === gen)
    .reduce((sum, { passages }) => sum + passages.length, 0);
}

const counter = (found: Snapshot, name: string): number =>
  (found.kv[`counter:${name}`] as number | undefined) ?? 0;

export interface CallsMade {
  /** Calls to `tryEnqueue`. */
  all: number;
  /** Of those, made so shortly before their page's end that their count may not be written. */
  unsure: number;
}

/** Counters against what was really done; `embeddedBefore` at an earlier moment. */
export function judgeCounters(found: Snapshot, calls: CallsMade, embeddedBefore: number): string[] {
  const counted = ['accepted', 'merged', 'dropped'].reduce(
    (n, name) => n + counter(found, name),
    0,
  );
  const { all, unsure } = calls;
  const embedded = counter(found, 'embedded');
  const wrong: string[] = [];
  if (counted > all || counted < all - unsure) {
    const doubt = unsure > 0 ? ` (less at most ${unsure})` : '';
    wrong.push(`accepted + merged + dropped is ${counted}; calls made: ${all}${doubt}`);
  }
  if (embedded < embeddedBefore) wrong.push(`embedded fell from ${embeddedBefore} to ${embedded}`);
  return wrong;
}

export const embeddedOf = (found: Snapshot): number => counter(found, 'embedded');
