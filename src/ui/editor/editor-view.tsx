import { useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import type { Stretch } from '../../stretch.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { Icon } from '../core/parts/icons.tsx';
import { lazy } from '../core/parts/lazy.tsx';
import { go, noteHref, pageHref, replaceAddress } from '../core/router.ts';
import { isShortcut } from '../core/shortcuts.ts';
import { S, shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { offerUndo, undoable } from '../core/undo-stack.ts';
import { pinNotes } from '../notes/organise.ts';
import { removeWithUndo, restoreNote } from '../trash/remove-with-undo.ts';
import { Backlinks, Outline } from './beside/note-aside.tsx';
import { Related } from './beside/related.tsx';
import { useTextFacts } from './beside/use-text-facts.ts';
import {
  drop,
  keepDeleted,
  type OpenDraft,
  openDraft,
  releaseDraft,
  startDraft,
} from './drafts.ts';
import type { NoteField } from './fields/field.ts';
import { type OwnHistory, ownHistory } from './fields/own-history.ts';
import { byTouch } from './fields/touch.ts';
import { keepHistory, keptHistory } from './history.ts';
import { freshDraft } from './new-note.ts';
import { NoteText } from './note-text.tsx';
import { SaveStatus } from './save-status.tsx';
import { W } from './words.ts';

const OrganiseDialog = lazy(
  () => import('../notes/organise-dialog.tsx').then((part) => part.OrganiseDialog),
  null,
);
const Versions = lazy(() => import('./beside/versions.tsx').then((view) => view.Versions), null);
const Reading = lazy(() => import('./reading/reading.tsx').then((view) => view.Reading), null);

interface Props {
  id: string;
  at: [number, number] | null;
  /** A new note, which is not stored before something is typed. */
  fresh: boolean;
  /** Its title, where it was asked for by name. */
  title?: string;
  /** Shown to be read. */
  read?: boolean;
}

type Opened = { kind: 'loading' | 'missing' } | { kind: 'failed'; why: string } | OpenDraft;

export function EditorView({ id, at, fresh, title, read }: Props) {
  const ctx = useApp();
  const [opened, setOpened] = useState<Opened>(() => openDraft(id) ?? { kind: 'loading' });
  const [tries, setTries] = useState(0);

  useEffect(() => {
    let here = true;
    if ('autosave' in opened) return;
    Promise.all([ctx.notes.get(id), keptHistory(ctx, id)]).then(
      ([stored, history]) => {
        if (!here) return;
        const known = openDraft(id);
        if (known) setOpened(known);
        else if (stored || fresh) {
          const draft = stored ? startDraft(ctx, id, stored) : freshDraft(ctx, id, title);
          draft.history = history;
          setOpened(draft);
        } else setOpened({ kind: 'missing' });
      },
      (thrown) => {
        if (here) setOpened({ kind: 'failed', why: errorText(thrown) });
      },
    );
    return () => {
      here = false;
    };
  }, [id, tries]);

  if ('autosave' in opened) return <NoteForm draft={opened} at={at} fresh={fresh} read={read} />;
  if (opened.kind === 'loading') return <p class="quiet pad">{S.loading}</p>;
  if (opened.kind === 'failed') return <p role="alert">{opened.why}</p>;
  const restore = async () => {
    if (await restoreNote(ctx, id)) setTries(tries + 1);
  };
  return (
    <div class="page">
      <p>{W.noteMissing}</p>
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

/** Folder and tags, and the way to change them. */
function NotePlace({ meta }: { meta: NoteMeta | null }) {
  const [asking, setAsking] = useState(false);
  if (!meta) return <span class="note-place" />;
  const place = [meta.path, meta.tags.map((tag) => `#${tag}`).join(' ')].filter(Boolean);
  return (
    <span class="note-place">
      <button
        type="button"
        class="quiet"
        title={W.organise}
        aria-label={place.length > 0 ? `${W.organise}: ${place.join(', ')}` : undefined}
        onClick={() => setAsking(true)}
      >
        {place.length > 0 ? place.map((part) => <bdi key={part}>{part}</bdi>) : W.organise}
      </button>
      {asking && (
        <OrganiseDialog
          name={W.organise}
          notes={[meta]}
          folder
          tags
          onClose={() => setAsking(false)}
        />
      )}
    </span>
  );
}

function NoteForm({ draft, at, fresh, read = false }: { draft: OpenDraft } & Omit<Props, 'id'>) {
  const ctx = useApp();
  const { id, autosave } = draft;
  const title = useRef<HTMLTextAreaElement>(null);
  const titleHistory = useRef<OwnHistory | null>(null);
  const field = useRef<NoteField | null>(null);
  const reading = useRef<HTMLDivElement>(null);
  const deleting = useRef(false);
  const begun = useRef(fresh);
  /** A passage to be shown as soon as the field is there. */
  const wanted = useRef<[number, number] | null>(null);
  const [lit, setLit] = useState<[number, number] | null>(null);
  /** Where the focus was when the reading began. */
  const leftIn = useRef<'text' | 'elsewhere' | null>(null);
  /** What Ctrl+Z takes back while the note is read: each ends one. */
  const ticks = useRef<(() => void)[]>([]);
  /** Ends the offer to take back an earlier text that was put in. */
  const exchange = useRef<(() => void) | null>(null);
  const [, redraw] = useState(0);
  const [gone, setGone] = useState(false);
  const { facts, look } = useTextFacts();
  const meta = draft.meta.value;

  /** The fields are not Preact's: a long text is not compared with itself at every key. */
  const fill = (asStep = false) => {
    titleHistory.current?.show(autosave.draft.title, asStep);
    field.current?.show(autosave.draft.text, asStep);
    look(() => autosave.draft.text);
  };
  const endExchange = () => {
    exchange.current?.();
    exchange.current = null;
  };
  const edited = () => {
    draft.conflict.value = false;
    endExchange();
    autosave.edit({
      title: title.current?.value ?? '',
      text: field.current?.text() ?? autosave.draft.text,
    });
    look(() => autosave.draft.text);
    if (read) redraw((times) => times + 1);
  };
  const touched = (change: Stretch, tell: () => void) => {
    draft.conflict.value = false;
    endExchange();
    autosave.touch(change, tell);
  };
  /** Once: what is typed or pressed after that is not to be scrolled away from. */
  const reveal = () => {
    const made = field.current;
    if (!made || !wanted.current || read) return;
    made.reveal(...wanted.current);
    // Until the editor's code is there, another field stands in for it.
    if (made.history() !== undefined) wanted.current = null;
  };
  /** Of use the next time only if it ends where the stored text does. */
  const keepUndo = () => {
    const json = field.current?.history();
    if (json === undefined) return;
    draft.history = json === null ? null : { json, revision: autosave.revision };
    if (!autosave.dirty) keepHistory(ctx, id, draft.history);
  };

  useLayoutEffect(() => {
    draft.shown++;
    titleHistory.current = ownHistory(title.current!, () => edit.current());
    fill();
    look(() => autosave.draft.text, 0);
    if (!draft.meta.peek() && !autosave.draft.title) title.current?.focus();
    return () => releaseDraft(draft);
  }, [draft]);

  const endTicks = () => {
    for (const end of ticks.current.splice(0)) end();
  };
  useEffect(() => endTicks, []);

  const edit = useRef(edited);
  edit.current = edited;

  // The address has it once: a reload, or the way back, does not bring it again.
  useLayoutEffect(() => {
    if (!at) return;
    if (read) setLit(at);
    else wanted.current = at;
    replaceAddress(noteHref(id, { read }));
    reveal();
  }, [draft, at?.[0], at?.[1]]);

  useLayoutEffect(() => {
    const focused = document.activeElement;
    const nowhere = !focused || focused === document.body || focused === reading.current;
    if (read) {
      // What had the focus is out of sight now; the arrow keys scroll the text that is read.
      if (leftIn.current === 'text' || (leftIn.current && nowhere)) {
        reading.current?.focus({ preventScroll: true });
      }
      leftIn.current ??= 'elsewhere';
      return;
    }
    endTicks();
    const from = leftIn.current;
    leftIn.current = null;
    if (from && nowhere && (from === 'text' || !byTouch())) field.current?.focus();
  }, [read]);

  // Once stored, the address is that of any other note.
  useEffect(() => {
    if (fresh && meta) replaceAddress(noteHref(id, { read }));
  }, [fresh, meta === null]);

  useEffect(() => {
    if (draft.state.value.kind === 'saved') keepUndo();
  }, [draft.state.value.kind, meta?.revision]);

  // With the note itself: a key pressed as soon as it is seen must not be lost.
  useLayoutEffect(() => {
    // Whoever goes on by hand is not taken back to the passage.
    const goOn = () => {
      wanted.current = null;
    };
    const onKey = (event: KeyboardEvent) => {
      goOn();
      if (event.defaultPrevented || document.querySelector('dialog[open]')) return;
      if (isShortcut(event, 'read')) {
        event.preventDefault();
        toggleRead();
      } else if (!read && isShortcut(event, 'find') && field.current?.find()) {
        event.preventDefault();
      }
    };
    addEventListener('keydown', onKey);
    addEventListener('pointerdown', goOn);
    return () => {
      removeEventListener('keydown', onKey);
      removeEventListener('pointerdown', goOn);
    };
  });

  useSignalEffect(() => {
    const { lastChanged, notesVersion } = ctx.engine;
    notesVersion.value;
    if (lastChanged.value.includes(id)) void catchUp();
  });

  /** Another tab, an import or an Undo may have changed or deleted this note. */
  async function catchUp(): Promise<void> {
    const now = await ctx.notes.metas([id]).then(
      ([one]) => one,
      () => null,
    );
    if (now === null || deleting.current) return;
    if (!now) {
      if (draft.meta.peek() && !autosave.dirty) setGone(true);
      return;
    }
    setGone(false);
    if (draft.state.peek().kind === 'deleted') {
      // Brought back where it was deleted: what was typed here goes on top of it.
      await keepDeleted(ctx, draft).catch((thrown) => toast(errorText(thrown)));
      return;
    }
    // With something unsaved, saving meets the other text and keeps both.
    if (autosave.dirty) return;
    draft.meta.value = now;
    // Mostly it is this tab's own save: a long text is not read again for that.
    if (now.revision === autosave.revision) return;
    const stored = await ctx.notes.get(id).catch(() => null);
    if (!stored || autosave.dirty || stored.meta.revision === autosave.revision) return;
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

  /** The offer to undo it goes with the next change: it takes back the exchange and nothing else. */
  const replaceText = (next: { title: string; text: string }) => {
    const before = autosave.draft;
    const put = (draft: { title: string; text: string }) => {
      endExchange();
      autosave.edit(draft);
      fill(true);
    };
    put(next);
    exchange.current = offerUndo(ctx, W.versionUsed, async () => {
      const { title: shownTitle, text } = autosave.draft;
      if (shownTitle !== next.title || text !== next.text) return false;
      put(before);
      return true;
    });
  };

  /** The note was deleted elsewhere while this was typed. */
  const keep = async () => {
    try {
      await keepDeleted(ctx, draft);
      await autosave.flush();
      ctx.engine.announce([id]);
    } catch (thrown) {
      toast(errorText(thrown));
    }
  };
  const giveUp = () => {
    drop(draft);
    go(pageHref('notes'));
  };

  const toggleRead = () => {
    void autosave.flush();
    keepUndo();
    if (!read) leftIn.current = field.current?.hasFocus() ? 'text' : 'elsewhere';
    replaceAddress(noteHref(id, { read: !read, fresh: fresh && !meta }));
  };
  const toggleTask = (at: number) => {
    const { title: same, text } = autosave.draft;
    const done = /^\[[xX]\]/.test(text.slice(at, at + 3));
    const next = `${text.slice(0, at + 1)}${done ? ' ' : 'x'}${text.slice(at + 2)}`;
    endExchange();
    autosave.edit({ title: same, text: next });
    fill(true);
    look(() => next, 0);
    // In the text's own history, where Ctrl+Z finds it later too.
    ticks.current.push(undoable(ctx, async () => field.current?.undo() ?? false));
  };
  const goTo = (heading: { at: number; text: string }, index: number) => {
    if (!read) {
      field.current?.reveal(heading.at, heading.at);
      return;
    }
    const target = reading.current?.querySelectorAll<HTMLElement>('[data-heading]')[index];
    target?.scrollIntoView({ block: 'start' });
    target?.focus({ preventScroll: true });
  };

  return (
    <div class="editor">
      <div class="sheet">
        <div class="editor-bar">
          <NotePlace meta={meta} />
          <span class="quiet note-length">{facts.length}</span>
          <SaveStatus state={draft.state} />
          {meta && (
            <button
              type="button"
              class="icon-button"
              aria-label={S.pin}
              aria-pressed={meta.pinned}
              title={meta.pinned ? S.unpin : S.pin}
              onClick={() => void pinNotes(ctx, [meta], !meta.pinned)}
            >
              <Icon name="pin" />
            </button>
          )}
          <button
            type="button"
            class="button small bare"
            aria-pressed={read}
            // The caret stays where it is, to be found there again.
            onMouseDown={(event) => event.preventDefault()}
            onClick={toggleRead}
          >
            {W.read}
          </button>
          <button type="button" class="button small danger" disabled={gone} onClick={remove}>
            {W.deleteNote}
          </button>
        </div>
        {gone && (
          <p class="banner" role="alert">
            {W.deletedElsewhere}{' '}
            <button type="button" class="link" onClick={() => void restoreNote(ctx, id)}>
              {S.restore}
            </button>
          </p>
        )}
        {draft.state.value.kind === 'deleted' && (
          <div class="banner" role="alert">
            <p>{W.deletedWhileTyping}</p>
            <p class="ways">
              <button type="button" class="button small primary" onClick={keep}>
                {W.keepDeleted}
              </button>
              <button type="button" class="button small" onClick={giveUp}>
                {W.giveUpDeleted}
              </button>
            </p>
          </div>
        )}
        {draft.conflict.value && (
          <p class="banner" role="status">
            {W.conflict}
          </p>
        )}
        <h1 class="hidden" dir="auto">
          {shown(meta?.title ?? '')}
        </h1>
        <textarea
          ref={title}
          class="title-field"
          rows={1}
          aria-label={W.title}
          placeholder={W.title}
          dir="auto"
          autocomplete="off"
          readOnly={gone || read}
          onInput={(event) => {
            const { currentTarget: field } = event;
            // A title is one line, however many it takes to show it.
            if (/[\r\n]/.test(field.value)) field.value = field.value.replace(/\s*[\r\n]\s*/g, ' ');
            edited();
          }}
          onBlur={() => void autosave.flush()}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.isComposing) return;
            event.preventDefault();
            field.current?.focus();
          }}
        />
        {read && (
          <div ref={reading} class="reading-host" tabIndex={-1}>
            <Reading text={autosave.draft.text} lit={lit} onTask={gone ? undefined : toggleTask} />
          </div>
        )}
        <NoteText
          start={() => ({
            text: autosave.draft.text,
            history: draft.history?.revision === autosave.revision ? draft.history.json : null,
          })}
          readOnly={gone}
          hidden={read}
          onInput={edited}
          onTouch={touched}
          onBlur={() => void autosave.flush()}
          onReady={(made) => {
            if (!made) keepUndo();
            field.current = made;
            if (!made) return;
            reveal();
            // A new note that has its title already waits for its text.
            if (begun.current && autosave.draft.title) made.focus();
            begun.current = false;
          }}
        />
      </div>
      <aside class="beside">
        <Outline headings={facts.headings} onGo={goTo} />
        {meta && <Backlinks note={meta} />}
        {meta && <Related id={id} revision={meta.revision} />}
        {meta && <Versions id={id} revision={meta.revision} onUse={replaceText} />}
      </aside>
    </div>
  );
}
