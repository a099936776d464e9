import { W } from './words.ts';
import 'uplot/dist/uPlot.min.css';
import { useEffect, useRef } from 'preact/hooks';
import uPlot from 'uplot';
import { watchPalette } from '../core/palette.ts';
import { n } from '../core/strings.ts';
import type { Series } from './throughput.ts';

/** Seconds. */
const MINUTE = 60;

/** The rates as a line; says nothing to who cannot see it: the text beside it does. */
export function UplotChart({ seconds, rates }: Series) {
  const host = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot | null>(null);
  const data = useRef<uPlot.AlignedData>([seconds, rates]);
  data.current = [seconds, rates];

  useEffect(() => {
    const element = host.current;
    if (!element) return;
    const draw = () => {
      chart.current?.destroy();
      chart.current = new uPlot(options(element), data.current, element);
    };
    draw();
    // Colours and fonts are taken once, when it is made.
    const unwatch = watchPalette(draw);
    const sizes = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = element;
      if (chart.current && width !== chart.current.width) chart.current.setSize({ width, height });
    });
    sizes.observe(element);
    return () => {
      sizes.disconnect();
      unwatch();
      chart.current?.destroy();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setData(data.current);
  }, [seconds, rates]);

  return <div ref={host} class="chart" aria-hidden="true" />;
}

function options(element: HTMLElement): uPlot.Options {
  const style = getComputedStyle(element);
  const token = (name: string) => style.getPropertyValue(name).trim();
  const axis: uPlot.Axis = {
    stroke: token('--chart-ink'),
    font: `12px ${style.fontFamily}`,
    ticks: { show: false },
  };
  return {
    width: element.clientWidth,
    height: element.clientHeight,
    padding: [8, 20, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: {
      x: { time: false, range: (_, least, most) => [least, most] },
      // From nought, and never so near that the noise fills it.
      y: { range: (_, __, most) => [0, Math.max(10, most * 1.1)] },
    },
    axes: [
      {
        ...axis,
        size: 24,
        gap: 4,
        grid: { show: false },
        splits: (_, __, least, most) => {
          const all: number[] = [];
          for (let at = Math.ceil(least / MINUTE) * MINUTE; at <= most; at += MINUTE) all.push(at);
          return all;
        },
        values: (_, all) => all.map((at) => W.chartTime(-at / MINUTE)),
      },
      {
        ...axis,
        size: 40,
        gap: 4,
        space: 32,
        grid: { stroke: token('--chart-grid'), width: 1 },
        values: (_, all) => all.map((rate) => n(rate)),
      },
    ],
    series: [
      {},
      {
        stroke: token('--chart-line'),
        fill: token('--chart-fill'),
        width: 2,
        points: { show: false },
      },
    ],
  };
}
