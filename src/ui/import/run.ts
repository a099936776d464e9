import { signal as createSignal } from '@preact/signals';
import type { ExactCopy } from '../copies/exact-copies.ts';
import type { AppContext } from '../core/context.ts';
import { askToKeep } from '../core/durability.ts';
import { errorText } from '../core/errors-text.ts';
import { IMAGE_LIMIT, storeImage } from '../core/images.ts';
import { P } from '../core/page-strings.ts';
import { route } from '../core/router.ts';
import { toast } from '../core/toasts.tsx';
import { yieldToPage } from '../core/yield-to-page.ts';
import { runWork, showPaused, showProgress } from '../work/long-work.ts';
import { isOver, recorded } from '../work/unfinished.ts';
import { type Missing, watchMissing } from './find-missing.ts';
import { type ImportProgress, type ImportResult, importFiles } from './importer.ts';
import { createPause } from './pause.ts';
import type { Source } from './source.ts';
import { importUnpacked, mayBeBackup } from './unpacked.ts';
import { W } from './words.ts';

export type ImportState =
  | { kind: 'none' }
  | { kind: 'looking' }
  | { kind: 'running'; progress: ImportProgress }
  | { kind: 'done'; result: ImportResult; missing: Missing | null; exact: ExactCopy[] };

/** Lives outside the Import page: an import continues while the person is elsewhere. */
export const importState = createSignal<ImportState>({ kind: 'none' });

/** Whether files are read though their path, size and time are as they were at the last import. */
export const importAllAgain = createSignal(false);

/** Whether it waits to be resumed: what is read is kept, nothing more is read or written. */
export const importPaused = createSignal(false);
const stop = createPause();

/** Takes effect before the next lot of files. */
export function pauseImport(): void {
  stop.hold();
  importPaused.value = true;
  showPaused(true);
}

/** Lets a paused import go on at once. */
export function resumeImport(): void {
  stop.lift();
  importPaused.value = false;
  showPaused(false);
}

/** Progress is shown at most this often, ms. */
const SHOWN_EVERY_MS = 60;

/**
 * @param picked may still be looking through dropped folders
 * @param handles of what was dropped, by which an import that is cut off can continue
 */
export async function runImport(
  ctx: AppContext,
  picked: Source[] | Promise<Source[]>,
  handles?: Promise<unknown[] | undefined>,
): Promise<void> {
  const began = await runWork('import', ctx.workspace.id, (signal) => {
    // A cancelled one must get to its end.
    signal.addEventListener('abort', resumeImport);
    return importAll(ctx, picked, signal, handles);
  });
  if (!began) toast(P.workBusy);
}

/** What was chosen, as a person knows it. */
function nameOf([first, ...others]: readonly Source[]): string {
  const path = first?.path ?? '';
  const root = path.split('/')[0]!;
  return path.includes('/') || others.length === 0 ? root : W.fileCount(others.length + 1);
}

async function importAll(
  ctx: AppContext,
  picked: Source[] | Promise<Source[]>,
  signal: AbortSignal,
  handles?: Promise<unknown[] | undefined>,
): Promise<void> {
  const { notes, engine } = ctx;
  importState.value = { kind: 'looking' };
  resumeImport();
  let shownAt = 0;
  try {
    const sources = await picked;
    const begun = { kind: 'import' as const, name: nameOf(sources), handles: await handles };
    const done = await recorded(ctx, begun, async (at) => {
      const onProgress = (progress: ImportProgress): void => {
        const { done, total } = progress;
        at({ done, total });
        const now = performance.now();
        if (now - shownAt < SHOWN_EVERY_MS && !importPaused.peek()) return;
        shownAt = now;
        importState.value = { kind: 'running', progress };
        showProgress({ done, total });
      };
      const deps = {
        notes,
        announce: (ids: string[]) => engine.announce(ids),
        pause: yieldToPage,
        signal,
        onProgress,
      };
      const unpacked = mayBeBackup(sources)
        ? await importUnpacked(sources, {
            ...deps,
            now: ctx.now,
            newId: ctx.newId,
            async pause() {
              await stop.passed();
              await yieldToPage();
            },
          })
        : null;
      const missingAfter = unpacked ? null : await watchMissing(notes, sources);
      /** Notes that files made or changed. */
      const made = new Set<string>();
      const isOnly = unpacked?.others.length === 0;
      const imported = isOnly
        ? null
        : await importFiles(unpacked?.others ?? sources, {
            ...deps,
            announce(ids) {
              for (const id of ids) made.add(id);
              deps.announce(ids);
            },
            now: () => performance.now(),
            mayContinue: stop.passed,
            keepImage: async (file, type, path) =>
              file.size > IMAGE_LIMIT
                ? null
                : storeImage(ctx, file, type, { path, time: file.lastModified }),
            linksOf: async (text) =>
              (await import('../../storage/notes/links-apart.ts')).linksApart.of(text),
            checkAll: importAllAgain.peek(),
          });
      const result = bothOf(unpacked?.result, imported);
      const missing = (await missingAfter?.(result)) ?? null;
      const exact = result.stopped === null && made.size > 0 ? await keepExact(ctx, made) : [];
      const over = isOver(signal, result.stopped !== null);
      return { result: { result, missing, exact }, over };
    });
    importState.value = { kind: 'done', ...done };
    const { result } = done;
    if (result.imported > 0) void askToKeep();
    if (route.peek().page !== 'import') toast(W.imported(result.imported, result.skipped.length));
  } catch (thrown) {
    const stopped = errorText(thrown);
    const result = {
      imported: 0,
      skipped: [],
      remarks: [],
      images: 0,
      leftOut: [],
      cancelled: false,
      stopped,
    };
    importState.value = { kind: 'done', result, missing: null, exact: [] };
  }
}

/** Copies that say nothing of their own become versions, in so far as that can be done. */
async function keepExact(ctx: AppContext, made: ReadonlySet<string>): Promise<ExactCopy[]> {
  try {
    const { exactCopies, keepExactCopies } = await import('../copies/exact-copies.ts');
    return await keepExactCopies(ctx, await exactCopies(ctx.notes, made));
  } catch (thrown) {
    // They stay notes, as all others that the import made.
    console.error(thrown);
    return [];
  }
}

/** What two parts of one import did. */
function bothOf(first?: ImportResult, second?: ImportResult | null): ImportResult {
  if (!first || !second) return (first ?? second)!;
  return {
    imported: first.imported + second.imported,
    skipped: [...first.skipped, ...second.skipped],
    remarks: [...first.remarks, ...second.remarks],
    images: first.images + second.images,
    leftOut: [...first.leftOut, ...second.leftOut],
    cancelled: first.cancelled || second.cancelled,
    stopped: first.stopped ?? second.stopped,
  };
}
