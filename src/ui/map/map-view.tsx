import { W } from './words.ts';
import './map.css';
import { useMemo } from 'preact/hooks';
import { mapHref, replaceAddress, route } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { useNoteList } from '../notes/note-list.ts';
import { MapCanvas } from './map-canvas.tsx';
import { MapList } from './map-list.tsx';
import { sceneOf } from './scene.ts';
import { useHits } from './use-hits.ts';
import { type NoteMapState, useNoteMap } from './use-note-map.ts';

/** The notes on a plane by meaning; the list says the same in words. */
export function MapView() {
  const { notes, error } = useNoteList();
  const map = useNoteMap();
  const here = route.value;
  const { query = '', list = false } = (here.page === 'map' && here.map) || {};
  const hits = useHits(query);
  const { layout } = map;
  const scene = useMemo(() => layout && notes && sceneOf(layout, notes), [layout, notes]);
  const lit = scene && hits ? scene.notes.filter(({ id }) => hits.has(id)).length : 0;
  const drawn = scene !== null && scene.notes.length > 0;
  const choose = (change: { query?: string; list?: boolean }) =>
    replaceAddress(mapHref({ query, list, ...change }));

  if (error) return <p role="alert">{error}</p>;
  return (
    <div class={drawn && !list ? 'page map-page' : 'page'}>
      <header class="page-head map-head">
        <h1>{S.map}</h1>
        {!hits && <p class="quiet">{notes?.length === 0 ? W.mapEmpty : W.mapIntro}</p>}
        <p class="quiet" role="status" aria-label={W.mapSearch}>
          {hits ? W.mapHits(lit) : ''}
        </p>
      </header>
      {drawn && (
        <div class="map-bar">
          <input
            type="search"
            aria-label={W.mapSearch}
            placeholder={W.mapSearch}
            dir="auto"
            value={query}
            onInput={(event) => choose({ query: event.currentTarget.value })}
          />
          <button
            type="button"
            class="button"
            aria-pressed={list}
            onClick={() => choose({ list: !list })}
          >
            {W.mapAsList}
          </button>
          <button
            type="button"
            class="button"
            disabled={map.share !== null}
            onClick={() => map.make('anew')}
          >
            {W.mapAnew}
          </button>
        </div>
      )}
      <Progress map={map} drawn={drawn} any={(notes?.length ?? 0) > 0} />
      {drawn &&
        (list ? <MapList scene={scene} hits={hits} /> : <MapCanvas scene={scene} hits={hits} />)}
    </div>
  );
}

function Progress({ map, drawn, any }: { map: NoteMapState; drawn: boolean; any: boolean }) {
  const { layout, share, error, cancelled, make, cancel } = map;
  if (!any) return null;
  if (error) return <p role="alert">{error}</p>;
  if (share !== null) {
    // Nothing to say while a drawn map is merely looked over.
    if (drawn && share === 0) return null;
    return (
      <div class="running">
        <div class="running-line">
          <span>{W.mapMaking}</span>
          <button type="button" class="button small" onClick={cancel}>
            {S.cancel}
          </button>
        </div>
        <progress aria-label={S.map} value={share} max={1} />
      </div>
    );
  }
  if (cancelled && !drawn) {
    return (
      <p class="ways">
        <button type="button" class="button" onClick={() => make('kept')}>
          {W.mapMake}
        </button>
      </p>
    );
  }
  if (layout && layout.missing > 0) {
    return <p class="quiet">{drawn ? W.mapMissing(layout.missing) : W.mapNotYet}</p>;
  }
  return null;
}
