import type { ComponentType } from 'preact';
import type { IconName } from '../core/parts/icons.tsx';
import { lazy } from '../core/parts/lazy.tsx';
import type { Page } from '../core/router.ts';
import { S } from '../core/strings.ts';
import { NotesView } from '../notes/notes-view.tsx';

interface PageEntry {
  title: string;
  /** In the navigation, in this table's order; a page without one belongs to `under`. */
  icon?: IconName;
  under?: Page;
  View: ComponentType;
}

/** THE table of pages. A note is a page of its own kind: see main-area.tsx. */
export const PAGES: Readonly<Record<Page, PageEntry>> = {
  notes: { title: S.notes, icon: 'notes', View: NotesView },
  import: {
    title: S.import,
    icon: 'import',
    View: lazy(() => import('../import/import-view.tsx').then((view) => view.ImportView)),
  },
  map: {
    title: S.map,
    icon: 'map',
    View: lazy(() => import('../map/map-view.tsx').then((view) => view.MapView)),
  },
  health: {
    title: S.health,
    icon: 'health',
    View: lazy(() => import('../health/health-view.tsx').then((view) => view.HealthView)),
  },
  settings: {
    title: S.settings,
    icon: 'settings',
    View: lazy(() => import('../settings/settings-view.tsx').then((view) => view.SettingsView)),
  },
  deleted: {
    title: S.recentlyDeleted,
    under: 'notes',
    View: lazy(() => import('../trash/deleted-view.tsx').then((view) => view.DeletedView)),
  },
};

/** What the navigation lists. */
export const NAVIGATION = (Object.entries(PAGES) as [Page, PageEntry][]).flatMap(
  ([page, { title, icon }]) => (icon ? [{ page, title, icon }] : []),
);
