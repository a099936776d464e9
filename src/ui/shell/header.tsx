import { useApp } from '../core/context.ts';
import { Icon } from '../core/parts/icons.tsx';
import { narrow } from '../core/parts/narrow.ts';
import { pageHref, route } from '../core/router.ts';
import { KEYS } from '../core/shortcuts.ts';
import { S } from '../core/strings.ts';
import { newNote } from '../editor/new-note.ts';
import { IndexStatus } from '../engine/index-status.tsx';
import { searchOpen } from '../search/search-open.ts';
import { WorkspaceSwitcher } from '../workspaces/workspace-switcher.tsx';
import { NAVIGATION, PAGES } from './pages.tsx';
import { W } from './words.ts';

/** The side of the window, or its top and bottom on a phone: search, navigation, index status. */
export function Header() {
  const ctx = useApp();
  const { page } = route.value;
  const current = page === 'note' ? 'notes' : (PAGES[page].under ?? page);
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
          {NAVIGATION.map(({ page, title, icon }) => (
            <li key={page}>
              <a href={pageHref(page)} aria-current={page === current ? 'page' : undefined}>
                <Icon name={icon} />
                <span>{title}</span>
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
