import { toFindlingError } from '../../errors.ts';

/** An error without its message, which may quote what somebody wrote. */
export interface RecentError {
  /** Epoch ms, of the last time. */
  at: number;
  /** Our code, or the exception's class. */
  name: string;
  /** Script and place in it, where that is known. */
  where: string;
  times: number;
}

/** Errors remembered. */
const REMEMBERED = 20;
const recent: RecentError[] = [];

/** Remembers, in this page only, that something failed: for "Copy diagnostics". */
export function rememberError(thrown: unknown, at = Date.now()): void {
  const { name, where } = nameError(thrown);
  if (name === 'cancelled') return;
  const last = recent.at(-1);
  if (last?.name === name && last.where === where) {
    last.at = at;
    last.times++;
    return;
  }
  recent.push({ at, name, where, times: 1 });
  if (recent.length > REMEMBERED) recent.shift();
}

/** Oldest first; names and places only, no text of a message. */
export const recentErrors = (): readonly RecentError[] => recent;

/** What may be told of it. Pure. */
export function nameError(thrown: unknown): Pick<RecentError, 'name' | 'where'> {
  const { code } = toFindlingError(thrown);
  const kind = thrown instanceof Error ? kindOf(thrown) : typeof thrown;
  const stack = thrown instanceof Error ? (thrown.stack ?? '') : '';
  // Below the message, and of our own scripts alone; names of scripts hold nothing of a note.
  const lines = stack.split('\n').filter((line) => /^\s*at |@/.test(line));
  const where = /\/([\w.-]+\.m?[jt]sx?(?:\?[\w=]*)?:\d+:\d+)\)?$/.exec(lines[0]?.trim() ?? '');
  return { name: code === 'unknown' ? kind : code, where: where?.[1] ?? '' };
}

const kindOf = ({ name }: Error): string => (/^[a-z]{1,40}$/i.test(name) ? name : 'Error');

/** Remembers what nobody caught, from here on. */
export function watchErrors(): void {
  addEventListener('error', ({ error }) => rememberError(error));
  addEventListener('unhandledrejection', ({ reason }) => rememberError(reason));
}
