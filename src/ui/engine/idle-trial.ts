import { effect } from '@preact/signals';
import type { Engine } from '../core/engine-types.ts';
import type { PageRealm } from './page.ts';

/** Idle time before devices are compared, ms: far from the first paint. */
const QUIET_MS = 30_000;

/**
 * Has WebGPU compared with WebAssembly once there is nothing else to do, where the person left the
 * choice to the app. Once a page: what came of it is remembered. @returns how to leave it
 */
export function tryDevicesWhenIdle(engine: Engine, { page, clock }: PageRealm): () => void {
  let callOff = (): void => {};
  let running: AbortController | null = null;
  let done = !('gpu' in page.navigator);
  const stop = effect(() => {
    const idle = engine.status.value.state === 'idle';
    callOff();
    if (!idle) running?.abort();
    else if (!done) callOff = clock.after(QUIET_MS, () => void tryNow());
  });

  async function tryNow(): Promise<void> {
    if (running) return;
    running = new AbortController();
    try {
      const { tryIfDue } = await import('./try-if-due.ts');
      done = await tryIfDue(engine, page, running.signal);
    } catch (thrown) {
      console.warn('WebGPU could not be compared', thrown);
    } finally {
      running = null;
    }
  }

  return () => {
    stop();
    callOff();
    running?.abort();
  };
}
