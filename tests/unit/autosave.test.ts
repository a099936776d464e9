import { beforeEach, describe, expect, it } from 'vitest';
import { FindlingError } from '../../src/errors.ts';
import type { Unsaved } from '../../src/ui/core/journal-types.ts';
import {
  Autosave,
  BACKOFF_MS,
  type Draft,
  SAVE_AFTER_MS,
  SAVE_AT_MOST_MS,
  type Saved,
  type SaveState,
} from '../../src/ui/editor/autosave.ts';

interface Call {
  draft: Draft;
  base: number;
  succeed(saved?: Partial<Saved>): Promise<void>;
  fail(error: Error): Promise<void>;
}

const settled = () => new Promise<void>((resolve) => setTimeout(resolve));
const full = () => new DOMException('full', 'QuotaExceededError');

let now = 0;
let timers: { at: number; run: () => void }[] = [];
let calls: Call[] = [];
let states: SaveState['kind'][] = [];
let saves: Saved[] = [];
/** What stands in the journal; null for nothing. */
let journal: Unsaved | null = null;
let fits = true;
let keys = 0;

const deps = {
  save: (draft: Draft, base: number) =>
    new Promise<Saved>((resolve, reject) => {
      calls.push({
        draft,
        base,
        succeed: (saved = {}) => {
          resolve({ revision: base + 1, changed: true, conflict: false, ...saved });
          return settled();
        },
        fail: (error) => {
          reject(error);
          return settled();
        },
      });
    }),
  schedule: (run: () => void, ms: number) => {
    const timer = { at: now + ms, run };
    timers.push(timer);
    return () => {
      timers = timers.filter((one) => one !== timer);
    };
  },
  now: () => now,
  journal: {
    next: () => ++keys,
    write(unsaved: Unsaved) {
      if (fits) journal = unsaved;
      return fits;
    },
    clear() {
      journal = null;
    },
  },
  onState: (state: SaveState) => states.push(state.kind),
  onSaved: (saved: Saved) => saves.push(saved),
};

function pass(ms: number) {
  now += ms;
  const due = timers.filter(({ at }) => at <= now);
  timers = timers.filter(({ at }) => at > now);
  for (const { run } of due) run();
}

const stored = { title: 'A', text: 'one' };
const last = () => states.at(-1);

beforeEach(() => {
  now = 0;
  timers = [];
  calls = [];
  states = [];
  saves = [];
  journal = null;
  fits = true;
  keys = 0;
});

describe('Autosave', () => {
  it('saves once, after the last key', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS - 1);
    autosave.edit({ title: 'A', text: 'one tw' });
    pass(SAVE_AFTER_MS - 1);
    expect(calls).toHaveLength(0);
    expect(last()).toBe('saving');
    pass(1);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ draft: { text: 'one tw' }, base: 3 });
    await calls[0]!.succeed();
    expect(last()).toBe('saved');
    expect(autosave.dirty).toBe(false);
    expect(autosave.revision).toBe(4);
  });

  it('says saved only when the save resolved', () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    pass(SAVE_AFTER_MS);
    expect(states).not.toContain('saved');
    expect(autosave.dirty).toBe(true);
  });

  it('does not store a new note before there is something in it', () => {
    const autosave = new Autosave(deps, { title: '', text: '' }, 0);
    autosave.edit({ title: '', text: ' \n\t' });
    pass(SAVE_AFTER_MS * 10);
    expect(calls).toHaveLength(0);
    expect(autosave.dirty).toBe(false);
    expect(last()).toBe('empty');
    autosave.edit({ title: '', text: ' \n\tx' });
    pass(SAVE_AFTER_MS);
    expect(calls[0]).toMatchObject({ base: 0, draft: { text: ' \n\tx' } });
  });

  it('stores that a note was emptied', () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: '', text: '' });
    pass(SAVE_AFTER_MS);
    expect(calls).toHaveLength(1);
  });

  it('has one save under way at a time, each on the revision of the one before', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: '2' });
    pass(SAVE_AFTER_MS);
    autosave.edit({ title: 'A', text: '3' });
    pass(SAVE_AFTER_MS);
    autosave.edit({ title: 'A', text: '4' });
    pass(SAVE_AFTER_MS);
    expect(calls).toHaveLength(1);
    await calls[0]!.succeed({ revision: 7 });
    expect(calls).toHaveLength(2);
    expect(calls[1]).toMatchObject({ draft: { text: '4' }, base: 7 });
    expect(last()).toBe('saving');
    await calls[1]!.succeed();
    expect(last()).toBe('saved');
  });

  it('does not save what was typed and taken back', () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'onex' });
    autosave.edit({ title: 'A', text: 'one' });
    pass(SAVE_AFTER_MS * 2);
    expect(calls).toHaveLength(0);
    expect(last()).toBe('saved');
  });

  it('saves again what was taken back while the save was under way', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'onex' });
    pass(SAVE_AFTER_MS);
    autosave.edit(stored);
    await calls[0]!.succeed();
    expect(calls[1]).toMatchObject({ draft: stored, base: 2 });
    await calls[1]!.succeed();
    expect(autosave.dirty).toBe(false);
  });

  it('flushes at once, and settles when all is durable', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    let flushed = false;
    const flushing = autosave.flush().then(() => {
      flushed = true;
    });
    expect(calls).toHaveLength(1);
    autosave.edit({ title: 'A', text: 'three' });
    await calls[0]!.succeed();
    pass(SAVE_AFTER_MS);
    await settled();
    expect(flushed).toBe(false);
    expect(calls[1]).toMatchObject({ draft: { text: 'three' }, base: 2 });
    await calls[1]!.succeed();
    await flushing;
    expect(autosave.dirty).toBe(false);
    expect(timers).toHaveLength(0);
  });

  it('keeps the text when storage is full, and tries again with exponential backoff', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    pass(SAVE_AFTER_MS);
    for (const [i, pause] of [...BACKOFF_MS, BACKOFF_MS.at(-1)!].entries()) {
      await calls[i]!.fail(full());
      expect(autosave.state).toMatchObject({ kind: 'failed', error: { code: 'storage-full' } });
      expect(autosave.draft.text).toBe('two');
      pass(pause - 1);
      expect(calls).toHaveLength(i + 1);
      pass(1);
      expect(calls).toHaveLength(i + 2);
    }
    // Typing meanwhile neither hurries it nor hides that nothing is saved.
    autosave.edit({ title: 'A', text: 'three' });
    expect(last()).toBe('failed');
    await calls.at(-1)!.succeed();
    await calls.at(-1)!.succeed();
    expect(calls.at(-1)).toMatchObject({ draft: { text: 'three' }, base: 2 });
    expect(last()).toBe('saved');
  });

  it('gives up a flush at the first failure, and keeps trying', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    const flushing = autosave.flush();
    await calls[0]!.fail(full());
    await flushing;
    expect(autosave.dirty).toBe(true);
    expect(timers).toHaveLength(1);
  });

  it('reports a conflict, and takes over what another tab stored', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    pass(SAVE_AFTER_MS);
    await calls[0]!.succeed({ revision: 5, conflict: true });
    expect(saves).toEqual([{ revision: 5, changed: true, conflict: true }]);
    autosave.rebase({ title: 'B', text: 'theirs' }, 6);
    expect(autosave.draft.text).toBe('theirs');
    autosave.edit({ title: 'B', text: 'mine' });
    pass(SAVE_AFTER_MS);
    expect(calls[1]!.base).toBe(6);
  });

  it('saves what was typed meanwhile on top of a restored note', () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    autosave.back({ ...stored, revision: 3 });
    pass(0);
    expect(calls[0]).toMatchObject({ draft: { text: 'two' }, base: 3 });
  });

  it('leaves nothing behind when given up', () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    autosave.giveUp();
    expect(timers).toHaveLength(0);
  });
});

describe('Autosave of somebody who does not pause', () => {
  it('saves every half second while keys follow without a pause', async () => {
    const autosave = new Autosave(deps, stored, 1);
    let text = 'one';
    for (let ms = 0; ms < 20_000; ms += 100) {
      text += 'x';
      autosave.edit({ title: 'A', text });
      expect(last()).toBe('saving');
      pass(100);
      if (calls.at(-1) && autosave.dirty) await calls.at(-1)!.succeed();
    }
    // One save in five keys, give or take the one that the timer's grain costs.
    expect(calls.length).toBeGreaterThanOrEqual(20_000 / (SAVE_AT_MOST_MS + 100));
    for (const [i, { draft }] of calls.slice(1).entries()) {
      const typed = draft.text.length - calls[i]!.draft.text.length;
      expect(typed * 100).toBeLessThanOrEqual(SAVE_AT_MOST_MS + 100);
    }
  });

  it('counts the half second from the first key that no save has', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'a' });
    pass(SAVE_AFTER_MS);
    expect(calls).toHaveLength(1);
    autosave.edit({ title: 'A', text: 'ab' });
    await calls[0]!.succeed();
    for (let i = 0; i < 4; i++) {
      pass(120);
      autosave.edit({ title: 'A', text: `ab${i}` });
    }
    expect(calls).toHaveLength(1);
    pass(SAVE_AT_MOST_MS - 480);
    expect(calls).toHaveLength(2);
  });
});

describe('Autosave and its journal', () => {
  it('writes what is typed in the same task, and removes it when that is durable', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    expect(journal).toMatchObject({
      seq: 1,
      text: 'one t',
      bases: [{ revision: 3, title: 'A', text: 'one' }],
    });
    pass(SAVE_AFTER_MS);
    // While it is being saved, the stored text may be either.
    expect(journal?.bases).toMatchObject([
      { revision: 3, text: 'one' },
      { revision: 4, text: 'one t' },
    ]);
    await calls[0]!.succeed();
    expect(journal).toBeNull();
  });

  it('keeps what was typed during a save, on what that save stored', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS);
    autosave.edit({ title: 'A', text: 'one tw' });
    expect(journal).toMatchObject({ seq: 2, text: 'one tw' });
    await calls[0]!.succeed();
    expect(journal).toMatchObject({ text: 'one tw', bases: [{ revision: 4, text: 'one t' }] });
    // Typed back to what was there before the save began: not durable either.
    pass(SAVE_AFTER_MS);
    autosave.edit({ title: 'A', text: 'one t' });
    expect(journal).toMatchObject({ text: 'one t' });
    expect(autosave.dirty).toBe(true);
  });

  it('removes it when the text is as it was', () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    autosave.edit(stored);
    expect(journal).toBeNull();
    expect(last()).toBe('saved');
  });

  it('keeps it while saving fails', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS);
    await calls[0]!.fail(full());
    expect(journal).toMatchObject({ text: 'one t', bases: [{ revision: 3 }] });
  });

  it('says that something is at risk where it does not fit', async () => {
    const autosave = new Autosave(deps, stored, 3);
    fits = false;
    autosave.edit({ title: 'A', text: 'much' });
    expect(autosave.atRisk).toBe(true);
    pass(SAVE_AFTER_MS);
    await calls[0]!.succeed();
    expect(autosave.atRisk).toBe(false);
  });

  it('has a change of a long text at once, and the text itself when it is saved', async () => {
    const autosave = new Autosave(deps, stored, 3);
    const change = { from: 3, to: 3, insert: '!' };
    const pull = () => autosave.edit({ title: 'A', text: 'one!' });
    autosave.touch(change, pull);
    expect(last()).toBe('saving');
    expect(autosave.dirty).toBe(true);
    expect(journal).toMatchObject({ text: 'one', change });
    pass(SAVE_AFTER_MS);
    expect(calls[0]!.draft.text).toBe('one!');
    await calls[0]!.succeed();
    expect(last()).toBe('saved');
    // Whoever asks for the text has the last key of it, too.
    autosave.touch({ from: 4, to: 4, insert: '?' }, () =>
      autosave.edit({ title: 'A', text: 'one!?' }),
    );
    expect(autosave.draft.text).toBe('one!?');
  });
});

describe('Autosave of a note that was deleted elsewhere', () => {
  const gone = () => new FindlingError('note-deleted');

  it('waits for the person, and keeps what is typed in the journal', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS);
    await calls[0]!.fail(gone());
    expect(last()).toBe('deleted');
    autosave.edit({ title: 'A', text: 'one two' });
    pass(60_000);
    await autosave.flush();
    expect(calls).toHaveLength(1);
    expect(last()).toBe('deleted');
    expect(autosave.dirty).toBe(true);
    expect(journal).toMatchObject({ text: 'one two' });
  });

  it('saves on top of the note once it is back', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS);
    await calls[0]!.fail(gone());
    autosave.back({ ...stored, revision: 4 });
    pass(0);
    expect(calls[1]).toMatchObject({ base: 4, draft: { text: 'one t' } });
    await calls[1]!.succeed();
    expect(last()).toBe('saved');
    expect(journal).toBeNull();
  });

  it('saves it anew where nothing of it is left', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS);
    await calls[0]!.fail(gone());
    autosave.back(null);
    pass(0);
    expect(calls[1]).toMatchObject({ base: 0, draft: { text: 'one t' } });
  });

  it('meets what was changed there meanwhile as another text', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS);
    await calls[0]!.fail(gone());
    autosave.back({ title: 'A', text: 'three', revision: 5 });
    pass(0);
    // The base stays what the text grew from: storage keeps the other one as a version.
    expect(calls[1]!.base).toBe(3);
  });

  it('forgets it when the person gives it up', async () => {
    const autosave = new Autosave(deps, stored, 3);
    autosave.edit({ title: 'A', text: 'one t' });
    pass(SAVE_AFTER_MS);
    await calls[0]!.fail(gone());
    autosave.giveUp();
    expect(journal).toBeNull();
    expect(autosave.dirty).toBe(false);
  });
});
