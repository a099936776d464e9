import { useEffect, useLayoutEffect, useState } from 'preact/hooks';
import { showAppearance } from '../core/appearance.ts';
import { type AppContext, Context, useApp } from '../core/context.ts';
import { lazy } from '../core/parts/lazy.tsx';
import { NoticeLine } from '../core/parts/notice-line.tsx';
import { inText, isShortcut, undoKey } from '../core/shortcuts.ts';
import { Toasts } from '../core/toasts.tsx';
import { undoLast } from '../core/undo-stack.ts';
import { newNote } from '../editor/new-note.ts';
import { loadEditorSoon } from '../editor/note-text.tsx';
import { nameSoon } from '../names/name-soon.ts';
import { namesNotice } from '../names/names-notice.ts';
import { openToday } from '../notes/daily.ts';
import { SearchDialog } from '../search/search-dialog.tsx';
import { isSearchShortcut, searchOpen } from '../search/search-open.ts';
import { purgeSoon } from '../trash/purge-soon.ts';
import { WorkBar } from '../work/work-bar.tsx';
import { Header } from './header.tsx';
import { watchLaunches } from './launch/launch.ts';
import { Main } from './main-area.tsx';
import { updateNotice } from './update.ts';

showAppearance();

const DropOverlay = lazy(
  () => import('../import/drop-overlay.tsx').then((part) => part.DropOverlay),
  null,
);

const ShortcutsDialog = lazy(
  () => import('./shortcuts-dialog.tsx').then((part) => part.ShortcutsDialog),
  null,
);

/** The shell around every page; starts what runs as long as a workspace is shown. */
export function App({ ctx }: { ctx: AppContext }) {
  const [help, setHelp] = useState(false);
  useEffect(() => loadEditorSoon(ctx.engine.status), []);
  useEffect(() => watchLaunches(ctx), []);
  useEffect(() => nameSoon(ctx), []);
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
        <NoticeLine notice={namesNotice.value} />
        <Toasts />
      </div>
      <DropOverlay />
      {help && <ShortcutsDialog onClose={() => setHelp(false)} />}
    </Context.Provider>
  );
}

/** What happened to the storage or the engine: one sentence at a time. */
function SystemNotice() {
  const { engine, storageNotice } = useApp();
  return <NoticeLine notice={storageNotice.value ?? engine.notice.value} />;
}
