import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { lazy } from '../core/parts/lazy.tsx';
import { wide } from '../core/parts/narrow.ts';
import { go } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { useNoteList } from '../notes/note-list.ts';
import { type Choice, choicesOfHits, choicesOfNotes, hrefOf } from './choices.ts';
import { Pill, Pills } from './pills.tsx';
import { Preview } from './preview.tsx';
import { completionsOf } from './query-completion.ts';
import { useRecentSearches } from './recent-searches.ts';
import { SearchFoot } from './search-foot.tsx';
import { isSearchShortcut } from './search-open.ts';
import { SearchResults } from './search-results.tsx';
import { Spoken } from './spoken.tsx';
import { useSearch } from './use-search.ts';
import { W } from './words.ts';

/** With the query language, which the first screen does without. */
const QueryChips = lazy(() => import('./query-chips.tsx').then((part) => part.QueryChips), null);
const NoMatch = lazy(() => import('./no-match.tsx').then((part) => part.NoMatch), null);

/** Last changed notes offered without a query. */
const RECENT = 8;
/** Results asked for. */
const LIMIT = 30;

const indexOf = (choices: readonly Choice[], id: string | null): number =>
  choices.findIndex((choice) => choice.id === id);

const wantsTab = (event: KeyboardEvent | MouseEvent): boolean => event.ctrlKey || event.metaKey;

/** Query, results and preview, and the keys between them. @param close closes the dialog */
export function SearchPanel({ close }: { close(): void }) {
  const [query, setQuery] = useState('');
  const [weak, setWeak] = useState(false);
  const [asTyped, setAsTyped] = useState(false);
  const found = useSearch(query, { limit: LIMIT, weak, marked: true, asTyped });
  const { response, error, complete } = found;
  const { recent, remember, forget } = useRecentSearches();
  const { notes } = useNoteList();
  const listId = `${useId()}-list`;
  const input = useRef<HTMLInputElement>(null);
  /** The note that was chosen, by pointer or arrow keys; null for the first, whichever it is. */
  const [active, setActive] = useState<string | null>(null);
  const enterAwaits = useRef<'here' | 'tab' | null>(null);

  const asked = query.trim() !== '';
  const answered = asked && response?.query === query;
  const instead = answered && !asTyped ? found.instead : null;
  const nearest = answered && !instead && response?.hits.length === 0 ? response.nearest : [];
  const hits = instead?.hits ?? (nearest.length > 0 ? nearest : (response?.hits ?? []));
  const choices = asked ? choicesOfHits(hits) : choicesOfNotes((notes ?? []).slice(0, RECENT));
  // Results change while the index grows: the choice stays with its note.
  const chosen = Math.max(0, indexOf(choices, active));
  const choice = choices[chosen];

  const open = (wanted: Choice | undefined, where: 'here' | 'tab') => {
    if (!wanted) return;
    if (asked) remember(query);
    if (where === 'tab') {
      // The dialog stays: more than one of the results may be wanted.
      window.open(new URL(hrefOf(wanted), location.href), '_blank', 'noopener');
      return;
    }
    // First closed, so that the focus it gives back does not take it from the note.
    close();
    go(hrefOf(wanted));
  };

  // Enter right after the last letter means the answer to all of the letters.
  useEffect(() => {
    const where = enterAwaits.current;
    if (!answered || !where) return;
    enterAwaits.current = null;
    open(choices[0], where);
  }, [response]);

  const ask = (text: string) => {
    enterAwaits.current = null;
    setActive(null);
    setWeak(false);
    setAsTyped(false);
    setQuery(text);
  };
  const onlyAsTyped = () => {
    setAsTyped(true);
    input.current?.focus();
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
      setActive(choices[(chosen + step + choices.length) % choices.length]!.id);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      const where = wantsTab(event) ? 'tab' : 'here';
      if (asked && !answered && !error) enterAwaits.current = where;
      else open(choice, where);
    }
  };

  const told = nearest.length > 0 ? W.nearest : choice ? W.found(choices.length) : W.noMatch;
  const spoken = answered ? told : '';
  return (
    <div class="search-panel">
      <div class="search-head">
        <input
          ref={input}
          class="search-field"
          type="text"
          role="combobox"
          aria-label={W.searchBox}
          aria-expanded={choices.length > 0}
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={choice ? `${listId}-${chosen}` : undefined}
          placeholder={W.searchBox}
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
      <QueryChips query={query} onChange={askFrom} />
      <div class="search-columns">
        <div class="search-body">
          {completions.length > 0 && (
            <Pills label={W.completions}>
              {completions.map(({ label, query: filled }) => (
                <Pill key={label} text={label} onClick={() => askFrom(filled)} />
              ))}
            </Pills>
          )}
          {answered && response?.hint && (
            <p class="quiet search-label">{W.hint[response.hint.code](response.hint.piece)}</p>
          )}
          {!asked && recent.length > 0 && (
            <>
              <p class="quiet search-label">{W.recentSearches}</p>
              <Pills label={W.recentSearches}>
                {recent.map((text) => (
                  <Pill key={text} text={text} onClick={() => askFrom(text)} />
                ))}
                <button type="button" class="pill quiet" onClick={forget}>
                  {W.clearRecent}
                </button>
              </Pills>
            </>
          )}
          {!asked && choice && <p class="quiet search-label">{W.recent}</p>}
          {instead && response?.corrected && (
            <p class="quiet search-label" role="status">
              {W.corrected(response.corrected.word, response.corrected.by)}{' '}
              <button type="button" class="link" onClick={onlyAsTyped}>
                {W.asTyped(response.corrected.word)}
              </button>
            </p>
          )}
          {nearest.length > 0 && (
            <p class="quiet search-label" role="status">
              {W.nearest}
            </p>
          )}
          <SearchResults
            choices={choices}
            chosen={chosen}
            busy={asked && !(answered && complete)}
            id={listId}
            onChoose={({ id }) => setActive(id)}
            onOpen={(one, event) => open(one, wantsTab(event) ? 'tab' : 'here')}
          />
          {error && <p role="alert">{error}</p>}
          {answered && !choice && <NoMatch query={query} close={close} />}
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
                {W.showWeaker}
              </button>
            </p>
          )}
          {asked && !response && !error && <p class="quiet search-label">{W.searching}</p>}
          {!asked && !choice && <p class="quiet search-label">{W.searchHint}</p>}
        </div>
        {wide.value && choice && <Preview choice={choice} />}
      </div>
      <SearchFoot response={answered ? response : null} />
      <Spoken text={spoken} />
    </div>
  );
}
