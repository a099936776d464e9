import { describe, expect, test } from 'vitest';
import { deviceFor, planDevice, readTrial, writeChoice } from '../../src/worker/model/device.ts';
import { DEFAULT_MODEL } from '../../src/worker/model/models.ts';
import { agreement } from '../../src/worker/trial/vectors.ts';

const found = (webgpu: number, agreed = 1) => ({
  where: 'here',
  begun: 1,
  found: { agreement: agreed, ms: { webgpu, wasm: 10 } },
});
const facts = { choice: 'auto', gpuLost: false, where: 'here', trial: undefined } as const;

describe('which device runs the model', () => {
  test('without a trial, WebAssembly; a trial is due where there is an adapter', () => {
    expect(planDevice(facts)).toEqual({ device: 'wasm', reason: 'untried', due: true });
    expect(planDevice({ ...facts, where: null })).toEqual({
      device: 'wasm',
      reason: 'no-adapter',
      due: false,
    });
  });

  test('another browser or adapter than that of the trial makes it due anew', () => {
    const plan = planDevice({ ...facts, where: 'there', trial: found(1) });
    expect(plan).toEqual({ device: 'wasm', reason: 'untried', due: true });
  });

  test('automatic takes the faster one that agrees', () => {
    expect(planDevice({ ...facts, trial: found(5) })).toMatchObject({ device: 'webgpu' });
    expect(planDevice({ ...facts, trial: found(9.5) })).toMatchObject({ reason: 'slower' });
    expect(planDevice({ ...facts, trial: found(1, 0.989) })).toEqual({
      device: 'wasm',
      reason: 'differs',
      due: false,
    });
  });

  test('what was chosen is used, but for vectors that differ', () => {
    const chosen = { ...facts, choice: 'webgpu' } as const;
    expect(planDevice({ ...chosen, trial: found(99) })).toMatchObject({
      device: 'webgpu',
      reason: 'chosen',
    });
    expect(planDevice({ ...chosen, trial: found(1, 0.5) }).device).toBe('wasm');
    expect(planDevice({ ...facts, choice: 'wasm', trial: found(1) })).toEqual({
      device: 'wasm',
      reason: 'chosen',
      due: false,
    });
  });

  test('a lost processor is left alone, and a trial that never ends is not begun for ever', () => {
    expect(planDevice({ ...facts, trial: found(1), gpuLost: true }).reason).toBe('lost');
    const cutOff = { where: 'here', begun: 2, found: null };
    expect(planDevice({ ...facts, trial: cutOff }).due).toBe(true);
    expect(planDevice({ ...facts, trial: { ...cutOff, begun: 5 } })).toEqual({
      device: 'wasm',
      reason: 'failed',
      due: false,
    });
  });

  test('WebGPU asked for by name forgets a failed trial, and keeps a good one', async () => {
    const kv = new Map<string, unknown>();
    const store = {
      get: async <T>(key: string) => kv.get(key) as T | undefined,
      set: async (key: string, value: unknown) => void kv.set(key, value),
    };
    kv.set('device-trial:use-lite@1', { where: 'here', begun: 1, found: { failed: true } });
    await writeChoice(store, 'webgpu', DEFAULT_MODEL);
    expect(await readTrial(store, DEFAULT_MODEL)).toBeUndefined();
    kv.set('device-trial:use-lite@1', found(1));
    await writeChoice(store, 'webgpu', DEFAULT_MODEL);
    expect(await readTrial(store, DEFAULT_MODEL)).toEqual(found(1));
    expect(await deviceFor(store, DEFAULT_MODEL, true)).toBe('wasm');
  });
});

test('agreement is the least cosine of all rows', () => {
  const a = [Float32Array.of(1, 0), Float32Array.of(0, 2)];
  expect(agreement(a, [Float32Array.of(2, 0), Float32Array.of(1, 1)])).toBeCloseTo(Math.SQRT1_2);
  expect(agreement(a, a.slice(1))).toBe(0);
  expect(agreement(a, [Float32Array.of(0, 0), Float32Array.of(0, 1)])).toBe(0);
});
