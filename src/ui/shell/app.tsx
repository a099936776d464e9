import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { showAppearance } from '../core/appearance.ts';
import { type AppContext, Context, useApp } from '../core/context.ts';
import { Icon, type IconName } from '../core/parts/icons.tsx';
import { lazy } from '../core/parts/lazy.tsx';
import { narrow } from '../core/parts/narrow.ts';
import { NoticeLine } from '../core/parts/notice-line.tsx';
import { type Page, pageHref, type Route, route } from '../core/router.ts';
import { inText, isShortcut, KEYS, undoKey } from '../core/shortcuts.ts';
import { S } from '../core/strings.ts';
import { Toasts } from '../core/toasts.tsx';
import { undoLast } from '../core/undo-stack.ts';
import { EditorView } from '../editor/editor-view.tsx';
import { foundDrafts } from '../editor/journal/session.ts';
import { newNote } from '../editor/new-note.ts';
import { loadEditorSoon } from '../editor/note-text.tsx';
import { IndexStatus } from '../engine/index-status.tsx';
import { openToday } from '../notes/daily.ts';
import { NotesView } from '../notes/notes-view.tsx';
import { SearchDialog } from '../search/search-dialog.tsx';
import { isSearchShortcut, searchOpen } from '../search/search-open.ts';
import { purgeSoon } from '../trash/purge-soon.ts';
import { WorkBar } from '../work/work-bar.tsx';
import { foundWorkspaces } from '../workspaces/found-workspaces.ts';
import { leftOver } from '../workspaces/left-over.ts';
import { WorkspaceSwitcher } from '../workspaces/workspace-switcher.tsx';
import { watchLaunches } from './launch/launch.ts';
import { updateNotice } from './update.ts';
import { W } from './words.ts';

showAppearance();

const DropOverlay = lazy(
  () => import('../import/drop-overlay.tsx').then((part) => part.DropOverlay),
  null,
);
const FoundDrafts = lazy(
  () => import('../editor/found-drafts.tsx').then((part) => part.FoundDrafts),
  null,
);
const DeletedView = lazy(() =>
  import('../trash/deleted-view.tsx').then((view) => view.DeletedView),
);
const ImportView = lazy(() => import('../import/import-view.tsx').then((view) => view.ImportView));
const MapView = lazy(() => import('../map/map-view.tsx').then((view) => view.MapView));
const HealthView = lazy(() => import('../health/health-view.tsx').then((view) => view.HealthView));
const SettingsView = lazy(() =>
  import('../settings/settings-view.tsx').then((view) => view.SettingsView),
);

const NAVIGATION: { page: Page; name: string; icon: IconName }[] = [
  { page: 'notes', name: S.notes, icon: 'notes' },
  { page: 'import', name: S.import, icon: 'import' },
  { page: 'map', name: S.map, icon: 'map' },
  { page: 'health', name: S.health, icon: 'health' },
  { page: 'settings', name: S.settings, icon: 'settings' },
];

const ShortcutsDialog = lazy(
  () => import('./shortcuts-dialog.tsx').then((part) => part.ShortcutsDialog),
  null,
);

const FoundNotes = lazy(
  () => import('../workspaces/found-notes.tsx').then((part) => part.FoundNotes),
  null,
);
const LeftOver = lazy(
  () => import('../workspaces/left-over-banner.tsx').then((part) => part.LeftOver),
  null,
);

/** The shell around every page; starts what runs as long as a workspace is shown. */
export function App({ ctx }: { ctx: AppContext }) {
  const [help, setHelp] = useState(false);
  useEffect(() => loadEditorSoon(ctx.engine.status), []);
  useEffect(() => watchLaunches(ctx), []);
  useEffect(() => purgeSoon(ctx), []);
  // As soon as it is seen: after the first frame, a key pressed at once would be lost.
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const run = actionOf(event);
      if (!run) return;
      event.preventDefault();
      run();
    };
    const actionOf = (event: KeyboardEvent): (() => void) | null => {
      if (event.isComposing) return null;
      if (isSearchShortcut(event)) {
        return () => {
          searchOpen.value = true;
        };
      }
      const undo = event.defaultPrevented || inText(event) ? null : undoKey(event);
      // The browser would undo the last change of any text on the page.
      if (undo)
        return () =>
          !document.querySelector('dialog[open]') && undo === 'undo' && void undoLast(ctx);
      // A dialog that is open has the keyboard to itself.
      if (document.querySelector('dialog[open]')) return null;
      if (isShortcut(event, 'new')) return () => newNote(ctx);
      if (isShortcut(event, 'today')) return () => void openToday(ctx);
      if (isShortcut(event, 'help')) return () => setHelp(true);
      return null;
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <Context.Provider value={ctx}>
      <SearchDialog />
      <div class="shell">
        <Header />
        <Main />
      </div>
      <div class="notices">
        <WorkBar />
        <SystemNotice />
        <NoticeLine notice={updateNotice.value} />
        <Toasts />
      </div>
      <DropOverlay />
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </Context.Provider>
  );
}

function Header() {
  const ctx = useApp();
  const { page } = route.value;
  const current = page === 'note' || page === 'deleted' ? 'notes' : page;
  return (
    <header class="side">
      <button
        type="button"
        class="skip"
        onClick={() => document.querySelector<HTMLElement>('main')?.focus()}
      >
        {W.skipLink}
      </button>
      <div class="brand" translate={false}>
        <img src="./icons/icon.svg" width="28" height="28" alt="" />
        <span>{W.app}</span>
      </div>
      <div class="actions">
        <button
          type="button"
          class="search-button"
          aria-keyshortcuts="Control+K Meta+K"
          onClick={() => {
            searchOpen.value = true;
          }}
        >
          <Icon name="search" />
          <span>{S.search}</span>
          <span class="shortcut" aria-hidden="true">
            {KEYS.search}
          </span>
        </button>
        <button type="button" class="new-button" onClick={() => newNote(ctx)}>
          <Icon name="plus" />
          <span>{S.newNote}</span>
        </button>
      </div>
      <nav aria-label={W.nav}>
        <ul>
          {NAVIGATION.map(({ page, name, icon }) => (
            <li key={page}>
              <a href={pageHref(page)} aria-current={page === current ? 'page' : undefined}>
                <Icon name={icon} />
                <span>{name}</span>
              </a>
            </li>
          ))}
        </ul>
      </nav>
      {!narrow.value && <WorkspaceSwitcher />}
      <IndexStatus />
    </header>
  );
}

const keyOf = (now: Route): string => (now.page === 'note' ? `note ${now.id}` : now.page);

function titleOf({ page }: Route): string {
  if (page === 'note' || page === 'notes') return W.app;
  return `${page === 'deleted' ? S.recentlyDeleted : S[page]} · ${W.app}`;
}

/** How far the list of notes was scrolled: coming back from a note finds it there again. */
let listScroll = 0;

function Main() {
  const main = useRef<HTMLElement>(null);
  const key = keyOf(route.value);
  const first = useRef(true);
  useEffect(() => {
    const remember = () => {
      if (route.peek().page === 'notes') listScroll = scrollY;
    };
    addEventListener('scroll', remember, { passive: true });
    return () => removeEventListener('scroll', remember);
  }, []);
  useLayoutEffect(() => {
    const now = route.peek();
    document.title = titleOf(now);
    if (first.current) {
      first.current = false;
      return;
    }
    scrollTo(0, now.page === 'notes' ? listScroll : 0);
    // Reading and tabbing go on in the new page, unless it has put the focus somewhere itself.
    if (!main.current?.contains(document.activeElement)) {
      main.current?.focus({ preventScroll: true });
    }
  }, [key]);
  return (
    <main ref={main} tabIndex={-1}>
      <Banners />
      <View />
    </main>
  );
}

/** What waits for a decision, above the view. */
function Banners() {
  const { page } = route.value;
  const listed = page === 'notes' || page === 'settings';
  return (
    <>
      {leftOver.value && <LeftOver />}
      {foundDrafts.value.length > 0 && <FoundDrafts found={foundDrafts.value} />}
      {listed && foundWorkspaces.value.length > 0 && <FoundNotes />}
    </>
  );
}

function View() {
  const now = route.value;
  switch (now.page) {
    case 'notes':
      return <NotesView />;
    case 'note':
      return (
        <EditorView
          key={now.id}
          id={now.id}
          at={now.at}
          fresh={now.fresh}
          title={now.title}
          read={now.read}
        />
      );
    case 'deleted':
      return <DeletedView />;
    case 'import':
      return <ImportView />;
    case 'map':
      return <MapView />;
    case 'health':
      return <HealthView />;
    case 'settings':
      return <SettingsView />;
  }
}

/** What happened to the storage or the engine: one sentence at a time. */
function SystemNotice() {
  const { engine, storageNotice } = useApp();
  return <NoticeLine notice={storageNotice.value ?? engine.notice.value} />;
}
