import { signal as createSignal } from '@preact/signals';
import { whileBringingIn } from '../bringing-in.ts';
import type { AppContext } from '../context.ts';
import { askToKeep } from '../durability.ts';
import { IMAGE_LIMIT, storeImage } from '../editor/images.ts';
import { errorText } from '../errors-text.ts';
import { route } from '../router.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { formerNotes } from './former-notes.ts';
import { type ImportProgress, type ImportResult, importFiles } from './importer.ts';
import { createPause } from './pause.ts';
import { importBegan, importRunning } from './run-state.ts';
import type { Source } from './source.ts';

export type ImportState =
  | { kind: 'none' }
  | { kind: 'looking' }
  | { kind: 'running'; progress: ImportProgress }
  | { kind: 'done'; result: ImportResult };

/** Lives outside the Import page: an import goes on while the person is elsewhere. */
export const importState = createSignal<ImportState>({ kind: 'none' });

/** Whether it waits to be resumed: what is read is kept, nothing more is read or written. */
export const importPaused = createSignal(false);
const stop = createPause();

export function pauseImport(): void {
  stop.hold();
  importPaused.value = true;
}

export function resumeImport(): void {
  stop.lift();
  importPaused.value = false;
}

const SHOWN_EVERY_MS = 60;
interface Yielding {
  scheduler?: { yield?(): Promise<void> };
}
const pause = (): Promise<void> =>
  (globalThis as Yielding).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

/** @param picked may still be looking through dropped folders */
export async function runImport(
  ctx: AppContext,
  picked: Source[] | Promise<Source[]>,
): Promise<void> {
  if (importRunning()) {
    toast(S.importBusy);
    return;
  }
  const controller = new AbortController();
  const ended = whileBringingIn(ctx.workspace.id, () => importAll(ctx, picked, controller.signal));
  // A cancelled one must get to its end.
  importBegan(() => {
    controller.abort();
    resumeImport();
  }, ended);
  await ended;
}

async function importAll(
  ctx: AppContext,
  picked: Source[] | Promise<Source[]>,
  signal: AbortSignal,
): Promise<void> {
  const { notes, engine } = ctx;
  importState.value = { kind: 'looking' };
  resumeImport();
  addEventListener('beforeunload', warn);
  let shownAt = 0;
  try {
    const result = await importFiles(await picked, {
      notes,
      announce: (ids, options) => engine.announce(ids, options),
      now: () => performance.now(),
      pause,
      mayGoOn: stop.passed,
      keepImage: async (file, type) =>
        file.size > IMAGE_LIMIT ? null : storeImage(ctx, file, type),
      former: async (paths) => formerNotes(await notes.list(), paths),
      signal,
      onProgress(progress) {
        const now = performance.now();
        if (now - shownAt < SHOWN_EVERY_MS && !importPaused.peek()) return;
        shownAt = now;
        importState.value = { kind: 'running', progress };
      },
    });
    importState.value = { kind: 'done', result };
    if (result.imported > 0) void askToKeep();
    if (route.peek().page !== 'import') toast(S.imported(result.imported, result.skipped.length));
  } catch (thrown) {
    const stopped = errorText(thrown);
    const result = { imported: 0, skipped: [], remarks: [], images: 0, cancelled: false, stopped };
    importState.value = { kind: 'done', result };
  } finally {
    removeEventListener('beforeunload', warn);
  }
}
