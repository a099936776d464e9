import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { random } from '../random.ts';
import { type Action, KINDS, type Kind, tooSeldom } from '../soak/actions.ts';
import { judgeCounters, judgeIndex, judgeNotes } from '../soak/judge.ts';
import {
  apply,
  importAll,
  type ModelWorkspace,
  newWorkspace,
  wordOf,
  write,
} from '../soak/model.ts';
import { makePlan } from '../soak/plan.ts';
import type { Snapshot } from '../soak/snapshot.ts';
import { editText, makeText, rareWord } from '../soak/texts.ts';

const bursts = (seed: number, count: number, canSqueeze = true): Action[] => {
  const plan = makePlan(seed, { canSqueeze });
  return Array.from({ length: count }, () => [...plan.burst()]).flat();
};

describe('the plan', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(bursts(7, 12)).toEqual(bursts(7, 12));
    expect(bursts(7, 12)).not.toEqual(bursts(8, 12));
  });

  test('does all kinds of things in a few bursts', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const done: Partial<Record<Kind, number>> = {};
        for (const { kind } of bursts(seed, 7)) done[kind] = (done[kind] ?? 0) + 1;
        expect(tooSeldom(done, 2, true)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('never squeezes where it cannot', () => {
    expect(bursts(3, 20, false).filter(({ kind }) => kind === 'squeeze')).toEqual([]);
  });

  test('only does what can be done, in tabs that are open', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const plan = makePlan(seed, { canSqueeze: true });
        const open = new Set(['tab1']);
        for (let i = 0; i < 12; i++) {
          for (const action of plan.burst()) {
            if (action.kind === 'open') open.add(action.tab);
            expect(open).toContain(action.tab);
            if (action.kind === 'close') open.delete(action.tab);
            expect(open.size).toBeGreaterThan(0);
          }
          for (const { workspace } of plan.world.tabs.values()) {
            expect(plan.world.workspaces.get(workspace)?.paused).toBe(false);
          }
        }
        for (const { notes } of plan.world.workspaces.values()) {
          const all = [...notes.values()];
          expect(new Set(all.map(({ word }) => word)).size).toBe(all.length);
          for (const { text, word } of all) expect(text.split(word).length).toBe(2);
          const paths = all.flatMap(({ path }) => (path ? [path] : []));
          expect(new Set(paths).size).toBe(paths.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe('texts', () => {
  test('an edit leaves the new rare word and not the old one', () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const next = random(seed);
        let word = rareWord(next);
        let text = makeText(next, word);
        for (let i = 0; i < 8; i++) {
          expect(wordOf(text)).toBe(word);
          const newWord = rareWord(next);
          const edited = editText(next, text, word, newWord);
          expect(edited).not.toContain(word);
          word = newWord;
          text = edited;
        }
      }),
    );
  });
});

const at = { tab: 'tab1', waitMs: 0 };

describe('the model', () => {
  const world = () => {
    const plan = makePlan(1, { canSqueeze: false });
    return { world: plan.world, ws: plan.world.workspaces.get('default')! };
  };
  const save = { ...at, kind: 'save', key: 'a', title: 'A', text: 'one' } as const;

  test('a note saved, edited, deleted and restored', () => {
    const { world: w, ws } = world();
    apply(w, save);
    apply(w, save);
    expect(ws.notes.get('a')?.revision).toBe(1);
    apply(w, { ...save, kind: 'edit', text: 'two' });
    apply(w, { ...at, kind: 'delete', key: 'a' });
    expect([ws.notes.size, ws.trash.size]).toEqual([0, 1]);
    apply(w, { ...at, kind: 'restore', key: 'a' });
    expect(ws.notes.get('a')).toMatchObject({ text: 'two', revision: 3 });
    apply(w, { ...save, kind: 'conflict', text: 'three' });
    expect(ws.versions).toEqual([{ key: 'a', title: 'A', text: 'two', why: 'edit-conflict' }]);
  });

  test('imports: created, unchanged, updated, kept, in conflict, and new after a deletion', () => {
    const ws = newWorkspace('w');
    expect(importAll(ws, { 'f/a.md': '# A\n\none' })).toBe(1);
    expect(importAll(ws, { 'f/a.md': '# A\n\none' })).toBe(0);
    expect(importAll(ws, { 'f/a.md': '# A\n\ntwo' })).toBe(1);
    write(ws, { key: 'f/a.md#0', title: 'A', text: 'mine' });
    expect(importAll(ws, { 'f/a.md': '# A\n\ntwo' })).toBe(0);
    expect(ws.versions).toEqual([]);
    expect(importAll(ws, { 'f/a.md': '# A\n\nthree' })).toBe(0);
    expect(importAll(ws, { 'f/a.md': '# A\n\nthree' })).toBe(0);
    expect(ws.versions.map(({ text }) => text)).toEqual(['# A\n\nthree']);
    expect(ws.notes.get('f/a.md#0')?.text).toBe('mine');
    ws.trash.set('f/a.md#0', ws.notes.get('f/a.md#0')!);
    ws.notes.delete('f/a.md#0');
    expect(importAll(ws, { 'f/a.md': '# A\n\nthree' })).toBe(1);
    expect([...ws.notes.keys()]).toEqual(['f/a.md#1']);
  });
});

/** What a sound database of this workspace would be read as. */
function sound(ws: ModelWorkspace): Snapshot {
  const notes = [...ws.notes.values()];
  const keys = notes.map(({ key }) => ['g', `hash-${key}`] as [string, string]);
  return {
    notes: notes.map(({ id, title, path, revision, text, importedRevision }) => ({
      ...{ id: id!, title, path, revision, size: text.length, importedRevision },
    })),
    bodies: notes.map(({ id, text }) => ({ id: id!, text })),
    trash: [...ws.trash.values()].map(({ id, title, text }) => ({
      id: id!,
      text,
      meta: { title },
    })),
    versions: ws.versions.map(({ key, ...rest }) => ({ note: key, ...rest })),
    pending: [],
    quarantined: [],
    lists: notes.map(({ key, id, revision, title, text }) => ({
      ...{ gen: 'g', note: id!, revision, title },
      passages: [{ hash: `hash-${key}`, start: 0, end: text.length }],
    })),
    vectors: keys,
    kv: { 'counter:accepted': 3, 'counter:embedded': 5 },
  };
}

describe('the judge', () => {
  const ws = newWorkspace('w');
  for (const key of ['a', 'b', 'c']) write(ws, { key, title: key, text: `text of ${key}` });
  ws.trash.set('d', { ...ws.notes.get('a')!, key: 'd', id: 'd' });
  ws.versions.push({ key: 'a', title: 'x', text: 'y', why: 'edit-conflict' });
  const verdict = (found: Snapshot) => [...judgeNotes(ws, found), ...judgeIndex(found)];

  test('has nothing to say of a sound database', () => {
    expect(verdict(sound(ws))).toEqual([]);
    expect(judgeCounters(sound(ws), { all: 3, unsure: 0 }, 5)).toEqual([]);
    expect(judgeCounters(sound(ws), { all: 5, unsure: 2 }, 4)).toEqual([]);
  });

  const spoilt: [what: string, spoil: (found: Snapshot) => void][] = [
    ['note lost', (f) => f.notes.pop()],
    ['text of a', (f) => Object.assign(f.bodies[0]!, { text: 'other' })],
    ['a is', (f) => Object.assign(f.notes[0]!, { revision: 9 })],
    ['notes that should not be', (f) => f.notes.push({ ...f.notes[0]!, id: 'z' })],
    ['texts without a note', (f) => f.bodies.push({ id: 'z', text: '' })],
    ['deleted note lost', (f) => f.trash.pop()],
    ['2 deleted notes', (f) => f.trash.push({ ...f.trash[0]!, id: 'z' })],
    ['0 versions kept', (f) => f.versions.pop()],
    ['pending', (f) => f.pending.push('a')],
    ['quarantined', (f) => f.quarantined.push({ note: 'a', reason: 'why' })],
    ['a rebuild is still to come', (f) => Object.assign(f.kv, { rebuild: true })],
    ['not indexed', (f) => f.lists.pop()],
    ['indexed at another revision', (f) => Object.assign(f.lists[0]!, { revision: 0 })],
    ['passage lists of notes that are gone', (f) => f.lists.push({ ...f.lists[0]!, note: 'd' })],
    ['without passages', (f) => Object.assign(f.lists[0]!, { passages: [] })],
    ['passages without a vector', (f) => f.vectors.splice(0, 1)],
    ['vectors that no passage names', (f) => f.vectors.push(['g', 'orphan'])],
    [
      'generations that nothing names',
      (f) => {
        f.kv.generations = { active: { gen: 'g', model: 'm' } };
        f.vectors.push(['old', 'x']);
      },
    ],
  ];
  for (const [what, spoil] of spoilt) {
    test(`sees “${what}”`, () => {
      const found = structuredClone(sound(ws));
      spoil(found);
      expect(verdict(found).join('\n')).toContain(what);
    });
  }

  test('judges the active generation and lets a kept one be', () => {
    const found = sound(ws);
    found.kv.generations = { active: { gen: 'g', model: 'm' }, kept: { gen: 'old', model: 'n' } };
    found.vectors = [...found.vectors, ['old', 'x']];
    found.lists.push({ ...found.lists[0]!, gen: 'old', note: 'gone' });
    expect(verdict(found)).toEqual([]);
  });

  test('sees counters that do not add up, and work that was forgotten', () => {
    expect(judgeCounters(sound(ws), { all: 4, unsure: 0 }, 0)).toHaveLength(1);
    expect(judgeCounters(sound(ws), { all: 2, unsure: 0 }, 0)).toHaveLength(1);
    expect(judgeCounters(sound(ws), { all: 6, unsure: 2 }, 0)).toHaveLength(1);
    expect(judgeCounters(sound(ws), { all: 3, unsure: 0 }, 6)).toHaveLength(1);
  });
});

test('a soak that did nothing of a kind says so', () => {
  const all = Object.fromEntries(KINDS.map((kind) => [kind, 3]));
  expect(tooSeldom(all, 2, true)).toEqual([]);
  expect(tooSeldom({ ...all, rebuild: 0 }, 2, true)).toHaveLength(1);
  expect(tooSeldom({ ...all, squeeze: 0 }, 2, true)).toHaveLength(1);
  expect(tooSeldom({ ...all, squeeze: 0 }, 2, false)).toEqual([]);
  expect(tooSeldom({}, 2, false).length).toBeGreaterThan(10);
});
