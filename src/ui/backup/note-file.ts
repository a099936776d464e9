import { isWide } from '../../encodings.ts';
import type { FileFacts, NoteMeta } from '../../storage/notes/index.ts';
import { decodeAs, decodeText } from '../import/decode.ts';
import { encodeText } from '../import/encode.ts';
import type { Edit } from './edits.ts';
import { replaceAll } from './edits.ts';
import { withOurKeys } from './our-keys.ts';

type Bytes = Uint8Array<ArrayBuffer>;

/** A note as a file. */
export interface NoteFile {
  bytes: Bytes;
  /** How its text is written there. */
  facts: FileFacts;
  /** What its text has there that the note has not; the last is taken back first. */
  steps: Edit[][];
  /** Its encoding could not hold every character: this one does. */
  other?: 'UTF-8' | 'UTF-16';
}

export interface NoteParts {
  meta: NoteMeta;
  text: string;
  /** The file as it came, while the text is that of the file (`meta.file.kept`). */
  original?: ArrayBuffer;
}

/**
 * THE way to write a note's file: as it came; of a text that was changed here in its own encoding, with
 * its own line ends. It gets a key only for what a person set here.
 * @param path of the file
 * @param pointTo where an attachment's file lies, seen from this one; null for one that is not there
 */
export function noteFile(
  { meta, text, original }: NoteParts,
  path: string,
  pointTo: (id: string) => string | null,
): NoteFile {
  if (meta.file?.kept && original) {
    return { bytes: new Uint8Array(original), facts: meta.file, steps: [] };
  }
  const pointed = replaceAll(text, /attachment:([0-9a-f]{64})/g, ([, id]) => pointTo(id!));
  const keyed = withOurKeys(meta, pointed.text, path);
  const steps = [pointed.edits, keyed.edits].filter((edits) => edits.length > 0);
  return { ...written(keyed.text, meta.file ?? {}), steps };
}

/** A text in its own encoding, or in the nearest that holds all of it. */
function written(text: string, known: FileFacts): Omit<NoteFile, 'steps'> {
  const { encoding, mark, lineEnds } = known;
  const facts: FileFacts = {
    ...(encoding && { encoding }),
    ...(mark && { mark }),
    ...(lineEnds && { lineEnds }),
  };
  const lines: FileFacts = lineEnds ? { lineEnds } : {};
  const ways: FileFacts[] = [
    facts,
    { ...facts, mark: true },
    lines,
    { ...lines, mark: true },
    {},
    { encoding: 'utf-16le', mark: true },
  ];
  const found = ways.find((way) => isReadAgain(text, way)) ?? ways.at(-1)!;
  const other = found.encoding === encoding ? undefined : found.encoding ? 'UTF-16' : 'UTF-8';
  return { bytes: encodeText(text, found)!, facts: found, ...(other && { other }) };
}

/** Whether a text, written so, is the same text to whoever reads it. */
function isReadAgain(text: string, facts: FileFacts): boolean {
  const { encoding } = facts;
  const isOld = encoding !== undefined && !isWide(encoding);
  if (facts.mark && isOld) return false;
  const isPlain = !facts.encoding && !facts.lineEnds && !facts.mark;
  if (isPlain) return text.isWellFormed() && !text.startsWith('\ufeff');
  const bytes = encodeText(text, facts);
  if (!bytes || decodeAs(bytes, facts) !== text) return false;
  if (!encoding || facts.mark || (isOld && encoding !== 'windows-1252')) return true;
  // Without a mark its encoding is guessed.
  const guessed = decodeText(bytes);
  return guessed.ok && guessed.text === text;
}
