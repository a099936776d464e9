import { useEffect, useState } from 'preact/hooks';
import type { SearchHit } from '../../protocol.ts';
import { useApp } from '../context.ts';
import { folderOf } from '../format.ts';
import { noteHref } from '../router.ts';
import { S, shown } from '../strings.ts';

const SHOWN = 6;
const AFTER_MS = 300;

/** Nearest notes by meaning; nothing at all while there are none. */
export function Related({ id, revision }: { id: string; revision: number }) {
  const { engine } = useApp();
  const [hits, setHits] = useState<SearchHit[]>([]);
  const state = engine.status.value.state;
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      engine.related(id, { limit: SHOWN, signal: controller.signal }).then(
        (found) => {
          if (controller.signal.aborted) return;
          // Between a save and its indexing there is no answer: the last one stays meanwhile.
          if (found.length > 0 || state === 'idle') setHits(found);
        },
        // Shown as it was: the engine says itself when something is wrong with it.
        () => {},
      );
    }, AFTER_MS);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [id, revision, state]);
  if (hits.length === 0) return null;
  return (
    <section class="related">
      <h2 id="related-notes">{S.related}</h2>
      <ul aria-labelledby="related-notes">
        {hits.map(({ note, title, path }) => (
          <li key={note}>
            <a href={noteHref(note)}>
              <span dir="auto">{shown(title)}</span>
              {folderOf(path) && (
                <span class="quiet" dir="auto">
                  {folderOf(path)}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
