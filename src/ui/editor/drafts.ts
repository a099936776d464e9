import { type Signal, signal } from '@preact/signals';
import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../core/context.ts';
import { go, noteHref } from '../core/router.ts';
import { shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { Autosave, type Draft, type SaveState } from './autosave.ts';
import { actsAtRisk } from './journal/acts.ts';
import { W } from './words.ts';

/** A note that is open, or was and is not saved yet. */
export interface OpenDraft {
  id: string;
  autosave: Autosave;
  state: Signal<SaveState>;
  /** As last stored; null for a note that is not. */
  meta: Signal<NoteMeta | null>;
  /** Whether the last save met another tab's. */
  conflict: Signal<boolean>;
  /** The editor's undo history, of `revision`; null when none was kept. */
  history: { json: string; revision: number } | null;
  /** Editors that show it. */
  shown: number;
}

/** Outlives the editor, so that a text which could not be saved is still there on return. */
const drafts = new Map<string, OpenDraft>();

/** The draft of a note that is open, or was left before it was durable. */
export const openDraft = (id: string): OpenDraft | undefined => drafts.get(id);

/** Texts of all notes that are open, or not saved yet. */
export const openTexts = (): string[] =>
  [...drafts.values()].map(({ autosave }) => autosave.draft.text);

/**
 * Begins a note's draft, which other views of this tab share.
 * @param stored null: not stored yet
 * @param newPath where it will lie then; '' for no folder
 */
export function startDraft(
  { notes, engine, journal }: AppContext,
  id: string,
  stored: { meta: NoteMeta; text: string } | null,
  newPath = '',
): OpenDraft {
  const meta = signal(stored?.meta ?? null);
  const conflict = signal(false);
  const initial: Draft = { title: stored?.meta.title ?? '', text: stored?.text ?? '' };
  const state = signal<SaveState>({ kind: stored ? 'saved' : 'empty' });
  const autosave = new Autosave(
    {
      async save(draft, baseRevision, seq) {
        // Of use where the note is made, or made again: otherwise what is stored stays.
        const { path = newPath, tags, pinned, created } = meta.value ?? {};
        const by = { tab: journal.tab, seq };
        const made = { path, tags, pinned, created };
        const result = await notes.save({ id, ...draft, ...made, baseRevision, by });
        meta.value = result.meta;
        return {
          revision: result.meta.revision,
          changed: result.changed,
          conflict: result.conflict,
        };
      },
      schedule(run, ms) {
        const timer = setTimeout(run, ms);
        return () => clearTimeout(timer);
      },
      now: () => performance.now(),
      journal: {
        next: journal.next,
        write: (unsaved) => journal.write(notes.workspace, id, unsaved),
        clear: () => journal.clear(notes.workspace, id),
      },
      onState(next) {
        state.value = next;
        if (next.kind === 'saved' && draft.shown === 0) drop(draft);
      },
      onSaved(saved) {
        if (saved.conflict) conflict.value = true;
        if (!saved.changed) return;
        engine.noteSaved(id);
        if (saved.conflict && draft.shown === 0) toast(W.conflict);
      },
    },
    initial,
    stored?.meta.revision ?? 0,
  );
  const draft: OpenDraft = { id, autosave, state, meta, conflict, history: null, shown: 0 };
  drafts.set(id, draft);
  return draft;
}

/** Its editor is gone: saves what is left, and forgets the draft once that is durable. */
export function releaseDraft(draft: OpenDraft): void {
  draft.shown--;
  if (draft.shown > 0) return;
  void draft.autosave.flush().then(() => {
    if (draft.shown > 0) return;
    if (!draft.autosave.dirty) drop(draft);
    else if (draft.state.peek().kind === 'deleted') sayDeleted(draft);
  });
}

/** What was typed is kept, and not saved: the person is told once the note is left. */
function sayDeleted({ id, autosave }: OpenDraft): void {
  toast(W.leftDeleted(shown(autosave.draft.title)), {
    label: W.openNote,
    run: () => go(noteHref(id)),
  });
}

/**
 * The note that was deleted elsewhere comes back, with what was typed since.
 * @throws FindlingError when it cannot be read or written
 */
export async function keepDeleted({ notes }: AppContext, draft: OpenDraft): Promise<void> {
  const restored = await notes.restore(draft.id);
  const stored = await notes.get(draft.id);
  if (restored) draft.meta.value = restored;
  const { title = '', revision = 0 } = stored?.meta ?? {};
  draft.autosave.back(stored ? { title, text: stored.text, revision } : null);
}

/** Forgets a draft at once, as for a note that was deleted. */
export function drop(draft: OpenDraft): void {
  draft.autosave.giveUp();
  if (drafts.get(draft.id) === draft) drafts.delete(draft.id);
}

/** Saves all that is open and forgets it; false when something could not be saved: it stays. */
export async function saveAllDrafts(): Promise<boolean> {
  const all = [...drafts.values()];
  await Promise.all(all.map(({ autosave }) => autosave.flush()));
  if (all.some(({ autosave }) => autosave.dirty)) return false;
  for (const draft of all) drop(draft);
  return true;
}

/** Those whose text is not durable. */
export const unsavedDrafts = (): OpenDraft[] =>
  [...drafts.values()].filter(({ autosave }) => autosave.dirty);

/** Saves again what is open: it is all that a cleared storage has left. */
export function draftsLost(): void {
  for (const { autosave } of drafts.values()) autosave.lost();
}

/** Saves what can be saved, before this page may no longer save. */
export const flushDrafts = (): Promise<unknown> =>
  Promise.all([...drafts.values()].map(({ autosave }) => autosave.flush()));

/** Whether something that was typed would be lost, or waits for a decision. */
const mustAsk = ({ autosave }: OpenDraft): boolean =>
  autosave.atRisk || autosave.state.kind === 'failed' || autosave.state.kind === 'deleted';

const flushAll = (): void => {
  for (const { autosave } of drafts.values()) void autosave.flush();
};

globalThis.addEventListener?.('pagehide', flushAll);
globalThis.document?.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') flushAll();
});
globalThis.addEventListener?.('beforeunload', (event) => {
  flushAll();
  // What stands in the journal is there the next time: only the rest is worth a question.
  if (actsAtRisk() || [...drafts.values()].some(mustAsk)) event.preventDefault();
});
