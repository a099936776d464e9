/**
 * How long the browser's threads stood ready and got no core, because something else on the
 * machine had it. Ratios are given by the clock, and again without this time.
 */
import { readdirSync, readFileSync } from 'node:fs';

const text = (path) => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
};
const list = (path) => {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
};

/** This process's descendants. */
function family() {
  const parents = new Map();
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = /^PPid:\s*(\d+)/m.exec(text(`/proc/${pid}/status`))?.[1];
    if (parent) parents.set(pid, parent);
  }
  const isOurs = (pid) => {
    for (let at = pid; at; at = parents.get(at)) if (at === String(process.pid)) return true;
    return false;
  };
  return [...parents.keys()].filter(isOurs);
}

/** The most memory that a page and its worker have had together, bytes; 0 where unknown. */
export function peakMemory() {
  let most = 0;
  for (const pid of family()) {
    if (!text(`/proc/${pid}/cmdline`).includes('--type=renderer')) continue;
    const peak = /^VmHWM:\s*(\d+) kB/m.exec(text(`/proc/${pid}/status`))?.[1];
    most = Math.max(most, Number(peak ?? 0) * 1024);
  }
  return most;
}

/** [ran, waited] so far, ms, of each thread of that kind in our browser; none where unknown. */
function times(thread) {
  const all = new Map();
  for (const pid of family()) {
    if (!text(`/proc/${pid}/cmdline`).includes('--type=renderer')) continue;
    for (const task of list(`/proc/${pid}/task`)) {
      const name = text(`/proc/${pid}/task/${task}/comm`).trim();
      if (thread === 'main' ? task !== pid : !name.startsWith('DedicatedWorker')) continue;
      const [ran = 0, waited = 0] = text(`/proc/${pid}/task/${task}/schedstat`).split(' ');
      all.set(task, [Number(ran) / 1e6, Number(waited) / 1e6]);
    }
  }
  return all;
}

/**
 * @param {'worker' | 'main'} thread of the kind that does the work
 * @returns {() => number} what the busiest such thread waited since, ms: others do not count
 */
export function watchWaits(thread) {
  const before = times(thread);
  return () => {
    let most = 0;
    let wait = 0;
    for (const [task, [ran, waited]] of times(thread)) {
      const [ranBefore, waitedBefore] = before.get(task) ?? [0, 0];
      if (ran - ranBefore <= most) continue;
      most = ran - ranBefore;
      wait = waited - waitedBefore;
    }
    return wait;
  };
}
