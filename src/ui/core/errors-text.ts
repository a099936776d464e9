import { type ErrorCode, toFindlingError } from '../../errors.ts';
import { rememberError } from './recent-errors.ts';

/** What went wrong, and what to do about it, in the person's words. */
const SENTENCES: Record<ErrorCode, string> = {
  'worker-died': 'The search engine stopped and is being started again.',
  'outcome-unknown': 'The search engine stopped before it was done. Please try again.',
  deadline: 'The search engine took too long to answer. Please try again.',
  cancelled: 'Cancelled.',
  closed: 'The search engine is shutting down.',
  'no-module-workers':
    'This browser is too old for the search engine. Your notes are safe; searching needs a newer one.',
  'no-simd': 'This browser or device cannot run the model, so notes are found by their words only.',
  'worker-script': 'The search engine could not be loaded. Please reload this page.',
  'protocol-mismatch': 'Another version of Findling is open. Please reload this tab.',
  'model-missing': 'The model is missing, so notes are found by their words only.',
  'model-damaged': 'The model’s file is damaged. Reload to fetch it again.',
  'model-operator':
    'The model needs something that this version cannot compute. Choose another one in Settings.',
  'model-shape': 'The model’s file is not the one this version needs. Reload to fetch it again.',
  'storage-unavailable':
    'This browser does not let Findling store notes here. Private windows often do not; please use an ordinary one.',
  'storage-full': 'Storage is full. Please free some space on this device.',
  'storage-newer': 'These notes were saved by a newer version of Findling. Please reload.',
  'storage-blocked':
    'Another tab has an older version of Findling open. Close it, then reload this one.',
  'storage-closed': 'The connection to your stored notes was lost and is being opened again.',
  'workspace-gone':
    'This workspace is no longer on this device. It was deleted, perhaps in another tab.',
  'index-unread':
    'Not all notes could be read for searching. It is tried again by itself; your notes are safe.',
  'lease-lost': 'Another tab took over the indexing.',
  'not-a-backup':
    'This is not a backup that can be read: it is no .zip file, or no whole file is left in it.',
  'note-deleted': 'This note was deleted in another tab.',
  'nothing-to-back-up': 'There are no notes to back up yet.',
  'inference-failed': 'The model could not handle this note.',
  unknown: 'Something went wrong. Please try again.',
};

/** A sentence for whatever was thrown; never the exception's own text. */
export function errorText(thrown: unknown): string {
  rememberError(thrown);
  return SENTENCES[toFindlingError(thrown).code];
}
