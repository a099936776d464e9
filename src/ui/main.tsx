/** ENTRY, page realm: opens the list of workspaces, starts a session, shows the app. */
import { effect, signal } from '@preact/signals';
import { render } from 'preact';
import { openWorkspaces } from '../storage/workspaces.ts';
import { installTrustedTypes } from '../trusted-types.ts';
import { App } from './app.tsx';
import { wasEvicted } from './durability.ts';
import { openJournal } from './editor/journal/session.ts';
import type { Notice } from './engine/types.ts';
import { errorText } from './errors-text.ts';
import { Failure } from './failure.tsx';
import { watchErrors } from './recent-errors.ts';
import { registerServiceWorker } from './service-worker.ts';
import { createSessions, type Sessions } from './session.ts';
import { watchStorage } from './storage-watch.ts';
import { S } from './strings.ts';
import { watchUpdates } from './update.ts';
import './styles/app.css';

installTrustedTypes();
watchErrors();

const root = document.getElementById('app') as HTMLElement;
const now = (): number => Date.now();
const newId = (): string => crypto.randomUUID();
const notice = signal<Notice | null>(null);

let sessions: Sessions | null = null;
const storage = watchStorage(() => void sessions?.storageCleared());

async function main(): Promise<void> {
  const controlled = registerServiceWorker();
  // Until there is an app to say it, a storage that cannot be opened yet is said alone.
  const stop = effect(() => {
    if (storage.notice.value) render(<Failure text={storage.notice.value.text} />, root);
  });
  const [workspaces, journal] = await Promise.all([
    openWorkspaces({ now }, storage.connection),
    openJournal(newId, now),
  ]);
  sessions = createSessions({ workspaces, controlled, storage, journal, notice, now, newId });
  await sessions.start();
  stop();
  storage.notice.value = null;
  render(<Root current={sessions.current} />, root);
  watchUpdates(sessions.rest, now);
  if (await wasEvicted(workspaces)) storage.say(S.evicted);
}

/** All state of the views goes with its workspace. */
function Root({ current }: Pick<Sessions, 'current'>) {
  const ctx = current.value;
  return ctx ? <App key={ctx.workspace.id} ctx={ctx} /> : null;
}

main().catch((thrown: unknown) => {
  console.error(thrown);
  render(<Failure text={errorText(thrown)} />, root);
});
