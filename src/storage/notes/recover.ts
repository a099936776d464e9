import { applyChange, type TextChange } from '../../text-change.ts';
import { draftHash } from '../../text-hash.ts';
import type { WorkspaceDb } from '../db.ts';
import type { NoteMeta, Writer } from '../schema.ts';
import { SAVE_STORES, type SaveTx, saveIn } from './save.ts';
import { versionOf } from './version-of.ts';

/** What was typed in a tab and not saved there, as the journal has it. */
export interface UnsavedDraft {
  note: string;
  /** The tab, and the number of the last key. */
  by: Writer;
  title: string;
  /** The whole text; null where it was too long to be written at every key. */
  text: string | null;
  /**
   * What may be stored that it grew from: the text last saved, and the one that was being saved.
   * `hash` is `draftHash` of it; `change` leads from it to the text, where `text` is null.
   */
  bases: { revision: number; hash: string; change: TextChange | null }[];
}

export type Recovered =
  /** It is the note's text now. */
  | { kind: 'saved'; meta: NoteMeta; text: string }
  /** It was stored already, or a later text of the same tab was. */
  | { kind: 'known' }
  /** The note has another text by now: this one is kept beside it. */
  | { kind: 'version' }
  /** There is no such note: nothing was written, the person decides. */
  | { kind: 'found'; title: string; text: string };

/**
 * Takes up what a tab left unsaved, in one strict transaction. It becomes the note's text only
 * where the stored one is exactly what it grew from: an entry may be older than what was saved
 * after it.
 */
export async function recoverDraft(
  db: WorkspaceDb,
  draft: UnsavedDraft,
  { now }: { now: () => number },
): Promise<Recovered> {
  const tx = db.transaction([...SAVE_STORES, 'trash'], 'readwrite', { durability: 'strict' });
  const result = await recoverIn(tx as unknown as RecoverTx, draft, now());
  await tx.done;
  return result;
}

type RecoverTx = SaveTx & {
  objectStore(name: 'trash'): {
    get(id: string): Promise<{ meta: NoteMeta; text: string } | undefined>;
  };
};

async function recoverIn(tx: RecoverTx, draft: UnsavedDraft, at: number): Promise<Recovered> {
  const { note: id, title, by } = draft;
  const meta = await tx.objectStore('notes').get(id);
  const body = meta && (await tx.objectStore('bodies').get(id));
  const trashed = meta ? undefined : await tx.objectStore('trash').get(id);
  const stored = meta ? { meta, text: body?.text ?? '' } : trashed;
  if (stored && isLater(stored.meta, by)) return { kind: 'known' };
  const { base, text } = textOf(draft, stored);
  if (stored && stored.meta.title === title && stored.text === text) return { kind: 'known' };
  if (meta && base === undefined) {
    const versions = tx.objectStore('versions');
    const kept = await versions.index('note').getAll(id);
    if (kept.some((one) => one.title === title && one.text === text)) return { kind: 'known' };
    await versions.add({
      ...versionOf(meta, text),
      note: id,
      title,
      at,
      why: 'found',
      tab: by.tab,
    });
    return { kind: 'version' };
  }
  if (trashed || base === undefined) return { kind: 'found', title, text };
  const saved = await saveIn(tx, { id, title, text, baseRevision: base, by }, at);
  return saved ? { kind: 'saved', meta: saved.meta, text } : { kind: 'found', title, text };
}

/** Whether what is stored is by the same tab, and not older. */
const isLater = ({ savedBy }: NoteMeta, { tab, seq }: Writer): boolean =>
  savedBy?.tab === tab && savedBy.seq >= seq;

/**
 * The draft's text, and the revision that it grew from if that is what is stored. Where the whole
 * text is not known, and no base fits, it is what was typed.
 */
function textOf(
  { text, bases }: UnsavedDraft,
  stored: { meta: NoteMeta; text: string } | undefined,
): { base: number | undefined; text: string } {
  const now = stored ?? { meta: { revision: 0, title: '' }, text: '' };
  const hash = draftHash(now.meta.title, now.text);
  for (const base of bases) {
    if (base.revision !== now.meta.revision || base.hash !== hash) continue;
    const whole = text ?? (base.change && applyChange(now.text, base.change));
    if (whole !== null) return { base: base.revision, text: whole };
  }
  return { base: undefined, text: text ?? bases[0]?.change?.insert ?? '' };
}
