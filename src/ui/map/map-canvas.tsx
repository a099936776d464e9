import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { withoutExportIds } from '../../note-files.ts';
import { folderOfPath } from '../../paths.ts';
import { go, noteHref } from '../core/router.ts';
import { shown } from '../core/strings.ts';
import { Plane } from './plane.ts';
import type { Scene } from './scene.ts';
import { W } from './words.ts';

interface Pointed {
  note: number;
  x: number;
  y: number;
  byKey: boolean;
}

/** Factor of one press of a zoom button. */
const ZOOM = 1.6;

/**
 * The map, moved and opened from by pointer and keys.
 * @param hits ids to highlight; null: no search
 */
export function MapCanvas({ scene, hits }: { scene: Scene; hits: ReadonlySet<string> | null }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const plane = useRef<Plane | null>(null);
  const shownScene = useRef(scene);
  shownScene.current = scene;
  const [pointed, setPointed] = useState<Pointed | null>(null);
  const hint = useId();

  useEffect(() => {
    const made = new Plane(canvas.current!, {
      onPoint: (note, x, y, byKey) => setPointed(note === null ? null : { note, x, y, byKey }),
      onOpen: (note) => go(noteHref(shownScene.current.notes[note]!.id)),
    });
    plane.current = made;
    return () => made.stop();
  }, []);
  useEffect(() => {
    setPointed(null);
    plane.current?.show(scene);
  }, [scene]);
  useEffect(() => {
    plane.current?.light(hits && Uint8Array.from(scene.notes, ({ id }) => (hits.has(id) ? 1 : 0)));
  }, [scene, hits]);

  const note = pointed && scene.notes[pointed.note];
  return (
    <div class="map-plane">
      {/* biome-ignore lint/a11y/noInteractiveElementToNoninteractiveRole: it is moved and opened from by keys */}
      <canvas
        ref={canvas}
        tabIndex={0}
        role="application"
        aria-label={W.mapOfNotes(scene.notes.length)}
        aria-describedby={hint}
      />
      <p id={hint} class="hidden">
        {W.mapKeys}
      </p>
      {note && (
        <div
          class="map-title"
          style={{ transform: `translate(${Math.round(pointed.x)}px, ${Math.round(pointed.y)}px)` }}
        >
          <div class={pointed.x > (canvas.current?.clientWidth ?? 0) / 2 ? 'to-left' : ''}>
            <b dir="auto">{shown(note.title)}</b>
            {folderOfPath(note.path) && (
              <span class="quiet" dir="auto">
                {withoutExportIds(folderOfPath(note.path))}
              </span>
            )}
          </div>
        </div>
      )}
      <p class="hidden" aria-live="polite">
        {note && pointed.byKey ? W.mapPointed(shown(note.title)) : ''}
      </p>
      <div class="map-zoom">
        <button
          type="button"
          class="button small"
          aria-label={W.zoomIn}
          onClick={() => plane.current?.zoom(ZOOM)}
        >
          +
        </button>
        <button
          type="button"
          class="button small"
          aria-label={W.zoomOut}
          onClick={() => plane.current?.zoom(1 / ZOOM)}
        >
          −
        </button>
        <button type="button" class="button small" onClick={() => plane.current?.all()}>
          {W.zoomAll}
        </button>
      </div>
    </div>
  );
}
