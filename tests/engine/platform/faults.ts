import { pauseOf } from '../../../src/clock.ts';
import { type Fault, type FaultPoint, type Faults, takeFault } from '../../../src/worker/faults.ts';
import { Process } from './process.ts';
import type { Time } from './time.ts';

export interface FaultList {
  list: Fault[];
  hits: { at: FaultPoint; act: Fault['act']; by: string }[];
}

/** Whose timers no one stops. */
const OUTSIDE = new Process('outside');

/** The fault port of a worker: what is on the list when it starts is injected. */
export function armed(world: { faults: FaultList; time: Time }, worker: Process): Faults {
  const own = world.faults.list.map((fault) => ({ ...fault }));
  const { hits } = world.faults;
  return (at, texts) => {
    const fault = takeFault(own, at, texts);
    if (!fault) return;
    hits.push({ at, act: fault.act, by: worker.name });
    return befall(fault, world.time, worker);
  };
}

function befall({ act, ms = 0 }: Fault, time: Time, worker: Process): void | Promise<void> {
  switch (act) {
    case 'throw':
      throw new Error('fault: thrown');
    case 'reject':
      return Promise.reject(new Error('fault: rejected'));
    case 'oom':
      throw new RangeError('fault: no memory');
    case 'hang':
      return new Promise(() => {});
    case 'die':
      worker.kill();
      return new Promise(() => {});
    case 'spin': {
      // Its thread is busy: neither messages nor timers nor answers reach it meanwhile.
      const waited = pauseOf(time.clockOf(worker), 0);
      worker.standStill();
      time.after(OUTSIDE, ms, () => worker.resume());
      return waited;
    }
  }
}
