/** The p-th percentile (nearest rank), p from 0 to 1; NaN of nothing. */
export function percentile(values, p) {
  if (values.length === 0) return Number.NaN;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(p * sorted.length) - 1)];
}

export const median = (values) => percentile(values, 0.5);
export const sum = (values) => values.reduce((total, value) => total + value, 0);

export const ms = (value) =>
  value >= 10_000 ? `${(value / 1000).toFixed(1)} s` : `${value.toFixed(value < 10 ? 1 : 0)} ms`;
export const rate = (value) => `${value.toFixed(value < 10 ? 1 : 0)} passages/s`;
export const times = (value) => `${value.toFixed(value < 10 ? 2 : 0)} x`;
export const kilobytes = (value) => `${(value / 1024).toFixed(1)} KB`;
