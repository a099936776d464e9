import { plural } from '../core/strings.ts';

/** Words of the map: fetched with it. */
export const W = {
  mapIntro: 'Near together is near in meaning.',
  mapEmpty: 'Your notes appear here once you have some.',
  mapNotYet: 'Notes appear here once they are indexed.',
  mapMissing: (total: number) =>
    `${plural(total, 'note has', 'notes have')} no place yet: empty, or still to be indexed.`,
  mapSearch: 'Find on the map',
  mapHits: (total: number) => `${plural(total, 'note', 'notes')} lit`,
  mapAsList: 'Show as list',
  mapAnew: 'Arrange anew',
  mapMake: 'Make the map',
  mapMaking: 'Arranging your notes by meaning…',
  mapOfNotes: (total: number) => `Map of ${plural(total, 'note', 'notes')}`,
  mapKeys:
    'Arrow keys move the map, plus and minus zoom, 0 shows all of it. Enter opens the note nearest to the middle. “Show as list” says the same in words.',
  mapPointed: (title: string) => `${title}. Enter opens it.`,
  zoomIn: 'Zoom in',
  zoomOut: 'Zoom out',
  zoomAll: 'Show all',
} as const;
