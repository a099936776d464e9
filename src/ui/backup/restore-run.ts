import { signal as createSignal } from '@preact/signals';
import { sha256 } from '../../sha256.ts';
import type { Unfinished } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { askToKeep } from '../core/durability.ts';
import { errorText } from '../core/errors-text.ts';
import { P } from '../core/page-strings.ts';
import { go, pageHref, route } from '../core/router.ts';
import { toast } from '../core/toasts.tsx';
import { yieldToPage } from '../core/yield-to-page.ts';
import { runWork, showProgress } from '../work/long-work.ts';
import { isOver, recorded, unfinishedIn } from '../work/unfinished.ts';
import type { RestoreDeps, RestoreResult } from './restore.ts';
import { W } from './words.ts';

/** A backup's way into a workspace. It lives outside Settings. */
export type RestoreState =
  | { kind: 'none' }
  | { kind: 'reading' | 'writing'; done: number; total: number | null }
  /** What restoring would do; nothing is written until the person agrees. */
  | { kind: 'asking'; archive: File; counts: RestoreResult }
  | { kind: 'done'; result: RestoreResult }
  | { kind: 'said'; text: string };

const state = createSignal<{ workspace: string; now: RestoreState }>({
  workspace: '',
  now: { kind: 'none' },
});

/** Of the workspace that is shown; a signal is read. */
export const restoreState = ({ workspace }: AppContext): RestoreState =>
  state.value.workspace === workspace.id ? state.value.now : { kind: 'none' };

/** Progress is shown at most this often, ms. */
const SHOWN_EVERY_MS = 60;
/** Skipped files remembered for a restore that goes on later. */
const SKIPPED_KEPT = 500;

/** Bytes at a file's beginning and end by which it is known again. */
const MARK_BYTES = 64 * 1024;

/** Of a file's size and its ends, where its list of files lies: the same file is known by it. */
async function markOf(file: Blob): Promise<string> {
  const ends = new Blob([
    String(file.size),
    file.slice(0, MARK_BYTES),
    file.slice(Math.max(0, file.size - MARK_BYTES)),
  ]);
  return sha256(await ends.arrayBuffer());
}

/** Whether files are being read or notes written. */
export const isRestoreRunning = (now: RestoreState): boolean =>
  now.kind === 'reading' || now.kind === 'writing';

/** A backup was chosen: one that was cut off goes on, any other is compared first. */
export async function chooseBackup(ctx: AppContext, archive: File): Promise<void> {
  const before = unfinishedIn(ctx, 'restore');
  if (before && before.mark === (await markOf(archive).catch(() => null))) {
    await write(ctx, archive, before);
  } else await compare(ctx, archive);
}

/** The person agreed to what was counted. */
export async function restoreChosen(ctx: AppContext): Promise<void> {
  const now = restoreState(ctx);
  if (now.kind === 'asking') await write(ctx, now.archive);
}

/** The person does not want the backup that was compared: nothing is written. */
export function leaveBackup(ctx: AppContext): void {
  set(ctx, { kind: 'said', text: W.restoreNotBegun });
}

function set({ workspace }: AppContext, now: RestoreState): void {
  state.value = { workspace: workspace.id, now };
}

function depsOf(ctx: AppContext, signal: AbortSignal, kind: 'reading' | 'writing'): RestoreDeps {
  let shownAt = 0;
  return {
    notes: ctx.notes,
    announce: (ids) => ctx.engine.announce(ids),
    now: ctx.now,
    newId: ctx.newId,
    signal,
    pause: yieldToPage,
    onProgress(done, total) {
      if (performance.now() - shownAt < SHOWN_EVERY_MS && done < total) return;
      shownAt = performance.now();
      set(ctx, { kind, done, total });
      showProgress({ done, total });
    },
  };
}

async function compare(ctx: AppContext, archive: File): Promise<void> {
  await alone(ctx, async (signal) => {
    set(ctx, { kind: 'reading', done: 0, total: null });
    const { compareBackup } = await import('./restore.ts');
    const counts = await compareBackup(archive, depsOf(ctx, signal, 'reading'));
    if (counts.cancelled) set(ctx, { kind: 'said', text: W.restoreNotBegun });
    else if (counts.total === 0 && counts.stopped) set(ctx, { kind: 'said', text: counts.stopped });
    else {
      set(ctx, { kind: 'asking', archive, counts });
      if (route.peek().page !== 'settings') {
        const run = () => go(pageHref('settings'));
        toast(W.restoreAskedElsewhere, { label: W.restoreLookHere, run });
      }
    }
  });
}

async function write(ctx: AppContext, archive: File, before?: Unfinished): Promise<void> {
  await alone(ctx, async (signal) => {
    const mark = await markOf(archive);
    set(ctx, { kind: 'writing', done: before?.done ?? 0, total: before?.total ?? null });
    const { restoreBackup } = await import('./restore.ts');
    const begun = { kind: 'restore' as const, name: archive.name, mark };
    const result = await recorded(ctx, begun, async (at) => {
      const result = await restoreBackup(
        archive,
        {
          ...depsOf(ctx, signal, 'writing'),
          onWritten: ({ done, total, added, updated, same, kept, skipped }) =>
            at({
              done,
              total,
              counts: { added, updated, same, kept },
              skipped: skipped.slice(0, SKIPPED_KEPT),
            }),
        },
        before
          ? { done: before.done, ...before.counts, skipped: [...(before.skipped ?? [])] }
          : undefined,
      );
      // Stopped before its end: for want of room, say.
      return { result, over: isOver(signal, result.done < result.total) };
    });
    set(ctx, { kind: 'done', result });
    if (result.added > 0) void askToKeep();
    if (route.peek().page !== 'settings') toast(restoredText(result));
  });
}

async function alone(ctx: AppContext, body: (signal: AbortSignal) => Promise<void>): Promise<void> {
  const began = await runWork('restore', ctx.workspace.id, (signal) =>
    body(signal).catch((thrown) => set(ctx, { kind: 'said', text: errorText(thrown) })),
  );
  if (!began) toast(P.workBusy);
}

/** One sentence on what a restore did. */
export const restoredText = ({ added, updated, same, kept }: RestoreResult): string =>
  `${W.restoredCounts(added, updated, same, kept)}.`;
