/** ENTRY, page realm: opens the list of workspaces, starts a session, shows the app. */

import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { browserRealm } from '../realm.ts';
import { openWorkspaces } from '../storage/workspaces.ts';
import { installTrustedTypes } from '../trusted-types.ts';
import { appFolder } from './core/app-folder.ts';
import { wasEvicted } from './core/durability.ts';
import type { Notice } from './core/engine-types.ts';
import { errorText } from './core/errors-text.ts';
import { watchErrors } from './core/recent-errors.ts';
import { openJournal } from './editor/journal/session.ts';
import { App } from './shell/app.tsx';
import { Failure } from './shell/failure.tsx';
import { registerServiceWorker } from './shell/service-worker.ts';
import { createSessions, type Sessions } from './shell/session.ts';
import { watchStorage } from './shell/storage-watch.ts';
import { watchUpdates } from './shell/update.ts';
import { W } from './shell/words.ts';
import './shell/app.css';

installTrustedTypes();
watchErrors();

const root = document.getElementById('app') as HTMLElement;
const now = (): number => Date.now();
const newId = (): string => crypto.randomUUID();
const realm = { ...browserRealm(), page: window };
const notice = signal<Notice | null>(null);

let sessions: Sessions | null = null;
const storage = watchStorage(() => void sessions?.storageCleared());

async function main(): Promise<void> {
  // An engine that began before its files could be kept for offline use asks for them once more.
  const controlled = registerServiceWorker(() => void sessions?.current.peek()?.engine.renew());
  // Until there is an app to say it, a storage that cannot be opened yet is said alone.
  const stop = effect(() => {
    if (storage.notice.value) render(<Failure text={storage.notice.value.text} />, root);
  });
  const events = {
    ...storage.connection,
    onGone: () => (sessions ? sessions.everythingGone() : location.reload()),
  };
  const [workspaces, journal] = await Promise.all([
    openWorkspaces({ now, firstName: W.firstWorkspace }, events),
    openJournal(newId, now),
  ]);
  if (await workspaces.allMarkedDeleting()) {
    // A tab that was deleting everything was closed before it was done.
    const { deleteAll } = await import('./shell/delete-all.ts');
    const { pathname } = new URL(appFolder());
    await deleteAll(workspaces, pathname, () => storage.say(W.deletionBlocked));
    location.reload();
    return;
  }
  sessions = createSessions({
    workspaces,
    controlled,
    storage,
    journal,
    notice,
    realm,
    now,
    newId,
  });
  const missing = await sessions.start();
  stop();
  storage.notice.value = null;
  if (missing) storage.say(missing);
  render(<Root sessions={sessions} />, root);
  watchUpdates(sessions.rest, now);
  if (await wasEvicted(workspaces)) storage.say(W.evicted);
}

/** All state of the views goes with its workspace. */
function Root({ sessions: { current, meanwhile } }: { sessions: Sessions }) {
  const ctx = current.value;
  if (ctx) return <App key={ctx.workspace.id} ctx={ctx} />;
  return meanwhile.value && <Failure text={meanwhile.value} />;
}

main().catch((thrown: unknown) => {
  console.error(thrown);
  render(<Failure text={errorText(thrown)} />, root);
});
