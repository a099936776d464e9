import type { MetaChange } from '../../../storage/notes/index.ts';
import type { Act } from './acts.ts';

/** @returns what `journaledNotes` wrote; null for what is none */
export function readAct(stored: string): (Act & { at: number }) | null {
  let entry: unknown;
  try {
    entry = JSON.parse(stored);
  } catch {
    return null;
  }
  if (typeof entry !== 'object' || entry === null) return null;
  const { v, at, act, changes, ids } = entry as Record<string, unknown>;
  if (v !== 1 || !Number.isFinite(at)) return null;
  if (act === 'restore' && isStrings(ids)) return { at: at as number, act, ids };
  if (act !== 'update' || !Array.isArray(changes)) return null;
  const read = changes.map(readChange);
  if (read.some((one) => one === null)) return null;
  return { at: at as number, act, changes: read as { id: string; change: MetaChange }[] };
}

const isStrings = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function readChange(value: unknown): { id: string; change: MetaChange } | null {
  const { id, change } = (value ?? {}) as { id?: unknown; change?: Record<string, unknown> };
  if (typeof id !== 'string' || typeof change !== 'object' || change === null) return null;
  const { path, tags, pinned } = change;
  const read: MetaChange = {};
  if (typeof path === 'string') read.path = path;
  if (isStrings(tags)) read.tags = tags;
  if (typeof pinned === 'boolean') read.pinned = pinned;
  return { id, change: read };
}
