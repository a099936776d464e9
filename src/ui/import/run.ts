import { signal } from '@preact/signals';
import type { AppContext } from '../context.ts';
import { errorText } from '../errors-text.ts';
import { route } from '../router.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { type ImportProgress, type ImportResult, importFiles, type Source } from './importer.ts';

export type ImportState =
  | { kind: 'none' }
  | { kind: 'looking' }
  | { kind: 'running'; progress: ImportProgress }
  | { kind: 'done'; result: ImportResult };

/** Lives outside the Import page: an import goes on while the person is elsewhere. */
export const importState = signal<ImportState>({ kind: 'none' });

const SHOWN_EVERY_MS = 60;
let controller: AbortController | null = null;

export const cancelImport = (): void => controller?.abort();

interface Yielding {
  scheduler?: { yield?(): Promise<void> };
}
const pause = (): Promise<void> =>
  (globalThis as Yielding).scheduler?.yield?.() ?? new Promise((resolve) => setTimeout(resolve));

const warn = (event: BeforeUnloadEvent): void => event.preventDefault();

/** @param picked may still be looking through dropped folders */
export async function runImport(
  { notes, engine }: AppContext,
  picked: Source[] | Promise<Source[]>,
): Promise<void> {
  if (controller) {
    toast(S.importBusy);
    return;
  }
  controller = new AbortController();
  importState.value = { kind: 'looking' };
  addEventListener('beforeunload', warn);
  let shownAt = 0;
  try {
    const result = await importFiles(await picked, {
      notes,
      announce: (ids, options) => engine.announce(ids, options),
      now: () => performance.now(),
      pause,
      signal: controller.signal,
      onProgress(progress) {
        const now = performance.now();
        if (now - shownAt < SHOWN_EVERY_MS) return;
        shownAt = now;
        importState.value = { kind: 'running', progress };
      },
    });
    importState.value = { kind: 'done', result };
    if (route.peek().page !== 'import') toast(S.imported(result.imported, result.skipped.length));
  } catch (thrown) {
    const stopped = errorText(thrown);
    const result = { imported: 0, skipped: [], remarks: [], cancelled: false, stopped };
    importState.value = { kind: 'done', result };
  } finally {
    removeEventListener('beforeunload', warn);
    controller = null;
  }
}
