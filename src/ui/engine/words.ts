import type { ErrorCode } from '../../errors.ts';
import type { PauseCode } from '../../protocol.ts';
import { plural } from '../core/strings.ts';

const because = {
  user: 'paused by you',
  storage: 'storage is full',
  busy: 'waiting until you are idle',
} satisfies Record<Exclude<PauseCode, 'model'>, string>;

const noModel: Partial<Record<ErrorCode, string>> = {
  'model-missing': 'the model could not be loaded',
  'model-damaged': 'the model file is damaged',
  'model-operator': 'the model needs a newer version',
  'model-shape': 'the model file is not the right one',
  'no-simd': 'this device cannot run the model',
};
const modelFails = 'the model does not work here';

/** How far the index is, in words. */
export const W = {
  // Contract: index status.
  indexStatus: 'Index status',
  upToDate: 'Up to date',
  improving: (done: number, total: number) => `Improving search… ${done} of ${total}`,
  loadingModel: (percent: number) => `Loading model… ${percent}%`,
  paused: (code: PauseCode, error?: ErrorCode) =>
    `Paused: ${code === 'model' ? ((error && noModel[error]) ?? modelFails) : because[code]}`,
  etaSeconds: (seconds: number) => `about ${seconds} s left`,
  etaMinutes: (minutes: number) => `about ${minutes} min left`,
  etaHours: (hours: number) => `about ${hours} h left`,
  indexingBegan: (total: number) => `Improving search for ${plural(total, 'note', 'notes')}.`,
  indexingAt: (percent: number) => `Improving search: ${percent} percent done.`,
  indexingEnded: 'Search is up to date.',
} as const;
