import type { ComponentChildren } from 'preact';
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PassageHit, Why } from '../../protocol.ts';
import { useApp } from '../context.ts';
import { useNoteList } from '../note-list.ts';
import { statusText } from '../parts/index-status.tsx';
import { Marked } from '../parts/marked.tsx';
import { go, noteHref } from '../router.ts';
import { isSearchShortcut, searchOpen } from '../search-open.ts';
import { S, shown } from '../strings.ts';
import { completionsOf } from './query-completion.ts';
import { useRecentSearches } from './recent-searches.ts';
import { useSearch } from './use-search.ts';

const RECENT = 8;
/** The count is spoken once typing rests. */
const SPOKEN_AFTER_MS = 700;
/** Without a word from the engine for so long, it is asked. */
const SILENCE_MS = 3_000;

export function SearchDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = searchOpen.value;
  useLayoutEffect(() => {
    const element = dialog.current;
    if (!element || element.open === open) return;
    if (open) {
      element.showModal();
      element.querySelector('input')?.focus();
    } else {
      element.close();
    }
  }, [open]);
  const close = () => {
    dialog.current?.close();
    searchOpen.value = false;
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a dialog by itself
    <dialog
      ref={dialog}
      class="search"
      aria-label={S.search}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onClose={() => {
        // It comes late: by then a quick Ctrl+K may have opened the dialog again.
        if (!dialog.current?.open) searchOpen.value = false;
      }}
      onClick={(event) => {
        // A click beside the panel lands on the dialog itself.
        if (event.target === event.currentTarget) close();
      }}
    >
      {open && <SearchPanel close={close} />}
    </dialog>
  );
}

interface Choice {
  id: string;
  title: string;
  /** Heading path in the note, or its place among the folders. */
  place: string;
  why: Why[];
  passage: PassageHit | null;
}

/** The heading path without the title once more; where that is all of it, the file's place. */
function placeOf(title: string, path: string, passage: PassageHit | null): string {
  const headings = passage?.headings ?? [];
  const below = headings[0] === title ? headings.slice(1) : headings;
  return below.length > 0 ? below.join(' › ') : path || S.writtenHere;
}

function SearchPanel({ close }: { close(): void }) {
  const { newId } = useApp();
  const [query, setQuery] = useState('');
  const [weak, setWeak] = useState(false);
  const { response, error } = useSearch(query, weak);
  const { recent, remember, forget } = useRecentSearches();
  const { notes } = useNoteList();
  const base = useId();
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState(0);
  const enterAwaits = useRef(false);

  const asked = query.trim() !== '';
  const choices: Choice[] = asked
    ? (response?.hits ?? []).map(({ note, title, path, why, passage }) => ({
        id: note,
        title,
        place: placeOf(title, path, passage),
        why,
        passage,
      }))
    : (notes ?? []).slice(0, RECENT).map(({ id, title, path }) => ({
        id,
        title,
        place: path || S.writtenHere,
        why: [],
        passage: null,
      }));
  const answered = asked && response?.query === query;
  const chosen = Math.min(active, choices.length - 1);

  const open = (choice: Choice | undefined) => {
    if (!choice) return;
    if (asked) remember(query);
    // First closed, so that the focus it gives back does not take it from the note.
    close();
    go(noteHref(choice.id, { at: choice.passage }));
  };

  // Enter right after the last letter means the answer to all of the letters.
  useEffect(() => {
    if (!answered || !enterAwaits.current) return;
    enterAwaits.current = false;
    open(choices[0]);
  }, [response]);

  useLayoutEffect(() => {
    const option = list.current?.children[chosen];
    option?.scrollIntoView?.({ block: 'nearest' });
  }, [chosen]);

  const ask = (text: string) => {
    enterAwaits.current = false;
    setActive(0);
    setWeak(false);
    setQuery(text);
  };
  const askFrom = (text: string) => {
    ask(text);
    input.current?.focus();
  };
  const completions = completionsOf(query, notes ?? []);

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing) return;
    if (isSearchShortcut(event)) {
      event.preventDefault();
      input.current?.select();
      return;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && choices.length > 0) {
      event.preventDefault();
      setActive((chosen + step + choices.length) % choices.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (asked && !answered && !error) enterAwaits.current = true;
      else open(choices[chosen]);
    }
  };

  return (
    <div class="search-panel">
      <div class="search-head">
        <input
          ref={input}
          class="search-field"
          type="text"
          role="combobox"
          aria-label={S.searchBox}
          aria-expanded={choices.length > 0}
          aria-controls={`${base}-list`}
          aria-autocomplete="list"
          aria-activedescendant={chosen >= 0 ? `${base}-${chosen}` : undefined}
          placeholder={S.searchBox}
          dir="auto"
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          enterkeyhint="go"
          value={query}
          onInput={(event) => ask(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        <button type="button" class="button small" onClick={close}>
          {S.close}
        </button>
      </div>
      <div class="search-body">
        {completions.length > 0 && (
          <Pills label={S.completions}>
            {completions.map(({ label, query: filled }) => (
              <Pill key={label} text={label} onClick={() => askFrom(filled)} />
            ))}
          </Pills>
        )}
        {answered && response?.hint && (
          <p class="quiet search-label">{S.hint[response.hint.code](response.hint.piece)}</p>
        )}
        {!asked && recent.length > 0 && (
          <>
            <p class="quiet search-label">{S.recentSearches}</p>
            <Pills label={S.recentSearches}>
              {recent.map((text) => (
                <Pill key={text} text={text} onClick={() => askFrom(text)} />
              ))}
              <button type="button" class="pill quiet" onClick={forget}>
                {S.clearRecent}
              </button>
            </Pills>
          </>
        )}
        {!asked && choices.length > 0 && <p class="quiet search-label">{S.recent}</p>}
        <div
          ref={list}
          id={`${base}-list`}
          role="listbox"
          aria-label={S.results}
          aria-busy={asked && !answered}
        >
          {choices.map((choice, i) => (
            // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant, as in the ARIA combobox pattern
            // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox has the keys
            <div
              key={choice.id}
              id={`${base}-${i}`}
              role="option"
              aria-selected={i === chosen}
              class="option"
              onPointerMove={() => setActive(i)}
              onClick={() => open(choice)}
            >
              <Option choice={choice} />
            </div>
          ))}
        </div>
        {error && <p role="alert">{error}</p>}
        {answered && choices.length === 0 && (
          <div class="no-match">
            <p>{S.noMatch}</p>
            <button
              type="button"
              class="button"
              onClick={() => {
                close();
                go(noteHref(newId(), { fresh: true }));
              }}
            >
              {S.newNote}
            </button>
          </div>
        )}
        {answered && !weak && response && response.weaker > 0 && (
          <p class="search-weaker">
            <button
              type="button"
              class="button small"
              onClick={() => {
                setWeak(true);
                input.current?.focus();
              }}
            >
              {S.showWeaker}
            </button>
          </p>
        )}
        {asked && !response && !error && <p class="quiet search-label">{S.searching}</p>}
        {!asked && choices.length === 0 && <p class="quiet search-label">{S.searchHint}</p>}
      </div>
      <footer class="search-foot quiet">
        <Progress />
        {answered && response && <Limits {...response} />}
        <span class="keys" aria-hidden="true">
          <kbd>↑</kbd>
          <kbd>↓</kbd> {S.keys.move} <kbd>↵</kbd> {S.keys.open} <kbd>esc</kbd> {S.keys.close}
        </span>
      </footer>
      <Spoken text={answered ? (choices.length > 0 ? S.found(choices.length) : S.noMatch) : ''} />
    </div>
  );
}

function Pills({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for a form
    <div class="pills" role="group" aria-label={label}>
      {children}
    </div>
  );
}

function Pill({ text, onClick }: { text: string; onClick(): void }) {
  return (
    <button type="button" class="pill" dir="auto" onClick={onClick}>
      {text}
    </button>
  );
}

function Option({ choice: { title, place, why, passage } }: { choice: Choice }) {
  return (
    <>
      <div class="option-title" dir="auto">
        {shown(title)}
      </div>
      <div class="option-place quiet" dir="auto">
        {place}
      </div>
      {passage && (
        <div class="option-text" dir="auto">
          <Marked text={passage.text} marks={passage.marks} />
        </div>
      )}
      {why.length > 0 && (
        <div class="option-why quiet">{why.map((one) => S.why[one]).join(' · ')}</div>
      )}
    </>
  );
}

/** What keeps this answer from being as good as it will be. */
function Limits({ meaning, loaded, total }: { meaning: string; loaded: number; total: number }) {
  if (loaded < total) return <span>{S.notAllLoaded(loaded, total)}</span>;
  if (meaning === 'loading') return <span>{S.byWordsOnly}</span>;
  return meaning === 'none' ? <span>{S.byWordsNoModel}</span> : null;
}

/** Follows the indexing while the dialog is open; gone when there is nothing left to do. */
function Progress() {
  const { engine } = useApp();
  const status = engine.status.value;
  const [stale, setStale] = useState(false);
  useEffect(() => {
    setStale(false);
    if (status.state !== 'indexing') return;
    const timer = setInterval(() => {
      engine.health().then(
        ({ pending }) => setStale(pending === 0),
        () => {},
      );
    }, SILENCE_MS);
    return () => clearInterval(timer);
  }, [status]);
  return status.state === 'indexing' && !stale ? <span>{statusText(status)}</span> : null;
}

function Spoken({ text }: { text: string }) {
  const [said, say] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => say(text), SPOKEN_AFTER_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return (
    <span class="hidden" aria-live="polite">
      {said}
    </span>
  );
}
