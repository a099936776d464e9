/** The one table: what was measured, beside what, and whether the goal was met. */
import { times } from './stats.mjs';

function verdict({ goal, ratio, measured }) {
  if (!goal) return '';
  const number = measured ?? ratio;
  const met = goal.least === undefined ? number <= goal.most : number >= goal.least;
  const text =
    goal.least === undefined
      ? `<= ${Number(goal.most.toFixed(1))} ${goal.unit}`
      : `>= ${goal.least} x`;
  return `${met ? 'goal met' : 'goal missed'} (${text})`;
}

export function printTable(about, results) {
  console.log(`Date      ${about.date}`);
  console.log(`Machine   ${about.machine}`);
  console.log(`Browser   ${about.browser}; Node.js ${about.node}`);
  console.log(
    `Run       ${about.seconds} s${about.quick ? ', --quick' : ''}; ` +
      `load of the machine before ${about.loadBefore}, after ${about.loadAfter}\n`,
  );
  console.log('| what | measured | ratio | goal |\n|---|---|---|---|');
  for (const { name, rows, error } of results) {
    console.log(`| **${name}** | | | |`);
    if (error) console.log(`| not measured | ${error.split('\n')[0]} | | |`);
    for (const row of rows ?? []) {
      const ratio = row.ratio === undefined ? '' : times(row.ratio);
      console.log(`| ${row.what} | ${row.value} | ${ratio} | ${verdict(row)} |`);
    }
  }
}
