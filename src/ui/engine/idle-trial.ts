import { effect } from '@preact/signals';
import type { Engine } from './types.ts';

/** Nothing was left to index for so long, ms: far from the first paint. */
const QUIET_MS = 30_000;

/**
 * Has WebGPU held against WebAssembly once there is nothing else to do, where the person left the
 * choice to the app. Once a page: what came of it is remembered. @returns how to leave it
 */
export function tryDevicesWhenIdle(engine: Engine): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | null = null;
  let done = !('gpu' in navigator);
  const stop = effect(() => {
    const idle = engine.status.value.state === 'idle';
    clearTimeout(timer);
    if (!idle) running?.abort();
    else if (!done) timer = setTimeout(() => void tryNow(), QUIET_MS);
  });

  async function tryNow(): Promise<void> {
    if (done || running || document.visibilityState !== 'visible' || sparing()) return;
    const controller = new AbortController();
    running = controller;
    try {
      const { leader, passages } = await engine.health();
      if (!leader || passages === 0) return;
      const { choice, due } = await engine.device();
      if (choice === 'auto' && due && !controller.signal.aborted) {
        await engine.tryDevices({ signal: controller.signal });
      }
      done = true;
    } catch (thrown) {
      console.warn('WebGPU could not be compared', thrown);
    } finally {
      running = null;
    }
  }

  return () => {
    stop();
    clearTimeout(timer);
    running?.abort();
  };
}

/** It may cost a download of the larger runtime. */
const sparing = (): boolean =>
  (navigator as { connection?: { saveData?: boolean } }).connection?.saveData ?? false;
