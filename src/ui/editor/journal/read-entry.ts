import type { UnsavedDraft } from '../../../storage/notes/index.ts';
import type { StoredEntry } from './entry.ts';

/** @returns what `writeEntry` wrote; null for what is none, or is of a later version */
export function readEntry(
  stored: string,
  tab: string,
  note: string,
): (UnsavedDraft & { at: number }) | null {
  let entry: unknown;
  try {
    entry = JSON.parse(stored);
  } catch {
    return null;
  }
  if (!isEntry(entry)) return null;
  const { at, seq, title, text, bases } = entry;
  return { note, by: { tab, seq }, at, title, text, bases };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isChange = (value: unknown): boolean =>
  value === null ||
  (isRecord(value) &&
    Number.isInteger(value.from) &&
    Number.isInteger(value.to) &&
    typeof value.insert === 'string');

const isEntry = (value: unknown): value is StoredEntry =>
  isRecord(value) &&
  value.v === 1 &&
  Number.isFinite(value.at) &&
  Number.isInteger(value.seq) &&
  typeof value.title === 'string' &&
  (value.text === null || typeof value.text === 'string') &&
  Array.isArray(value.bases) &&
  value.bases.every(
    (base) =>
      isRecord(base) &&
      Number.isInteger(base.revision) &&
      typeof base.hash === 'string' &&
      isChange(base.change),
  );
