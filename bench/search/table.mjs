/** The table of bench:search; an empty cell is what was not reached or does not exist. */

const ms = (value) => {
  if (value === undefined || value === null) return '';
  if (value >= 10_000) return `${(value / 1000).toFixed(0)} s`;
  if (value >= 1_000) return `${(value / 1000).toFixed(1)} s`;
  return `${value.toFixed(value < 1 ? 2 : value < 10 ? 1 : 0)} ms`;
};
const megabytes = (value) =>
  value === undefined || value === null ? '' : `${(value / 1e6).toFixed(0)} MB`;
const share = (value) => value?.toFixed(4) ?? '';

export function printSearchTable(about, rows) {
  console.log(`Date      ${about.date}`);
  console.log(`Machine   ${about.machine}`);
  console.log(`Browser   ${about.browser}`);
  console.log(`Load      before ${about.loadBefore}, after ${about.loadAfter}\n`);
  console.log('| what | n | recall@10 | p50 | p95 | build | save | restore | memory | |');
  console.log('|---|---|---|---|---|---|---|---|---|---|');
  for (const row of rows) printRow(row, rows);
}

/** @param rows all so far, the plain loop's among them */
export function printRow(row, rows, print = console.log) {
  const loop = rows.find(({ name, n }) => name === 'float32-loop' && n === row.n);
  const ratio =
    row.name === 'findling' && loop?.p50 && row.p50
      ? `${(loop.p50 / row.p50).toFixed(0)} x the loop; 1,000 more in ${ms(row.insert1000Ms)}`
      : '';
  const cells = [
    row.version ? `${row.name} ${row.version}` : row.name,
    row.n,
    share(row.recall10),
    ms(row.p50),
    ms(row.p95),
    ms(row.buildMs),
    ms(row.saveMs),
    ms(row.restoreMs),
    megabytes(row.bytes),
    row.note ?? ratio,
  ];
  print(`| ${cells.join(' | ')} |`);
}
