/**
 * Imports and restores that were cut off by the end of their page: found again, and gone on with.
 */
import { signal } from '@preact/signals';
import type { Notes, Unfinished, UnfinishedKind } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import type { WorkEnd } from './long-work.ts';

type Ctx = Pick<AppContext, 'notes' | 'workspace'>;
type Begun = Pick<Unfinished, 'kind' | 'name' | 'mark' | 'handles'>;
type Progress = Omit<Unfinished, keyof Begun>;

/** What was cut off in the workspace that is shown. */
const found = signal<{ workspace: string; all: Unfinished[] }>({ workspace: '', all: [] });

const allIn = ({ workspace }: Ctx): Unfinished[] =>
  found.value.workspace === workspace.id ? found.value.all : [];

/**
 * Work of this workspace that was cut off, in whatever tab.
 * @param kind undefined: the first of any kind
 */
export const unfinishedIn = (ctx: Ctx, kind?: UnfinishedKind): Unfinished | undefined =>
  allIn(ctx).find((one) => !kind || one.kind === kind);

function setFound(ctx: Ctx, kind: UnfinishedKind, one: Unfinished | null): void {
  const others = allIn(ctx).filter((other) => other.kind !== kind);
  found.value = { workspace: ctx.workspace.id, all: one ? [...others, one] : others };
}

/** Held while work runs: what another tab is at has not been cut off. */
const lockName = (workspace: string, kind: UnfinishedKind): string =>
  `findling-work-${workspace}-${kind}`;

/** Looks for what was cut off; called when a workspace is shown. */
export async function findUnfinished({ notes, workspace }: Ctx): Promise<void> {
  const all = await notes.unfinished();
  if (all.length === 0) return;
  const { held = [] } = await navigator.locks.query();
  const running = ({ kind }: Unfinished) =>
    held.some(({ name }) => name === lockName(workspace.id, kind));
  found.value = { workspace: workspace.id, all: all.filter((one) => !running(one)) };
}

/** It will not be offered again; what was written stays. */
export async function forgetUnfinished(ctx: Ctx, kind: UnfinishedKind): Promise<void> {
  setFound(ctx, kind, null);
  await ctx.notes.keepUnfinished(kind, null).catch(() => {});
}

/** Progress is stored at most this often, ms: what was done since is found to be done already. */
const WRITTEN_EVERY_MS = 300;

/** Writes down how far work has come. */
function recordOf(notes: Pick<Notes, 'keepUnfinished'>, begun: Begun, now: () => number) {
  let writing: Promise<void> = Promise.resolve();
  let latest: Unfinished | null = null;
  let writtenAt = -WRITTEN_EVERY_MS;
  const write = (one: Unfinished | null): Promise<void> => {
    writing = writing
      .then(() => notes.keepUnfinished(begun.kind, one))
      // A browser that cannot store handles.
      .catch(() => notes.keepUnfinished(begun.kind, one && { ...one, handles: undefined }))
      .catch(() => {});
    return writing;
  };
  return {
    at(progress: Progress): void {
      latest = { ...begun, ...progress };
      if (now() - writtenAt < WRITTEN_EVERY_MS) return;
      writtenAt = now();
      void write(latest);
    },
    /** @param over false: it may be gone on with; gives what is kept for that */
    async end(over: boolean): Promise<Unfinished | null> {
      await write(over ? null : latest);
      return over ? null : latest;
    },
  };
}

/**
 * Runs work whose progress is written down, so that the next visit can continue with it.
 * @param body tells how far it is; gives its result, and whether there is nothing to continue with
 */
export async function recorded<T>(
  ctx: Ctx,
  begun: Begun,
  body: (at: (progress: Progress) => void) => Promise<{ result: T; over: boolean }>,
): Promise<T> {
  setFound(ctx, begun.kind, null);
  const name = lockName(ctx.workspace.id, begun.kind);
  return navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
    // Another tab is at the same work, too: the one record is its own.
    const record = lock ? recordOf(ctx.notes, begun, () => performance.now()) : null;
    const { result, over } = await body((progress) => record?.at(progress));
    setFound(ctx, begun.kind, (await record?.end(over)) ?? null);
    return result;
  });
}

/** Whether work is over: it came to its end, or the person cancelled it. */
export const isOver = (signal: AbortSignal, stopped: boolean): boolean =>
  signal.aborted ? (signal.reason as WorkEnd) === 'cancelled' : !stopped;
