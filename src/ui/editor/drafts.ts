import { type Signal, signal } from '@preact/signals';
import type { NoteMeta } from '../../storage/notes/index.ts';
import type { AppContext } from '../context.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { Autosave, type Draft, type SaveState } from './autosave.ts';

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

export const openDraft = (id: string): OpenDraft | undefined => drafts.get(id);

/** Texts of all notes that are open, or not saved yet. */
export const openTexts = (): string[] =>
  [...drafts.values()].map(({ autosave }) => autosave.draft.text);

export function startDraft(
  { notes, engine }: AppContext,
  id: string,
  stored: { meta: NoteMeta; text: string } | null,
): OpenDraft {
  const meta = signal(stored?.meta ?? null);
  const conflict = signal(false);
  const initial: Draft = { title: stored?.meta.title ?? '', text: stored?.text ?? '' };
  const state = signal<SaveState>({ kind: stored ? 'saved' : 'empty' });
  const autosave = new Autosave(
    {
      async save(draft, baseRevision) {
        const { path, tags } = meta.value ?? {};
        const result = await notes.save({ id, ...draft, baseRevision, path, tags });
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
      onState(next) {
        state.value = next;
        if (next.kind === 'saved' && draft.shown === 0) drop(draft);
      },
      onSaved(saved) {
        if (saved.conflict) conflict.value = true;
        if (!saved.changed) return;
        engine.announce([id]);
        engine.tryEnqueue({ note: id });
        if (saved.conflict && draft.shown === 0) toast(S.conflict);
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
    if (draft.shown === 0 && !draft.autosave.dirty) drop(draft);
  });
}

/** Forgets a draft at once, as for a note that was deleted. */
export function drop(draft: OpenDraft): void {
  draft.autosave.dispose();
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

/** Saves anew what is open: it is all that a cleared storage has left. */
export function draftsLost(): void {
  for (const { autosave } of drafts.values()) autosave.lost();
}

/** Saves what can be saved, before this page may no longer save. */
export const flushDrafts = (): Promise<unknown> =>
  Promise.all([...drafts.values()].map(({ autosave }) => autosave.flush()));

const flushAll = (): void => {
  for (const { autosave } of drafts.values()) void autosave.flush();
};

globalThis.addEventListener?.('pagehide', flushAll);
globalThis.document?.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') flushAll();
});
globalThis.addEventListener?.('beforeunload', (event) => {
  const unsaved = [...drafts.values()].some(({ autosave }) => autosave.state.kind === 'failed');
  flushAll();
  if (unsaved) event.preventDefault();
});
