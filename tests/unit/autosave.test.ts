import { beforeEach, describe, expect, it } from 'vitest';
import {
  Autosave,
  type Draft,
  RETRY_MS,
  SAVE_AFTER_MS,
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

  it('keeps the text when storage is full, and tries again with growing pauses', async () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    pass(SAVE_AFTER_MS);
    for (const [i, pause] of [...RETRY_MS, RETRY_MS.at(-1)!].entries()) {
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
    autosave.restored(3);
    pass(0);
    expect(calls[0]).toMatchObject({ draft: { text: 'two' }, base: 3 });
  });

  it('leaves nothing behind when disposed', () => {
    const autosave = new Autosave(deps, stored, 1);
    autosave.edit({ title: 'A', text: 'two' });
    autosave.dispose();
    expect(timers).toHaveLength(0);
  });
});
