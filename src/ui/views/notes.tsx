import type { NoteMeta } from '../../storage/notes/index.ts';
import { useApp } from '../context.ts';
import { exactDate, relativeDate } from '../format.ts';
import { useNoteList } from '../note-list.ts';
import { VirtualList } from '../parts/virtual-list.tsx';
import { noteHref, pageHref } from '../router.ts';
import { S, shown } from '../strings.ts';

/** As in styles/app.css. */
const ROW_HEIGHT = 60;

export function NotesView() {
  const { notes, error } = useNoteList();
  const { now, newId } = useApp();
  if (error) return <p role="alert">{error}</p>;
  if (!notes) return <p class="quiet pad">{S.loading}</p>;
  if (notes.length === 0) return <FirstVisit href={noteHref(newId(), { fresh: true })} />;
  const at = now();
  return (
    <div class="page">
      <header class="page-head">
        <h1>{S.notes}</h1>
        <p class="quiet">{S.noteCount(notes.length)}</p>
      </header>
      <VirtualList items={notes} rowHeight={ROW_HEIGHT} label={S.notesList} keyOf={({ id }) => id}>
        {(note) => <Row note={note} now={at} />}
      </VirtualList>
    </div>
  );
}

function Row({ note, now }: { note: NoteMeta; now: number }) {
  return (
    <a class="note-row" href={noteHref(note.id)}>
      <span class="note-title" dir="auto">
        {shown(note.title)}
      </span>
      <time class="note-date" dateTime={isoDate(note.modified)} title={exactDate(note.modified)}>
        {relativeDate(note.modified, now)}
      </time>
      <span class="note-path" dir="auto">
        {note.path || S.writtenHere}
      </span>
    </a>
  );
}

function isoDate(time: number): string | undefined {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString();
}

function FirstVisit({ href }: { href: string }) {
  return (
    <div class="first-visit">
      <img src="./icons/icon.svg" width="72" height="72" alt="" />
      <h1>{S.firstTitle}</h1>
      <p>{S.firstPromise}</p>
      <p class="ways">
        <a class="button primary" href={href}>
          {S.firstWrite}
        </a>
        <a class="button" href={pageHref('import')}>
          {S.firstImport}
        </a>
      </p>
      <p class="quiet">{S.firstDrop}</p>
    </div>
  );
}
