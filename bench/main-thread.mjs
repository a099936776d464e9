/** How long is the page busy in one go while it imports and indexes? */
import { bareRun } from './indexing-rate.mjs';
import { productRun } from './product-run.mjs';
import { ms } from './stats.mjs';

const when = ({ at, ms: length }) => `${ms(length)} at ${(at / 1000).toFixed(1)} s`;
const detail = ({ longTasks, beats, latest, p99, over16 }) =>
  `over 50 ms: ${longTasks.map(when).join(', ') || 'none'}; of ${beats} timers the latest was ` +
  `${ms(latest)} late, 1 % more than ${ms(p99)}, ${over16} more than 16 ms`;

export async function mainThread(bench) {
  const { naiveMain } = await bareRun(bench);
  const { main } = await productRun(bench);
  return [
    {
      what: 'longest task of the page, import and indexing',
      value: `${main.longTasks.length > 0 ? ms(main.longest) : 'none over 50 ms'} (${detail(main)})`,
      measured: main.longest,
      goal: { most: 50, unit: 'ms' },
    },
    {
      what: "the browser's own task of handing over the files, before any code of the app",
      value: main.picking > 0 ? ms(main.picking) : 'under 50 ms',
    },
    {
      what: 'longest task of the naive loop',
      value: ms(naiveMain.longest),
      ratio: naiveMain.longest / main.longest,
    },
  ];
}
