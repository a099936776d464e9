import { W } from './words.ts';
import './chart.css';
import { type AppContext, useApp } from '../core/context.ts';
import type { PageHealth } from '../core/engine-types.ts';
import { lazy } from '../core/parts/lazy.tsx';
import { type Series, Throughput } from './throughput.ts';

const UplotChart = lazy(
  () => import('./uplot-chart.tsx').then((part) => part.UplotChart),
  <div class="chart" />,
);

/** Kept while the workspace is open: coming back to the page finds the line again. */
const readings = new WeakMap<AppContext, Throughput>();

/** To be told each answer of `engine.health()`. */
export function useThroughput(): { add(health: PageHealth): void; series(): Series } {
  const ctx = useApp();
  const work = readings.get(ctx) ?? new Throughput();
  readings.set(ctx, work);
  return {
    add: ({ embedded }) => work.add(performance.now(), embedded),
    series: () => work.series(performance.now()),
  };
}

/** Passages embedded a second over the last minutes, drawn and said. */
export function ThroughputChart(series: Series) {
  const { rates, total } = series;
  const known = rates.filter((rate) => rate !== null);
  return (
    <section>
      <h2>{W.chartTitle}</h2>
      <UplotChart {...series} />
      <p class="quiet">
        {total > 0
          ? W.chartSaid(total, Math.round(Math.max(0, ...known)), Math.round(known.at(-1) ?? 0))
          : W.chartNothing}
      </p>
    </section>
  );
}
