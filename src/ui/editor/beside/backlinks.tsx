import { useSignalEffect } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { NoteMeta } from '../../../storage/notes/index.ts';
import { useApp } from '../../core/context.ts';
import { S } from '../../core/strings.ts';
import { W } from '../words.ts';
import { Excerpts } from './excerpts.tsx';
import { type Backlink, findBacklinks } from './find-backlinks.ts';
import { NoteItem } from './note-item.tsx';

/** Backlinks shown at first. */
const SHOWN = 20;
/** After a note is opened, or another was changed, ms: texts are read, and its own comes first. */
const AFTER_MS = 200;

/** Notes that link to this one, and what they say of it; nothing at all while there are none. */
export function Backlinks({ note }: { note: NoteMeta }) {
  const ctx = useApp();
  const [found, setFound] = useState<Backlink[]>([]);
  const [changes, setChanges] = useState(0);
  const { notesVersion, lastChanged } = ctx.engine;
  useSignalEffect(() => {
    notesVersion.value;
    const ids = lastChanged.peek();
    // What is typed here changes no link to here.
    if (ids.length !== 1 || ids[0] !== note.id) setChanges((times) => times + 1);
  });
  useEffect(() => {
    const controller = new AbortController();
    const { signal } = controller;
    const look = async (): Promise<void> => {
      const next: Backlink[] = [];
      for await (const one of findBacklinks(ctx, note, signal)) {
        next.push(one);
        // Those in sight are shown as they come, but never fewer than there were.
        if (next.length <= SHOWN && next.length > found.length) setFound([...next]);
      }
      if (!signal.aborted) setFound(next);
    };
    // Shown as it was: the editor says itself when the notes cannot be read.
    const timer = setTimeout(() => void look().catch(() => {}), AFTER_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [note.id, JSON.stringify(namesOf(note)), changes]);
  if (found.length === 0) return null;
  return (
    <section class="related">
      <h2 id="backlinks">{W.backlinks}</h2>
      <ul aria-labelledby="backlinks">
        {found.slice(0, SHOWN).map(({ note: { id, title, path }, says }) => (
          <NoteItem key={id} id={id} title={title} path={path}>
            <Excerpts says={says} />
          </NoteItem>
        ))}
        {found.length > SHOWN && <li class="quiet more">{S.moreLines(found.length - SHOWN)}</li>}
      </ul>
    </section>
  );
}

const namesOf = ({ title, path, importPath, aliases, formerTitles }: NoteMeta): unknown[] => [
  title,
  path,
  importPath,
  aliases,
  formerTitles,
];
