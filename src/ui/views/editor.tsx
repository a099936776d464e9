import { useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useApp } from '../context.ts';
import { drop, type OpenDraft, openDraft, releaseDraft, startDraft } from '../editor/drafts.ts';
import { revealRange } from '../editor/reveal.ts';
import { removeWithUndo, restoreNote } from '../editor/undo.ts';
import { errorText } from '../errors-text.ts';
import { go, noteHref, pageHref, replaceAddress } from '../router.ts';
import { S } from '../strings.ts';
import { toast } from '../toasts.tsx';
import { Related } from './related.tsx';
import { SaveStatus } from './save-status.tsx';
import { Versions } from './versions.tsx';

interface Props {
  id: string;
  at: [number, number] | null;
  /** A new note, which is not stored before something is typed. */
  fresh: boolean;
}

type Opened = { kind: 'loading' | 'missing' } | { kind: 'failed'; why: string } | OpenDraft;

export function EditorView({ id, at, fresh }: Props) {
  const ctx = useApp();
  const [opened, setOpened] = useState<Opened>(() => openDraft(id) ?? { kind: 'loading' });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let here = true;
    if ('autosave' in opened) return;
    ctx.notes.get(id).then(
      (stored) => {
        if (!here) return;
        const known = openDraft(id);
        if (known) setOpened(known);
        else if (stored || fresh) setOpened(startDraft(ctx, id, stored ?? null));
        else setOpened({ kind: 'missing' });
      },
      (thrown) => {
        if (here) setOpened({ kind: 'failed', why: errorText(thrown) });
      },
    );
    return () => {
      here = false;
    };
  }, [id, tries]);

  if ('autosave' in opened) return <NoteForm draft={opened} at={at} fresh={fresh} />;
  if (opened.kind === 'loading') return <p class="quiet pad">{S.loading}</p>;
  if (opened.kind === 'failed') return <p role="alert">{opened.why}</p>;
  const restore = async () => {
    if (await restoreNote(ctx, id)) setTries(tries + 1);
  };
  return (
    <div class="page">
      <p>{S.noteMissing}</p>
      <p class="ways">
        <button type="button" class="button" onClick={restore}>
          {S.restore}
        </button>
        <a class="button" href={pageHref('notes')}>
          {S.backToNotes}
        </a>
      </p>
    </div>
  );
}

function NoteForm({ draft, at, fresh }: { draft: OpenDraft } & Omit<Props, 'id'>) {
  const ctx = useApp();
  const { id, autosave } = draft;
  const title = useRef<HTMLInputElement>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const deleting = useRef(false);
  const [gone, setGone] = useState(false);
  const meta = draft.meta.value;

  /** The fields are not Preact's: a long text is not compared with itself at every key. */
  const fill = () => {
    const { selectionStart = 0, selectionEnd = 0 } = text.current ?? {};
    if (title.current) title.current.value = autosave.draft.title;
    if (text.current && text.current.value !== autosave.draft.text) {
      text.current.value = autosave.draft.text;
      text.current.setSelectionRange(selectionStart, selectionEnd);
    }
  };
  const edited = () => {
    draft.conflict.value = false;
    autosave.edit({ title: title.current?.value ?? '', text: text.current?.value ?? '' });
  };

  useLayoutEffect(() => {
    draft.shown++;
    fill();
    text.current?.setSelectionRange(0, 0);
    if (!draft.meta.peek()) title.current?.focus();
    return () => releaseDraft(draft);
  }, [draft]);

  useLayoutEffect(() => {
    if (at && text.current) revealRange(text.current, at[0], at[1]);
  }, [draft, at?.[0], at?.[1]]);

  // Once stored, the address is that of any other note.
  useEffect(() => {
    if (fresh && meta) replaceAddress(noteHref(id));
  }, [fresh, meta === null]);

  useSignalEffect(() => {
    const { lastChanged, notesVersion } = ctx.engine;
    notesVersion.value;
    if (lastChanged.value.includes(id)) void catchUp();
  });

  /** Another tab, an import or an Undo may have changed or deleted this note. */
  async function catchUp(): Promise<void> {
    const stored = await ctx.notes.get(id).catch(() => null);
    if (stored === null || deleting.current) return;
    if (!stored) {
      if (draft.meta.peek() && !autosave.dirty) setGone(true);
      return;
    }
    setGone(false);
    // With something unsaved, saving meets the other text and keeps both.
    if (autosave.dirty || stored.meta.revision === autosave.revision) return;
    draft.meta.value = stored.meta;
    autosave.rebase({ title: stored.meta.title, text: stored.text }, stored.meta.revision);
    fill();
  }

  async function remove(): Promise<void> {
    deleting.current = true;
    // With its last words: Undo brings back what stood here.
    await autosave.flush();
    const stored = draft.meta.peek();
    if (stored && !(await removeWithUndo(ctx, stored))) {
      deleting.current = false;
      return;
    }
    drop(draft);
    go(pageHref('notes'));
  }

  const replaceText = (next: { title: string; text: string }) => {
    const before = autosave.draft;
    autosave.edit(next);
    fill();
    toast(S.versionUsed, {
      label: S.undo,
      run: () => {
        autosave.edit(before);
        fill();
      },
    });
  };

  return (
    <div class="editor">
      <div class="sheet">
        <div class="editor-bar">
          <span class="quiet note-place" dir="auto">
            {[meta?.path, meta?.tags.map((tag) => `#${tag}`).join(' ')].filter(Boolean).join('  ')}
          </span>
          <SaveStatus state={draft.state} />
          <button type="button" class="button small danger" disabled={gone} onClick={remove}>
            {S.deleteNote}
          </button>
        </div>
        {gone && (
          <p class="banner" role="alert">
            {S.deletedElsewhere}{' '}
            <button type="button" class="link" onClick={() => void restoreNote(ctx, id)}>
              {S.restore}
            </button>
          </p>
        )}
        {draft.conflict.value && (
          <p class="banner" role="status">
            {S.conflict}
          </p>
        )}
        <input
          ref={title}
          class="title-field"
          type="text"
          aria-label={S.title}
          placeholder={S.title}
          dir="auto"
          autocomplete="off"
          readOnly={gone}
          onInput={edited}
          onBlur={() => void autosave.flush()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            text.current?.focus();
          }}
        />
        <textarea
          ref={text}
          class="text-field"
          aria-label={S.note}
          dir="auto"
          readOnly={gone}
          onInput={edited}
          onBlur={() => void autosave.flush()}
        />
      </div>
      <aside class="beside">
        {meta && <Related id={id} revision={meta.revision} />}
        {meta && <Versions id={id} revision={meta.revision} onUse={replaceText} />}
      </aside>
    </div>
  );
}
