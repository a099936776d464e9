import type { CheckReport } from '../../protocol.ts';
import { n, plural } from '../core/strings.ts';

const FAILED: Record<string, string> = {
  stopped: 'The search engine stopped again and again while reading this note.',
  'inference-failed': 'The model could not read this note.',
  'model-shape': 'The model gave no usable answer for this note.',
  unknown: 'The model could not read this note.',
};

/** Words of Health: fetched with it. */
export const W = {
  // Contract: the names of the numbers.
  lines: {
    notes: 'Notes',
    passages: 'Passages',
    pending: 'Pending',
    quarantined: 'Quarantined',
    passagesEmbedded: 'Passages embedded',
    passagesReused: 'Passages reused',
    batches: 'Batches',
    failures: 'Failures',
    queueDepth: 'Queue depth',
    queueCapacity: 'Queue capacity',
    requestsAccepted: 'Requests accepted',
    requestsMerged: 'Requests merged',
    requestsDropped: 'Requests dropped',
    workerRestarts: 'Worker restarts',
    workersAlive: 'Workers alive',
    embeddingRate: 'Embedding rate',
    model: 'Model',
    device: 'Device',
    threads: 'Threads',
    memory: 'Memory',
    storageUsed: 'Storage used',
    storageQuota: 'Storage quota',
    couldBeFreed: 'Could be freed',
  },
  /** Of a device that is none; others go by their names. */
  deviceStates: { none: 'none', loading: 'loading' } as Record<string, string>,

  freeable: (trash: string, images: string) =>
    `Deleted notes take ${trash}; they go for good after 30 days. Images that nothing shows any more take ${images}.`,

  storageKept: 'The browser keeps what is stored here.',
  storageMayClear:
    'The browser may clear what is stored here if the device runs out of space: make a backup now and then.',

  pause: 'Pause indexing',
  resume: 'Resume indexing',
  retryFailed: 'Retry failed notes',
  retrying: 'Trying the failed notes again.',
  failedTitle: 'Notes that could not be indexed',
  failedHint: 'They are still found by their words.',
  /** A sentence of an earlier version stays as it is. */
  failedBecause: (reason: string) => FAILED[reason] ?? reason,
  duplicatesTitle: 'Nearly identical notes',
  duplicatesHint: 'They say almost the same in the same words. You may want to keep one of each.',
  findDuplicates: 'Look for nearly identical notes',
  noDuplicates: 'No nearly identical notes were found.',
  leftOutTitle: 'Left out of search',
  findLeftOut: 'Look for what search leaves out',
  readSoFar: (done: number, all: number) => `${n(done)} of ${plural(all, 'note', 'notes')} read…`,
  leftOut: (notes: number, characters: number) =>
    `${plural(notes, 'note has', 'notes have')} text that only machines read, ${plural(characters, 'character', 'characters')} in all. Search leaves it out; it stays in the notes.`,
  nothingLeftOut: 'Search reads all of your text.',
  stoppedAt: (result: string) => `Stopped early. So far: ${result}`,
  offlineReady: 'Ready to be used offline.',
  offlineNotReady: 'Not ready for offline use yet: some files are still being kept.',
  healthWaiting: 'The search engine has not answered yet.',
  checkTitle: 'Check',
  // Contract: exactly this.
  checkIndex: 'Check index',
  checking: 'Comparing the index with your notes…',
  checkCancelled: 'The check was cancelled; nothing was changed.',
  checked: ({ notes, passages, repaired, strays }: CheckReport) =>
    repaired.length === 0 && strays === 0
      ? `All is in order: ${plural(notes, 'note', 'notes')}, ${plural(passages, 'passage', 'passages')}.`
      : [
          repaired.length > 0 &&
            `${plural(repaired.length, 'note was', 'notes were')} not fully indexed. This is done now.`,
          strays > 0 &&
            `What was left of ${plural(strays, 'deleted note', 'deleted notes')} was taken away.`,
        ]
          .filter(Boolean)
          .join(' '),
  damaged: (total: number) =>
    `${plural(total, 'stored vector was', 'stored vectors were')} damaged, and made again.`,
  perSecond: (rate: string) => `${rate} passages a second`,
  none: 'none yet',
  chartTitle: 'Passages a second',
  chartTime: (minutes: number) => (minutes === 0 ? 'now' : `−${n(minutes)} min`),
  chartSaid: (total: number, most: number, last: number) =>
    `${plural(total, 'passage was', 'passages were')} embedded in the last 5 minutes: ${n(most)} a second at most, ${n(last)} now.`,
  chartNothing: 'Nothing was embedded in the last 5 minutes, as far as this page was open.',
  storageTitle: 'Storage by kind',
  storageKinds: {
    notes: 'Text of your notes',
    passages: 'Passages and vectors',
    keyword: 'Keyword index',
    attachments: 'Images',
    versions: 'Earlier versions, undo, deleted notes',
    caches: 'The app and its models',
    rest: 'Other workspaces, and the browser’s own',
    restAndCaches: 'The app, its models, other workspaces',
    all: 'All that the browser counts',
  },
  storageHint:
    'About so much: estimated from samples of this workspace, before the browser packs it.',
  diagnosticsTitle: 'Diagnostics',
  diagnosticsHint:
    'The numbers above, version, browser and recent errors, to send with a question. No text, title, path or name of yours is in it.',
  copyDiagnostics: 'Copy diagnostics',
  diagnosticsCopied: 'Diagnostics copied.',
  diagnosticsByHand: 'This browser did not allow copying. Copy this text:',
} as const;
