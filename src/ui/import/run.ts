import { signal as createSignal } from '@preact/signals';
import type { AppContext } from '../context.ts';
import { askToKeep } from '../durability.ts';
import { errorText } from '../errors-text.ts';
import { route } from '../router.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { type ImportProgress, type ImportResult, importFiles, type Source } from './importer.ts';
import { importBegan, importRunning } from './run-state.ts';

export type ImportState =
  | { kind: 'none' }
  | { kind: 'looking' }
  | { kind: 'running'; progress: ImportProgress }
  | { kind: 'done'; result: ImportResult };

/** Lives outside the Import page: an import goes on while the person is elsewhere. */
export const importState = createSignal<ImportState>({ kind: 'none' });

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
  const ended = importAll(ctx, picked, controller.signal);
  importBegan(() => controller.abort(), ended);
  await ended;
}

async function importAll(
  { notes, engine }: AppContext,
  picked: Source[] | Promise<Source[]>,
  signal: AbortSignal,
): Promise<void> {
  importState.value = { kind: 'looking' };
  addEventListener('beforeunload', warn);
  let shownAt = 0;
  try {
    const result = await importFiles(await picked, {
      notes,
      announce: (ids, options) => engine.announce(ids, options),
      now: () => performance.now(),
      pause,
      signal,
      onProgress(progress) {
        const now = performance.now();
        if (now - shownAt < SHOWN_EVERY_MS) return;
        shownAt = now;
        importState.value = { kind: 'running', progress };
      },
    });
    importState.value = { kind: 'done', result };
    if (result.imported > 0) void askToKeep();
    if (route.peek().page !== 'import') toast(S.imported(result.imported, result.skipped.length));
  } catch (thrown) {
    const stopped = errorText(thrown);
    const result = { imported: 0, skipped: [], remarks: [], cancelled: false, stopped };
    importState.value = { kind: 'done', result };
  } finally {
    removeEventListener('beforeunload', warn);
  }
}
