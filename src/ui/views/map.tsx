import { useMemo } from 'preact/hooks';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { folderOf } from '../format.ts';
import { useNoteList } from '../note-list.ts';
import { noteHref } from '../router.ts';
import { S, shown } from '../strings.ts';

/** More in one folder are not listed at once. */
const SHOWN = 500;

export function MapView() {
  const { notes, error } = useNoteList();
  const folders = useMemo(() => byFolder(notes ?? []), [notes]);
  if (error) return <p role="alert">{error}</p>;
  if (!notes) return <p class="quiet pad">{S.loading}</p>;
  return (
    <div class="page">
      <header class="page-head">
        <h1>{S.map}</h1>
        <p class="quiet">{folders.length > 0 ? S.mapIntro : S.mapEmpty}</p>
      </header>
      {folders.map(([folder, inside], i) => (
        <details key={folder} class="folder" open={i === 0 && folders.length < 4}>
          <summary>
            <span class="quiet">{S.noteCount(inside.length)}</span>
            <span dir="auto">{folder || S.writtenHere}</span>
          </summary>
          <ul>
            {inside.slice(0, SHOWN).map(({ id, title }) => (
              <li key={id}>
                <a href={noteHref(id)} dir="auto">
                  {shown(title)}
                </a>
              </li>
            ))}
            {inside.length > SHOWN && <li class="quiet">{S.moreLines(inside.length - SHOWN)}</li>}
          </ul>
        </details>
      ))}
    </div>
  );
}

function byFolder(notes: NoteMeta[]): [string, NoteMeta[]][] {
  const folders = new Map<string, NoteMeta[]>();
  for (const note of notes) {
    const folder = note.path.includes('/') ? folderOf(note.path) : '';
    const inside = folders.get(folder);
    if (inside) inside.push(note);
    else folders.set(folder, [note]);
  }
  return [...folders].sort(([a], [b]) => a.localeCompare(b));
}
