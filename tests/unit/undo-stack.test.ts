import { describe, expect, it } from 'vitest';
import type { AppContext } from '../../src/ui/core/context.ts';
import { offerUndo, undoable, undoLast } from '../../src/ui/core/undo-stack.ts';

const inWorkspace = (id: string) => ({ workspace: { id } }) as unknown as AppContext;

describe('what Ctrl+Z outside of a text takes back', () => {
  it('is the last thing of this workspace that can be', async () => {
    const here = inWorkspace('here');
    const undone: string[] = [];
    const step =
      (name: string, works = true) =>
      async () => {
        if (works) undone.push(name);
        return works;
      };
    offerUndo(here, 'Deleted', step('first'), true);
    offerUndo(inWorkspace('there'), 'Deleted', step('elsewhere'), true);
    offerUndo(here, 'Deleted', step('void by now', false), true);
    const end = undoable(here, step('ended'));
    undoable(here, step('second'));
    end();
    await undoLast(here);
    expect(undone).toEqual(['second']);
    await undoLast(here);
    expect(undone).toEqual(['second', 'first']);
    await undoLast(here);
    await undoLast(here);
    expect(undone).toEqual(['second', 'first']);
    await undoLast(inWorkspace('there'));
    expect(undone).toEqual(['second', 'first', 'elsewhere']);
  });

  it('is tried again where it failed', async () => {
    const ctx = inWorkspace('failing');
    let tries = 0;
    undoable(ctx, async () => {
      if (++tries === 1) throw new Error('storage is busy');
      return true;
    });
    await undoLast(ctx);
    await undoLast(ctx);
    await undoLast(ctx);
    expect(tries).toBe(2);
  });

  it('ends with its notice, unless it lasts', async () => {
    const ctx = inWorkspace('notices');
    const undone: string[] = [];
    const name = (text: string) => async () => undone.push(text) > 0;
    offerUndo(ctx, 'lasts', name('lasts'), true);
    // Seven are one too many: the notices of the first two go.
    for (let i = 0; i < 7; i++) offerUndo(ctx, `${i}`, name(`${i}`));
    for (let i = 0; i < 9; i++) await undoLast(ctx);
    expect(undone).toEqual(['6', '5', '4', '3', '2', '1', 'lasts']);
  });
});
