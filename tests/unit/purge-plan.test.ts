import { describe, expect, it } from 'vitest';
import { planPurge, type Starts, TRASH_KEPT_MS } from '../../src/storage/notes/purge-plan.ts';

const DAY = 24 * 60 * 60_000;
const YEAR = 365 * DAY;
/** A day on which this is written; any will do. */
const T = Date.UTC(2026, 10, 1);

/** Starts at these times, one after the other; gives what each of them found due. */
function starts(trashed: { id: string; at: number }[], ...times: number[]): string[][] {
  let known: Starts | undefined;
  return times.map((now) => {
    const plan = planPurge(known, trashed, now);
    known = plan.starts;
    return plan.due.map(({ id }) => id);
  });
}

describe('what a start purges', () => {
  it('is what was deleted thirty days ago, and not a moment younger', () => {
    const trashed = [
      { id: 'old', at: T + DAY },
      { id: 'young', at: T + DAY + 1 },
    ];
    const at = T + DAY + TRASH_KEPT_MS;
    expect(starts(trashed, T, at - 1, at - 1)).toEqual([[], [], []]);
    expect(starts(trashed, T, at, at)).toEqual([[], [], ['old']]);
  });

  it('is nothing at the first start, and nothing sooner than thirty days after it', () => {
    const trashed = [{ id: 'of an earlier version', at: T - YEAR }];
    const at = T + 30 * DAY;
    expect(starts(trashed, T)).toEqual([[]]);
    expect(starts(trashed, T, T + DAY, at - 1, at - 1)).toEqual([[], [], [], []]);
    expect(starts(trashed, T, T + DAY, at, at)).toEqual([[], [], [], ['of an earlier version']]);
  });

  it('waits for a later start to agree when the clock has jumped forward', () => {
    const trashed = [{ id: 'a', at: T }];
    // Put right again: nothing is lost, then or later.
    expect(starts(trashed, T, T + YEAR, T + DAY, T + 2 * DAY)).toEqual([[], [], [], []]);
    // It was true: the app had not been opened for a year.
    expect(starts(trashed, T, T + YEAR, T + YEAR + 1)).toEqual([[], [], ['a']]);
  });

  it('is nothing after a jump back, and right again once the clock is', () => {
    const trashed = [{ id: 'a', at: T }];
    const late = T + 31 * DAY;
    expect(starts(trashed, T, late, T - YEAR, late, late)).toEqual([[], [], [], [], ['a']]);
    // Back and forward again: the start between them agrees with neither.
    expect(starts(trashed, T, 0, T + YEAR, T + DAY)).toEqual([[], [], [], []]);
    expect(starts(trashed, T, T + YEAR, 0, T + YEAR, T + 2 * DAY)).toEqual([[], [], [], [], []]);
  });

  it('begins its thirty days anew where the first start had a clock that was ahead', () => {
    const trashed = [{ id: 'a', at: T }];
    const times = [T + YEAR, T, T + DAY, T + 31 * DAY, T + 31 * DAY + 1];
    expect(starts(trashed, ...times)).toEqual([[], [], [], [], ['a']]);
    expect(starts(trashed, T + YEAR, T, T + DAY, T + 31 * DAY - 1, T + 31 * DAY - 1)[4]).toEqual(
      [],
    );
  });

  it('does not begin them earlier because one start had a clock that was behind', () => {
    const trashed = [{ id: 'a', at: T - 40 * DAY }];
    expect(starts(trashed, T, 0, T + DAY, T + 2 * DAY)).toEqual([[], [], [], []]);
  });

  it('is nothing that was deleted in the future', () => {
    expect(starts([{ id: 'a', at: T + YEAR }], T, T + 40 * DAY, T + 41 * DAY)[2]).toEqual([]);
  });

  it('keeps what another version remembers beside it', () => {
    const known = { since: T, last: T, more: 1 } as Starts;
    expect(planPurge(known, [], T + DAY).starts).toEqual({ since: T, last: T + DAY, more: 1 });
  });
});
