/** Work that may wait takes so long at a time, ms: no key and no scrolling is held up. */
const SLICE_MS = 6;

const jobs: (() => void)[] = [];
let next = 0;
let isDue = false;

/**
 * Does something soon, in the order asked for, a few milliseconds at a time. Before the page is
 * printed all of it is done.
 */
export function inTurn(job: () => void): void {
  jobs.push(job);
  schedule();
}

function schedule(): void {
  if (isDue) return;
  isDue = true;
  setTimeout(() => {
    isDue = false;
    run(performance.now() + SLICE_MS);
  });
}

function run(until: number): void {
  while (next < jobs.length && performance.now() < until) jobs[next++]!();
  if (next < jobs.length) {
    schedule();
    return;
  }
  jobs.length = 0;
  next = 0;
}

if (typeof addEventListener === 'function') {
  addEventListener('beforeprint', () => run(Number.POSITIVE_INFINITY));
}
