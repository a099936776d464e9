import { useSignalEffect } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { mayBeCopy } from '../../may-be-copy.ts';
import type { TextChange } from '../../text-change.ts';
import { useApp } from '../core/context.ts';
import { errorText } from '../core/errors-text.ts';
import { lazy } from '../core/parts/lazy.tsx';
import { go, noteHref, pageHref, replaceAddress } from '../core/router.ts';
import { isShortcut } from '../core/shortcuts.ts';
import { shown } from '../core/strings.ts';
import { toast } from '../core/toasts.tsx';
import { offerUndo, undoable } from '../core/undo-stack.ts';
import { removeWithUndo } from '../trash/remove-with-undo.ts';
import { Outline } from './beside/outline-list.tsx';
import { Related } from './beside/related.tsx';
import { useTextFacts } from './beside/use-text-facts.ts';
import { catchUp } from './catch-up.ts';
import { drop, keepDeleted, type OpenDraft, releaseDraft } from './drafts.ts';
import type { NoteField } from './fields/field.ts';
import { type OwnHistory, ownHistory } from './fields/own-history.ts';
import { byTouch } from './fields/touch.ts';
import { keepHistory } from './history.ts';
import { NoteBanners } from './note-banners.tsx';
import { NoteBar } from './note-bar.tsx';
import { NoteText } from './note-text.tsx';
import { showPlace } from './show-place.ts';
import { TitleField } from './title-field.tsx';
import { fetchTitleLine, withLine } from './title-with-line.ts';
import { toggledTask } from './toggle-task.ts';
import { W } from './words.ts';

const Backlinks = lazy(() => import('./beside/backlinks.tsx').then((view) => view.Backlinks), null);
const LeftOut = lazy(() => import('./beside/left-out.tsx').then((view) => view.LeftOut), null);
const Mentions = lazy(() => import('./beside/mentions.tsx').then((view) => view.Mentions), null);
const Versions = lazy(() => import('./beside/versions.tsx').then((view) => view.Versions), null);
const CopyBanner = lazy(
  () => import('../copies/copy-banner.tsx').then((view) => view.CopyBanner),
  null,
);
const Properties = lazy(
  () => import('./properties/properties-panel.tsx').then((part) => part.PropertiesPanel),
  null,
);
const Reading = lazy(() => import('./reading/reading.tsx').then((view) => view.Reading), null);

interface Props {
  draft: OpenDraft;
  at: [number, number] | null;
  fresh: boolean;
  read?: boolean;
  /** A heading or a block that is to be shown. */
  to?: string;
}

/** Only such a text may have properties above it. */
const hasFrontMatter = (text: string): boolean => /^\ufeff?---/.test(text);

/** A note that is open: its text, its title, and what is known of it. */
export function NoteForm({ draft, at, fresh, read = false, to }: Props) {
  const ctx = useApp();
  const { id, autosave } = draft;
  const title = useRef<HTMLTextAreaElement>(null);
  const titleHistory = useRef<OwnHistory | null>(null);
  const field = useRef<NoteField | null>(null);
  const reading = useRef<HTMLDivElement>(null);
  const deleting = useRef(false);
  const begun = useRef(fresh);
  /** The title that links know. */
  const knownTitle = useRef('');
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
  /** Another tab, or an Undo, has another text: links know its title. */
  const filled = () => {
    knownTitle.current = autosave.draft.title;
    fill();
  };
  const endExchange = () => {
    exchange.current?.();
    exchange.current = null;
  };
  const edited = () => {
    draft.conflict.value = false;
    endExchange();
    const before = autosave.draft;
    const typed = {
      title: title.current?.value ?? '',
      text: field.current?.text() ?? before.text,
    };
    const next = withLine(before, typed);
    if (next.title !== typed.title) titleHistory.current?.show(next.title, false);
    if (next.text !== typed.text) field.current?.show(next.text, false);
    autosave.edit(next);
    look(() => autosave.draft.text);
    if (read) redraw((times) => times + 1);
  };
  const touched = (change: TextChange, tell: () => void) => {
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

  /** A title counts once it is left. */
  const leaveTitle = () => {
    const former = knownTitle.current;
    const { title: now } = autosave.draft;
    knownTitle.current = now;
    if (former.trim() === '' || former === now || deleting.current) return;
    void import('./mend/renamed.ts').then(({ titleChanged }) => titleChanged(ctx, draft, former));
  };
  useLayoutEffect(() => {
    knownTitle.current = autosave.draft.title;
    draft.shown++;
    titleHistory.current = ownHistory(title.current!, () => edit.current());
    fill();
    fetchTitleLine(autosave.draft.text);
    look(() => autosave.draft.text, 0);
    if (!draft.meta.peek() && !autosave.draft.title) title.current?.focus();
    return () => {
      leaveTitle();
      releaseDraft(draft);
    };
  }, [draft]);

  const endTicks = () => {
    for (const end of ticks.current.splice(0)) end();
  };
  useEffect(() => endTicks, []);

  const edit = useRef(edited);
  edit.current = edited;

  const show = (passage: [number, number]) => {
    if (read) setLit(passage);
    else wanted.current = passage;
    reveal();
  };
  // The address has it once: a reload, or the way back, does not bring it again.
  useLayoutEffect(() => {
    if (!at && !to) return;
    replaceAddress(noteHref(id, { read }));
    if (at) show(at);
    else if (to) void showNamed(to);
  }, [draft, at?.[0], at?.[1], to]);

  async function showNamed(place: string): Promise<void> {
    const { rangeOf } = await import('./range-of.ts');
    const range = rangeOf(autosave.draft.text, place);
    if (range) show(range);
    else toast(W.placeGone(place));
  }

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
    if (!lastChanged.value.includes(id)) return;
    void catchUp(ctx, draft, { leaving: () => deleting.current, gone: setGone, changed: filled });
  });

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

  /**
   * The offer to undo it goes with the next change: it takes back the exchange and nothing else.
   */
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
  /** Puts in a text that was not typed here, as one step. */
  const put = (next: string) => {
    const { title: same } = autosave.draft;
    endExchange();
    autosave.edit(withLine(autosave.draft, { title: same, text: next }));
    fill(true);
    look(() => next, 0);
    redraw((times) => times + 1);
    // In the text's own history, where Ctrl+Z finds it later too.
    ticks.current.push(undoable(ctx, async () => field.current?.undo() ?? false));
  };
  const toggleTask = (at: number) => put(toggledTask(autosave.draft.text, at));
  const goTo = (heading: { at: number }) => {
    if (!read) {
      field.current?.reveal(heading.at, heading.at);
      return;
    }
    const target = reading.current?.querySelector<HTMLElement>(
      `[data-heading][data-at="${heading.at}"]:not(.embed-note *)`,
    );
    if (target) showPlace(target);
  };

  return (
    <div class="editor">
      <div class="sheet">
        <NoteBar
          draft={draft}
          length={facts.length}
          read={read}
          gone={gone}
          onRead={toggleRead}
          onDelete={remove}
        />
        <NoteBanners draft={draft} gone={gone} onKeep={keep} onGiveUp={giveUp} />
        {meta && mayBeCopy(meta) && <CopyBanner note={meta} />}
        <h1 class="hidden" dir="auto">
          {shown(meta?.title ?? '')}
        </h1>
        <TitleField
          element={title}
          readOnly={gone || read}
          onInput={edited}
          onBlur={() => {
            void autosave.flush();
            leaveTitle();
          }}
          onEnter={() => field.current?.focus()}
        />
        {hasFrontMatter(autosave.draft.text) && (
          <Properties
            text={autosave.draft.text}
            readOnly={gone}
            onChange={put}
            onSource={read ? undefined : () => field.current?.reveal(0, 3)}
          />
        )}
        {read && (
          <div ref={reading} class="reading-host" tabIndex={-1}>
            <Reading
              text={autosave.draft.text}
              from={meta ?? { id, path: '' }}
              place={draft.meta.value}
              lit={lit}
              onTask={gone ? undefined : toggleTask}
              withoutProperties
            />
          </div>
        )}
        <NoteText
          from={() => draft.meta.peek() ?? { id, path: '' }}
          start={() => ({
            text: autosave.draft.text,
            history: draft.history?.revision === autosave.revision ? draft.history.json : null,
          })}
          place={() => draft.meta.peek()}
          readOnly={gone}
          hidden={read}
          onInput={edited}
          onTouch={touched}
          onBlur={() => {
            void autosave.flush();
            // A line of the front matter may say the title.
            leaveTitle();
          }}
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
        {facts.leftOut.length > 0 && <LeftOut all={facts.leftOut} />}
        {meta && <Backlinks note={meta} />}
        {meta?.title.trim() && <Mentions note={meta} />}
        {meta && <Related id={id} revision={meta.revision} />}
        {meta && <Versions id={id} revision={meta.revision} onUse={replaceText} />}
      </aside>
    </div>
  );
}
