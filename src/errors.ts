/**
 * Errors that cross realms: a closed list of codes. Comlink carries only name, message and stack,
 * so the code travels in `name`; `fromWire` rebuilds the class, keeping unknown ones as text.
 */
const ERROR_CODES = {
  'worker-died': 'The search engine stopped.',
  'outcome-unknown': 'The search engine stopped before it said whether this was done.',
  deadline: 'The search engine did not answer in time.',
  cancelled: 'Cancelled.',
  closed: 'The search engine is shutting down.',
  'no-module-workers': 'This browser cannot run the search engine (it lacks module workers).',
  'no-simd': 'This browser cannot run the model (it lacks WebAssembly SIMD).',
  'worker-script': 'The search engine could not be loaded.',
  'protocol-mismatch': 'Another version of Findling is open. Reload this tab.',
  'model-missing': 'The model file is missing.',
  'model-damaged': 'The model file is damaged.',
  'model-operator': 'The model needs an operator that is not known here.',
  'model-shape': 'The model gives another kind of answer than expected.',
  'storage-unavailable': 'This browser does not let Findling store notes here.',
  'storage-full': 'Storage is full.',
  'storage-newer': 'These notes were saved by a newer version of Findling. Reload to update.',
  'storage-blocked': 'Another tab with an older version of Findling is open. Close it.',
  'storage-closed': 'The connection to the stored notes was lost.',
  'workspace-gone': 'This workspace is no longer on this device.',
  'index-unread': 'Not all notes could be read.',
  'lease-lost': 'Another tab took over the indexing.',
  'not-a-backup': 'This is not a whole .zip file.',
  'nothing-to-back-up': 'There are no notes.',
  'note-deleted': 'This note was deleted in another tab.',
  'inference-failed': 'The model failed on this note.',
  unknown: 'Something went wrong.',
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;
export const errorCodes = Object.keys(ERROR_CODES) as ErrorCode[];

export class FindlingError extends Error {
  readonly code: ErrorCode;
  constructor(code: ErrorCode, message: string = ERROR_CODES[code], options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.name = `findling:${code}`;
  }
}

/** Whatever was thrown, here or beyond the wire, as one of ours. */
export function toFindlingError(thrown: unknown): FindlingError {
  if (thrown instanceof FindlingError) return thrown;
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const code = error.name.startsWith('findling:') ? error.name.slice(9) : '';
  if (code in ERROR_CODES) return new FindlingError(code as ErrorCode, error.message);
  if (error.name === 'QuotaExceededError') {
    return new FindlingError('storage-full', undefined, { cause: error });
  }
  return new FindlingError('unknown', error.message, { cause: error });
}

/** Whether what was thrown, here or beyond the wire, has this code. */
export const isCode = (thrown: unknown, code: ErrorCode): boolean =>
  toFindlingError(thrown).code === code;
