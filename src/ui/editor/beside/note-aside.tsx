import { useEffect, useState } from 'preact/hooks';
import type { NoteMeta } from '../../../storage/notes/index.ts';
import { useApp } from '../../core/context.ts';
import { S } from '../../core/strings.ts';
import { W } from '../words.ts';
import { NoteItem } from './note-item.tsx';
import type { Heading } from './outline.ts';

/** The note's headings; one alone says nothing. */
export function Outline({
  headings,
  onGo,
}: {
  headings: readonly Heading[];
  onGo(heading: Heading): void;
}) {
  if (headings.length < 2) return null;
  const top = Math.min(...headings.map(({ level }) => level));
  return (
    <section class="outline">
      <h2 id="outline">{W.outline}</h2>
      <ul aria-labelledby="outline">
        {headings.map((heading) => (
          <li key={`${heading.at}`} class={`depth-${Math.min(3, heading.level - top)}`}>
            <button type="button" dir="auto" onClick={() => onGo(heading)}>
              {heading.text}
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Backlinks shown at first. */
const SHOWN = 20;

/** Notes that link to this one; nothing at all while there are none. */
export function Backlinks({ note }: { note: NoteMeta }) {
  const { notes, engine } = useApp();
  const [found, setFound] = useState<NoteMeta[]>([]);
  const changed = engine.notesVersion.value;
  useEffect(() => {
    let here = true;
    notes.backlinks(note).then(
      (some) => {
        if (here) setFound(some);
      },
      // Shown as it was: the editor says itself when the notes cannot be read.
      () => {},
    );
    return () => {
      here = false;
    };
  }, [note.id, note.title, note.path, changed]);
  if (found.length === 0) return null;
  return (
    <section class="related">
      <h2 id="backlinks">{W.backlinks}</h2>
      <ul aria-labelledby="backlinks">
        {found.slice(0, SHOWN).map(({ id, title, path }) => (
          <NoteItem key={id} id={id} title={title} path={path} />
        ))}
        {found.length > SHOWN && <li class="quiet more">{S.moreLines(found.length - SHOWN)}</li>}
      </ul>
    </section>
  );
}
