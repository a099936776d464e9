import { expect, it } from 'vitest';
import { Inbox, type InboxDeps } from '../../src/worker/inbox.ts';

it('a commit heard of while the number of the last one is read is not forgotten', async () => {
  let loads = 0;
  const followed: string[][] = [];
  const inbox = new Inbox({
    loading: { run: async () => void loads++, follow: () => {} },
    resident: { committed: async (ids: string[]) => void followed.push(ids) },
  } as unknown as InboxDeps);
  let answer = (_seq: number): void => {};
  const started = inbox.startAfter(
    new Promise((resolve) => {
      answer = resolve;
    }),
  );
  inbox.heard({ t: 'commit', epoch: 1, seq: 5, ids: ['a'] });
  expect(loads).toBe(1);
  answer(4);
  await started;
  // It is the next one: its notes are read, and not the whole index once more.
  inbox.heard({ t: 'commit', epoch: 1, seq: 6, ids: ['b'] });
  expect(loads).toBe(1);
  expect(followed).toEqual([['b']]);
});
