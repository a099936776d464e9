import { effect, type ReadonlySignal, signal } from '@preact/signals';
import type { Status } from '../../protocol.ts';
import { askOfflineReady } from './service-worker.ts';

/** True once the model has been up and everything used so far is kept for offline use. */
export function watchOfflineReady(status: ReadonlySignal<Status>): ReadonlySignal<boolean> {
  const ready = signal(false);
  const stop = effect(() => {
    if (status.value.state === 'loading') return;
    void askOfflineReady().then((answer) => {
      ready.value = answer;
      if (answer) stop();
    });
  });
  return ready;
}
