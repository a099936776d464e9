import { plural } from '../core/strings.ts';

/** How far the index is, in words. */
export const W = {
  // Contract: index status.
  indexStatus: 'Index status',
  upToDate: 'Up to date',
  improving: (done: number, total: number) => `Improving search… ${done} of ${total}`,
  loadingModel: (percent: number) => `Loading model… ${percent}%`,
  paused: (reason: string) => `Paused: ${reason}`,
  etaSeconds: (seconds: number) => `about ${seconds} s left`,
  etaMinutes: (minutes: number) => `about ${minutes} min left`,
  etaHours: (hours: number) => `about ${hours} h left`,
  indexingBegan: (total: number) => `Improving search for ${plural(total, 'note', 'notes')}.`,
  indexingAt: (percent: number) => `Improving search: ${percent} percent done.`,
  indexingEnded: 'Search is up to date.',
} as const;
