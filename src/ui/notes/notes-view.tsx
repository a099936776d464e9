import { useMemo, useState } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { appearance, rem } from '../core/appearance.ts';
import { useApp } from '../core/context.ts';
import { lazy } from '../core/parts/lazy.tsx';
import { VirtualList } from '../core/parts/virtual-list.tsx';
import { pageHref, route } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { DeletedLink } from './deleted-link.tsx';
import { FirstVisit } from './first-visit.tsx';
import { ListBar } from './list-bar.tsx';
import { chooseNotes } from './list-choice.ts';
import { useNoteList } from './note-list.ts';
import { NoteRow } from './note-row.tsx';
import { isRemovable } from './samples/which.ts';
import { useCopies } from './use-copies.ts';
import { W } from './words.ts';

/** As `--row` in core/tokens.css, rem. */
const ROW_HEIGHT = { comfortable: 3.75, compact: 3 };

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
  const copies = useCopies(notes);
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
            <NoteRow
              note={note}
              now={at}
              isCopy={copies.has(note.id)}
              selected={selected ? selected.has(note.id) : null}
              onToggle={(range) => toggle(note.id, range)}
            />
          )}
        </VirtualList>
      )}
    </div>
  );
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
