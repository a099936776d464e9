import { FindlingError, isCode } from '../../errors.ts';
import { sha256 } from '../../sha256.ts';
import type { BackedUpNote, Notes } from '../../storage/notes/index.ts';
import { IMAGE_LIMIT } from '../editor/images.ts';
import { errorText } from '../errors-text.ts';
import { bytes } from '../format.ts';
import { importFiles, type Skipped } from '../import/importer.ts';
import { S } from '../strings.ts';
import { readBackedUpNote } from './read-note.ts';
import { unzipped } from './zip.ts';

/** More is no note, bytes. */
const NOTE_LIMIT = 64 * 1024 * 1024;
const BATCH_NOTES = 16;
const BATCH_UNITS = 2 * 1024 * 1024;
const NOTE = /\.(?:md|markdown|txt)$/i;
const IMAGE = /(?:^|\/)attachments\/([0-9a-f]{64})\.(png|jpg|gif|webp|avif)$/;

export interface RestoreResult {
  /** Notes that were not here. */
  added: number;
  /** Notes whose text in the backup was the later one. */
  updated: number;
  same: number;
  /** Notes that had been changed here later. */
  kept: number;
  skipped: Skipped[];
  cancelled: boolean;
  /** Why it had to stop, as a sentence. What was restored by then stays. */
  stopped: string | null;
}

export interface RestoreDeps {
  notes: Pick<Notes, 'merge' | 'import' | 'addAttachment'>;
  announce(ids: string[], options: { urgent: boolean }): void;
  /** Epoch ms. */
  now(): number;
  signal: AbortSignal;
  onProgress(read: number): void;
}

/**
 * Merges a backup into this workspace, by the ids of its notes; no text of either side is lost.
 * Markdown files of another making are imported by their paths. Never rejects; cut off anywhere,
 * restoring the same file again completes it.
 */
export async function restoreBackup(archive: Blob, deps: RestoreDeps): Promise<RestoreResult> {
  const result: RestoreResult = {
    added: 0,
    updated: 0,
    same: 0,
    kept: 0,
    skipped: [],
    cancelled: false,
    stopped: null,
  };
  let read = 0;
  let batch: BackedUpNote[] = [];
  let units = 0;

  async function write(): Promise<void> {
    const notes = batch;
    batch = [];
    units = 0;
    if (notes.length === 0) return;
    const outcomes = await deps.notes.merge(notes);
    const touched: string[] = [];
    for (const [i, outcome] of outcomes.entries()) {
      if (outcome === 'restored') result.added++;
      else if (outcome === 'newer') result.updated++;
      else if (outcome === 'older') result.kept++;
      else result.same++;
      if (outcome === 'restored' || outcome === 'newer') touched.push(notes[i]!.id);
    }
    if (touched.length > 0) deps.announce(touched, { urgent: true });
  }

  try {
    const wanted = (path: string): number | null => {
      if (path.endsWith('/')) return null;
      if (NOTE.test(path)) return NOTE_LIMIT;
      if (IMAGE.test(path)) return IMAGE_LIMIT;
      result.skipped.push({ path, reason: S.restoreSkip.type });
      return null;
    };
    for await (const { path, content } of unzipped(archive, wanted)) {
      if (deps.signal.aborted) throw new FindlingError('cancelled');
      const image = IMAGE.exec(path);
      if (!content) {
        const limit = bytes(image ? IMAGE_LIMIT : NOTE_LIMIT);
        result.skipped.push({ path, reason: S.restoreSkip.large(limit) });
      } else if (image) {
        if (!(await keepImage(deps, image, content))) {
          result.skipped.push({ path, reason: S.restoreSkip.damaged });
        }
      } else {
        const text = textOf(content);
        const note = text === null ? null : readBackedUpNote(text, deps.now());
        if (text === null) result.skipped.push({ path, reason: S.restoreSkip.text });
        else if (note) {
          batch.push(note);
          units += note.text.length;
        } else await importOne(path, content, deps, result);
        deps.onProgress(++read);
        if (batch.length >= BATCH_NOTES || units >= BATCH_UNITS) await write();
      }
    }
    await write();
  } catch (thrown) {
    // The part of it that could be read is kept.
    if (!isCode(thrown, 'cancelled') && !isCode(thrown, 'storage-full')) {
      await write().catch(() => {});
    }
    result.cancelled = isCode(thrown, 'cancelled');
    if (!result.cancelled) result.stopped = errorText(thrown);
  }
  return result;
}

function textOf(content: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    return null;
  }
}

async function keepImage(
  { notes, now }: RestoreDeps,
  [, id, ending]: RegExpExecArray,
  content: Uint8Array,
): Promise<boolean> {
  const own = content.slice().buffer;
  if ((await sha256(own)) !== id) return false;
  const type = `image/${ending === 'jpg' ? 'jpeg' : ending}`;
  await notes.addAttachment({ id, type, bytes: own, added: now() });
  return true;
}

/** A file that is no note of ours: as if it were imported. */
async function importOne(
  path: string,
  content: Uint8Array,
  { notes, announce, signal }: RestoreDeps,
  result: RestoreResult,
): Promise<void> {
  const file = new File([content.slice()], path.slice(path.lastIndexOf('/') + 1));
  const one = await importFiles([{ path, file }], {
    notes,
    announce,
    now: () => performance.now(),
    signal,
  });
  result.added += one.imported;
  for (const skipped of one.skipped) {
    if (skipped.reason === S.skip.unchanged) result.same++;
    else result.skipped.push(skipped);
  }
  if (one.stopped) throw new FindlingError('storage-full');
}
