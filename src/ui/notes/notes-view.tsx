import { useEffect, useMemo, useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { appearance, rem } from '../core/appearance.ts';
import { useApp } from '../core/context.ts';
import { dateLang, exactDate, relativeDate } from '../core/format.ts';
import { Icon } from '../core/parts/icons.tsx';
import { lazy } from '../core/parts/lazy.tsx';
import { VirtualList } from '../core/parts/virtual-list.tsx';
import {
  type ListChoice,
  listHref,
  noteHref,
  pageHref,
  replaceAddress,
  route,
  type Sort,
} from '../core/router.ts';
import { S, shown } from '../core/strings.ts';
import { newNote } from '../editor/new-note.ts';
import { useTrashCount } from '../trash/use-trash.ts';
import { openToday } from './daily.ts';
import { chooseNotes, foldersOf, type Named, tagsOf } from './list-choice.ts';
import { useNoteList } from './note-list.ts';
import { isRemovable } from './samples/which.ts';
import { W } from './words.ts';

/** As `--row` in core/tokens.css, rem. */
const ROW_HEIGHT = { comfortable: 3.75, compact: 3 };
/** Delay before folders and tags are counted, ms: the list itself is drawn first. */
const SOON_MS = 60;
const SORTS: Sort[] = ['modified', 'created', 'title'];

const SelectionBar = lazy(
  () => import('./selection-bar.tsx').then((view) => view.SelectionBar),
  <div class="list-bar selection" />,
);

const RemoveSamplesDialog = lazy(
  () => import('./samples/remove-dialog.tsx').then((part) => part.RemoveSamplesDialog),
  null,
);

/** The page "Notes": the list, or what a first visit offers. */
export function NotesView() {
  const { notes, error } = useNoteList();
  if (error) return <p role="alert">{error}</p>;
  if (!notes) return <p class="quiet pad">{S.loading}</p>;
  return notes.length === 0 ? <FirstVisit /> : <List notes={notes} />;
}

function List({ notes }: { notes: NoteMeta[] }) {
  const { now } = useApp();
  const here = route.value;
  const choice = here.page === 'notes' ? (here.list ?? {}) : {};
  const { folder, tag, sort } = choice;
  const shownNotes = useMemo(() => chooseNotes(notes, choice), [notes, folder, tag, sort]);
  const [selected, setSelected] = useState<ReadonlySet<string> | null>(null);
  const [last, setLast] = useState<string | null>(null);
  const at = now();
  const compact = appearance.value.density === 'compact';
  const rowHeight = rem.value * (compact ? ROW_HEIGHT.compact : ROW_HEIGHT.comfortable);

  const toggle = (id: string, range: boolean) => {
    const next = new Set(selected);
    const from = range && last ? shownNotes.findIndex((note) => note.id === last) : -1;
    if (from >= 0) {
      const to = shownNotes.findIndex((note) => note.id === id);
      const [a, b] = from < to ? [from, to] : [to, from];
      for (const note of shownNotes.slice(a, b + 1)) next.add(note.id);
    } else if (!next.delete(id)) next.add(id);
    setLast(id);
    setSelected(next);
  };

  return (
    <div class="page">
      <header class="page-head">
        <h1>{S.notes}</h1>
        <p class="quiet">
          <span>{S.noteCount(shownNotes.length)}</span>
          {notes.some(isRemovable) && <RemoveSamples notes={notes} />}
          <DeletedLink />
        </p>
      </header>
      {selected ? (
        <SelectionBar
          all={notes}
          chosen={shownNotes.filter(({ id }) => selected.has(id))}
          onAll={() => setSelected(new Set(shownNotes.map(({ id }) => id)))}
          onDone={() => setSelected(null)}
        />
      ) : (
        <ListBar notes={notes} choice={choice} onSelect={() => setSelected(new Set())} />
      )}
      {shownNotes.length === 0 ? (
        <p class="quiet">
          {W.noneHere} <a href={pageHref('notes')}>{W.showAll}</a>
        </p>
      ) : (
        <VirtualList
          items={shownNotes}
          rowHeight={rowHeight}
          label={W.notesList}
          keyOf={({ id }) => id}
        >
          {(note) => (
            <Row
              note={note}
              now={at}
              selected={selected ? selected.has(note.id) : null}
              onToggle={(range) => toggle(note.id, range)}
            />
          )}
        </VirtualList>
      )}
    </div>
  );
}

interface ListBarProps {
  notes: NoteMeta[];
  choice: ListChoice;
  onSelect(): void;
}

function ListBar({ notes, choice, onSelect }: ListBarProps) {
  const ctx = useApp();
  const folders = useSoon(notes, foldersOf);
  const tags = useSoon(notes, tagsOf);
  const choose = (change: ListChoice) => replaceAddress(listHref({ ...choice, ...change }));
  return (
    <div class="list-bar">
      {notes.some(({ path }) => path.includes('/')) && (
        <Choice
          label={W.folder}
          all={W.allFolders}
          none={W.noFolder}
          names={folders}
          value={choice.folder}
          onChoose={(folder) => choose({ folder })}
        />
      )}
      {notes.some((note) => note.tags.length > 0) && (
        <Choice
          label={W.tag}
          all={W.allTags}
          none=""
          names={tags}
          value={choice.tag}
          onChoose={(tag) => choose({ tag })}
        />
      )}
      <select
        class="compact"
        aria-label={W.sortBy}
        value={choice.sort ?? 'modified'}
        onChange={(event) => choose({ sort: event.currentTarget.value as Sort })}
      >
        {SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {W.sorts[sort]}
          </option>
        ))}
      </select>
      <span class="list-acts">
        <button type="button" class="button small bare" onClick={() => void openToday(ctx)}>
          {W.todaysNote}
        </button>
        <button type="button" class="button small bare" onClick={onSelect}>
          {W.select}
        </button>
      </span>
    </div>
  );
}

/** Counted when the list itself has been drawn: a thousand tags take a while. */
function useSoon(notes: NoteMeta[], count: (notes: NoteMeta[]) => Named[]): Named[] {
  const [named, setNamed] = useState<Named[]>([]);
  useEffect(() => {
    const timer = setTimeout(() => setNamed(count(notes)), SOON_MS);
    return () => clearTimeout(timer);
  }, [notes]);
  return named;
}

interface ChoiceProps {
  label: string;
  all: string;
  none: string;
  names: Named[];
  value: string | undefined;
  onChoose(name: string | undefined): void;
}

/** Index 0 stands for all: a name may be empty. */
function Choice({ label, all, none, names, value, onChoose }: ChoiceProps) {
  const gone = value !== undefined && !names.some(({ name }) => name === value);
  const options = gone ? [...names, { name: value, count: 0 }] : names;
  return (
    <select
      class="compact"
      aria-label={label}
      value={String(options.findIndex(({ name }) => name === value) + 1)}
      onChange={(event) => onChoose(options[Number(event.currentTarget.value) - 1]?.name)}
    >
      <option value="0">{all}</option>
      {options.map(({ name, count }, i) => (
        <option key={name} value={String(i + 1)}>
          {count > 0 ? S.withCount(name || none, count) : name || none}
        </option>
      ))}
    </select>
  );
}

interface RowProps {
  note: NoteMeta;
  now: number;
  /** Null while nothing is being selected. */
  selected: boolean | null;
  onToggle(range: boolean): void;
}

function Row({ note, now, selected, onToggle }: RowProps) {
  const selecting = selected !== null;
  return (
    <>
      {selecting && (
        <input
          type="checkbox"
          class="row-check"
          aria-label={W.selectNote(shown(note.title))}
          checked={selected}
          onClick={(event) => onToggle(event.shiftKey)}
        />
      )}
      <a
        class={selecting ? 'note-row selecting' : 'note-row'}
        href={noteHref(note.id)}
        onClick={(event) => {
          if (!selecting || event.ctrlKey || event.metaKey) return;
          event.preventDefault();
          onToggle(event.shiftKey);
        }}
      >
        <span class="note-title" dir="auto">
          {shown(note.title)}
        </span>
        <span class="note-date">
          {note.pinned && (
            <span class="pinned" role="img" aria-label={W.pinned}>
              <Icon name="pin" />
            </span>
          )}
          <time
            lang={dateLang()}
            dateTime={isoDate(note.modified)}
            title={exactDate(note.modified)}
          >
            {relativeDate(note.modified, now)}
          </time>
        </span>
        <span class="note-path">
          <bdi>{note.path || S.writtenHere}</bdi>
          {note.tags.length > 0 && <bdi class="note-tags">{tagLine(note.tags)}</bdi>}
        </span>
      </a>
    </>
  );
}

/** A thousand tags are no line. */
const tagLine = (tags: readonly string[]): string =>
  tags
    .slice(0, 8)
    .map((tag) => `#${tag}`)
    .join(' ');

function isoDate(time: number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function RemoveSamples({ notes }: { notes: NoteMeta[] }) {
  const [asking, setAsking] = useState(false);
  return (
    <>
      <button type="button" class="link" onClick={() => setAsking(true)}>
        {W.removeSamples}
      </button>
      {asking && <RemoveSamplesDialog notes={notes} onClose={() => setAsking(false)} />}
    </>
  );
}

/** The way to what was deleted, where there is something. */
function DeletedLink() {
  const count = useTrashCount();
  return count === 0 ? null : (
    <a class="link" href={pageHref('deleted')}>
      {S.withCount(S.recentlyDeleted, count)}
    </a>
  );
}

function FirstVisit() {
  const ctx = useApp();
  const [adding, setAdding] = useState(false);
  const add = async () => {
    setAdding(true);
    const { addSamples } = await import('./samples/samples.ts');
    await addSamples(ctx);
    setAdding(false);
  };
  return (
    <div class="first-visit">
      <img src="./icons/icon.svg" width="72" height="72" alt="" />
      <h1>{W.firstTitle}</h1>
      <p>{W.firstPromise}</p>
      <p class="ways">
        <button type="button" class="button primary" onClick={() => newNote(ctx)}>
          {W.firstWrite}
        </button>
        <a class="button" href={pageHref('import')}>
          {W.firstImport}
        </a>
        <button type="button" class="button" disabled={adding} onClick={add}>
          {adding ? W.addingSamples : W.addSamples}
        </button>
      </p>
      <p class="quiet">{W.firstDrop}</p>
      <DeletedLink />
    </div>
  );
}
