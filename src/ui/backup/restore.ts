import { FindlingError, isCode, toFindlingError } from '../../errors.ts';
import { fileOfPath } from '../../paths.ts';
import { sha256 } from '../../sha256.ts';
import type { BackedUpNote, Merged, NoteMeta, Notes, Outcome } from '../../storage/notes/index.ts';
import { type Archive, type ArchivedFile, openArchive } from '../archive/unzip.ts';
import { errorText } from '../core/errors-text.ts';
import { decodeFile } from '../import/decode.ts';
import { importFiles, type Skipped } from '../import/importer.ts';
import { decide } from '../import/plan.ts';
import { SKIP } from '../import/skip-words.ts';
import { OUTWARD, type ReadImage, readerOf } from './archive-reader.ts';
import { copyKeeper, keptCopies } from './copies.ts';
import { withoutTopFolder } from './folder-archive.ts';
import { MANIFEST } from './manifest.ts';
import { twinFinder } from './twins.ts';
import { W } from './words.ts';

/** Notes merged in one transaction at most … */
const BATCH_NOTES = 16;
/** … and their texts together, UTF-16 units. */
const BATCH_UNITS = 2 * 1024 * 1024;
/** Time budget: work at a time before the page is yielded to, ms. Under a frame of 16.7 ms. */
const TIME_BUDGET_MS = 12;

export interface RestoreCounts {
  /** Notes that were not here. */
  added: number;
  /** Notes of which the backup has something that was changed later. */
  updated: number;
  same: number;
  /** Notes that differ, and stay as they are here. */
  kept: number;
}

export interface RestoreResult extends RestoreCounts {
  skipped: Skipped[];
  /** What was lost, or guessed, of what is restored. */
  remarks: Skipped[];
  cancelled: boolean;
  /** Why it had to stop, or what is wrong with the whole archive, as a sentence. */
  stopped: string | null;
  /** Files dealt with, of all in the archive. */
  done: number;
  total: number;
}

export interface RestoreDeps {
  notes: Pick<
    Notes,
    'merge' | 'compare' | 'acceptCopies' | 'import' | 'addAttachment' | 'files' | 'list' | 'get'
  >;
  /** For notes whose ids are lost. */
  newId(): string;
  announce(ids: string[]): void;
  /** Epoch ms. */
  now(): number;
  signal: AbortSignal;
  onProgress(done: number, total: number): void;
  /**
   * Told each time all files up to `result.done` are written: a restore may continue from there.
   */
  onWritten?(result: RestoreResult): void;
  /** Told of each note what became of it. */
  onOutcome?(path: string, outcome: Outcome): void;
  /** Yields to the page between files. */
  pause?(): Promise<void>;
}

/** What is done with what an archive holds. */
interface Sink {
  notes(batch: readonly BackedUpNote[]): Promise<readonly Merged[]>;
  foreign(path: string, content: Uint8Array<ArrayBuffer>): Promise<void>;
  image(image: ReadImage): Promise<void>;
  /** All of it was read. */
  end?(): Promise<void>;
}

const nothingYet = (): RestoreResult => ({
  added: 0,
  updated: 0,
  same: 0,
  kept: 0,
  skipped: [],
  remarks: [],
  cancelled: false,
  stopped: null,
  done: 0,
  total: 0,
});

/** Reads a whole backup and says what restoring it would do. Writes nothing. Never rejects. */
export async function compareBackup(
  archive: Blob | Archive,
  deps: RestoreDeps,
): Promise<RestoreResult> {
  const result = nothingYet();
  let here: Map<string, NoteMeta> | null = null;
  const sink: Sink = {
    notes: (batch) => deps.notes.compare(batch),
    async foreign(path, content) {
      here ??= new Map((await deps.notes.list()).map((note) => [note.path, note]));
      const decoded = await decodeFile(content);
      if (!decoded.ok) {
        result.skipped.push({ path, reason: decoded.reason });
        return;
      }
      const known = here.get(path);
      const isBytes = !known || known.hashKind === 'bytes';
      const decision = decide(known, await sha256(isBytes ? content : decoded.text));
      if (decision === 'create') result.added++;
      else if (decision === 'update') result.updated++;
      else if (decision === 'unchanged') result.same++;
      else result.kept++;
    },
    image: async () => {},
  };
  return walk(archive, deps, sink, result);
}

/**
 * Merges a backup into this workspace, by the ids of its notes; nothing of either side is lost.
 * Markdown files of another making are imported by their paths. Never rejects; cut off anywhere,
 * restoring the same file again completes it.
 * @param before a restore of the same archive that was cut off: it continues after `before.done`
 */
export async function restoreBackup(
  archive: Blob | Archive,
  deps: RestoreDeps,
  before?: Partial<RestoreResult>,
): Promise<RestoreResult> {
  const result = { ...nothingYet(), ...before, cancelled: false, stopped: null };
  const { notes, announce } = deps;
  /** Images by their paths: what is here is not replaced. */
  let here: Map<string, string> | null = null;
  const copies = copyKeeper(notes);
  return walk(
    archive,
    deps,
    {
      async notes(batch) {
        const merged = await notes.merge(batch);
        copies.met(batch, merged);
        const touched = merged.filter(
          ({ outcome }) => outcome === 'restored' || outcome === 'newer',
        );
        if (touched.length > 0) {
          announce(touched.map(({ id }) => id));
        }
        return merged;
      },
      foreign: (path, content) => importOne(path, content, deps, result),
      async image({ image: id, type, content, place }) {
        here ??= new Map((await notes.files()).map((file) => [file.path, file.attachment]));
        const known = place && here.get(place.path);
        const isOther = known !== undefined && known !== id;
        if (place && isOther) {
          result.remarks.push({ path: place.path, reason: W.restoreImageKept });
        }
        const file = { id, type, bytes: content, added: deps.now() };
        await notes.addAttachment(file, isOther ? undefined : place);
      },
      async end() {
        const touched = await copies.keep();
        if (touched.length > 0) announce(touched);
      },
    },
    result,
  );
}

/** More of the same would fail, too: it was cancelled, or storage is full or cannot be reached. */
const isLasting = (thrown: unknown): boolean =>
  /^(?:cancelled|storage-)/.test(toFindlingError(thrown).code);

async function walk(
  source: Blob | Archive,
  deps: RestoreDeps,
  sink: Sink,
  result: RestoreResult,
): Promise<RestoreResult> {
  const { pause = () => Promise.resolve() } = deps;
  const skip = (path: string, reason: string) => result.skipped.push({ path, reason });
  let batch: { path: string; note: BackedUpNote }[] = [];
  let units = 0;

  const count = (files: readonly { path: string }[], outcomes: readonly Merged[]): void => {
    for (const [i, { outcome }] of outcomes.entries()) {
      deps.onOutcome?.(files[i]!.path, outcome);
      if (outcome === 'restored') result.added++;
      else if (outcome === 'newer') result.updated++;
      else if (outcome === 'older') result.kept++;
      else result.same++;
    }
  };
  async function flush(): Promise<void> {
    const files = batch;
    batch = [];
    units = 0;
    if (files.length === 0) return;
    try {
      count(files, await sink.notes(files.map(({ note }) => note)));
    } catch (thrown) {
      if (isLasting(thrown)) throw thrown;
      // One of them cannot be kept: the others are not lost with it.
      for (const one of files) {
        const { path, note } = one;
        try {
          count([one], await sink.notes([note]));
        } catch (thrownAlone) {
          if (isLasting(thrownAlone)) throw thrownAlone;
          console.error(thrownAlone);
          skip(path, W.restoreSkip.failed);
        }
      }
    }
  }

  try {
    const archive = source instanceof Blob ? withoutTopFolder(await openArchive(source)) : source;
    if (!archive.whole) result.stopped = W.restoreDamagedList;
    const here = await deps.notes.list();
    const twinOf = twinFinder(here);
    const isKept = keptCopies(here);
    const reader = await readerOf(archive, deps, here);
    if (reader.isNewer && result.done === 0) {
      result.remarks.push({ path: MANIFEST, reason: W.restoreNewer });
    }
    const taken = new Set<string>();
    result.total = archive.files.length;
    let budgetBegan = performance.now();
    for (let at = result.done; at < archive.files.length; at++) {
      if (deps.signal.aborted) throw new FindlingError('cancelled');
      const file = archive.files[at]!;
      const read = await reader.read(file);
      if ('reason' in read) skip(file.path, read.reason);
      else if ('note' in read && isKept(read.note)) {
        result.same++;
        deps.onOutcome?.(file.path, 'same');
      } else if ('note' in read) {
        read.note.twin = twinOf(read.note);
        batch.push({ path: file.path, note: read.note });
        units += read.note.text.length;
        if (read.isLost) result.remarks.push({ path: file.path, reason: W.restoreRowLost });
      } else if ('image' in read) await sink.image(read);
      else if ('content' in read) {
        const reason = refusal(file, taken);
        if (reason) skip(file.path, reason);
        else await sink.foreign(file.path, read.content);
      }
      if (batch.length >= BATCH_NOTES || units >= BATCH_UNITS) await flush();
      if (batch.length === 0) {
        result.done = at + 1;
        deps.onWritten?.(result);
      }
      deps.onProgress(at + 1, archive.files.length);
      if (performance.now() - budgetBegan >= TIME_BUDGET_MS) {
        await pause();
        budgetBegan = performance.now();
      }
    }
    await flush();
    await sink.end?.();
    result.done = archive.files.length;
  } catch (thrown) {
    result.cancelled = isCode(thrown, 'cancelled');
    if (!result.cancelled) {
      // The part of it that could be read is kept.
      if (!isLasting(thrown)) await flush().catch(() => {});
      result.stopped = errorText(thrown);
    }
  }
  return result;
}

/** Why a Markdown file of another making is not imported: its path says which note it is. */
function refusal(file: ArchivedFile, taken: Set<string>): string | null {
  if (OUTWARD.test(file.path)) return W.restoreSkip.outward;
  if (file.renamed()) return W.restoreSkip.renamed;
  if (taken.has(file.path)) return W.restoreSkip.twice;
  taken.add(file.path);
  return null;
}

/** A file that is no note of ours: as if it were imported. */
async function importOne(
  path: string,
  content: Uint8Array<ArrayBuffer>,
  { notes, announce, signal }: RestoreDeps,
  result: RestoreResult,
): Promise<void> {
  const file = new File([content], fileOfPath(path));
  const one = await importFiles([{ path, file }], {
    notes: { import: notes.import },
    announce,
    now: () => performance.now(),
    signal,
  });
  result.added += one.imported;
  for (const skipped of one.skipped) {
    if (skipped.reason === SKIP.unchanged) result.same++;
    else result.skipped.push(skipped);
  }
  if (one.stopped) throw new FindlingError('storage-full');
}
