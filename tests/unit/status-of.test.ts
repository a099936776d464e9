import { expect, it } from 'vitest';
import { isChannelMessage } from '../../src/messages.ts';
import { type StatusFacts, statusOf } from '../../src/worker/status/status-of.ts';

const working: StatusFacts = {
  modelError: null,
  loadingPercent: null,
  pending: 3,
  completed: 2,
  storageFull: false,
  paused: false,
  heldBack: false,
  etaMs: 900,
};

it('tells the most pressing reason first', () => {
  expect(statusOf(working)).toEqual({ state: 'indexing', completed: 2, total: 5, etaMs: 900 });
  expect(statusOf({ ...working, heldBack: true })).toMatchObject({ code: 'busy' });
  expect(statusOf({ ...working, heldBack: true, paused: true })).toMatchObject({ code: 'user' });
  expect(statusOf({ ...working, paused: true, storageFull: true })).toMatchObject({
    code: 'storage',
  });
  expect(statusOf({ ...working, storageFull: true, loadingPercent: 40 })).toEqual({
    state: 'loading',
    percent: 40,
  });
  expect(statusOf({ ...working, loadingPercent: 40, modelError: 'model-missing' })).toEqual({
    state: 'paused',
    code: 'model',
    error: 'model-missing',
  });
});

it('is idle when nothing is pending, also while paused', () => {
  expect(statusOf({ ...working, pending: 0, paused: true })).toEqual({ state: 'idle' });
});

it('is understood by the other tabs, whatever it is', () => {
  const facts: StatusFacts[] = [
    working,
    { ...working, pending: 0 },
    { ...working, loadingPercent: 4 },
    { ...working, modelError: 'model-missing' },
    { ...working, modelError: 'unknown' },
    { ...working, storageFull: true },
    { ...working, paused: true },
    { ...working, heldBack: true },
  ];
  for (const one of facts) {
    const status = statusOf(one);
    expect(isChannelMessage({ t: 'status', epoch: 1, status, longestMs: 3 }), status.state).toBe(
      true,
    );
  }
});
