import { useEffect, useState } from 'preact/hooks';
import type { SearchHit } from '../../../protocol.ts';
import { useApp } from '../../core/context.ts';
import { W } from '../words.ts';
import { NoteItem } from './note-item.tsx';

/** Setting in the register's `kv`: whether linked notes are left out, for all notes alike. */
const UNLINKED = 'related-unlinked';
/** Related notes shown. */
const SHOWN = 6;
/** After a note is opened, ms: its text comes first. */
const AFTER_MS = 300;

/** Nearest notes by meaning; nothing at all while there are none. */
export function Related({ id, revision }: { id: string; revision: number }) {
  const { engine, workspaces } = useApp();
  const [unlinked, setUnlinked] = useState(false);
  const [hits, setHits] = useState<SearchHit[]>([]);
  const state = engine.status.value.state;
  useEffect(() => {
    workspaces.setting(UNLINKED).then(
      (stored) => setUnlinked(stored ?? false),
      () => {},
    );
  }, [workspaces]);
  useEffect(() => {
    const controller = new AbortController();
    const timer = setTimeout(() => {
      engine.related(id, { limit: SHOWN, unlinked, signal: controller.signal }).then(
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
  }, [id, revision, state, unlinked]);
  // With the box ticked it stays, or nobody could take the tick away.
  if (hits.length === 0 && !unlinked) return null;
  const choose = (wanted: boolean): void => {
    setUnlinked(wanted);
    // A convenience: what cannot be kept is not worth a message.
    workspaces.setSetting(UNLINKED, wanted).catch(() => {});
  };
  return (
    <section class="related">
      <h2 id="related-notes">{W.related}</h2>
      <label class="quiet">
        <input
          type="checkbox"
          checked={unlinked}
          onChange={(event) => choose(event.currentTarget.checked)}
        />{' '}
        {W.unlinkedOnly}
      </label>
      <ul aria-labelledby="related-notes">
        {hits.map(({ note, title, path }) => (
          <NoteItem key={note} id={note} title={title} path={path} />
        ))}
      </ul>
    </section>
  );
}
