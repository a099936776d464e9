import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { lazy } from '../core/parts/lazy.tsx';
import { type Route, route } from '../core/router.ts';
import { EditorView } from '../editor/editor-view.tsx';
import { foundDrafts } from '../editor/journal/session.ts';
import { foundWorkspaces } from '../workspaces/found-workspaces.ts';
import { leftOver } from '../workspaces/left-over.ts';
import { PAGES } from './pages.tsx';
import { W } from './words.ts';

const FoundDrafts = lazy(
  () => import('../editor/found-drafts.tsx').then((part) => part.FoundDrafts),
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

const keyOf = (now: Route): string => (now.page === 'note' ? `note ${now.id}` : now.page);

function titleOf({ page }: Route): string {
  if (page === 'note' || page === 'notes') return W.app;
  return `${PAGES[page].title} · ${W.app}`;
}

/** How far the list of notes was scrolled: coming back from a note finds it there again. */
let listScroll = 0;

/** The page that is open, its title, and how far it was scrolled. */
export function Main() {
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
  if (now.page === 'note') {
    const { id, at, fresh, title, read, to } = now;
    const asked = { id, at, fresh, title, read, to };
    return <EditorView key={id} {...asked} />;
  }
  const { View } = PAGES[now.page];
  return <View />;
}
