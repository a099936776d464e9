/** ENTRY, page realm: opens the list of workspaces, starts a session, shows the app. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { FindlingError } from '../errors.ts';
import type { ConnectionEvents } from '../storage/notes/index.ts';
import { openWorkspaces } from '../storage/workspaces.ts';
import { installTrustedTypes } from '../trusted-types.ts';
import { App } from './app.tsx';
import type { Notice } from './engine/types.ts';
import { errorText } from './errors-text.ts';
import { Failure } from './failure.tsx';
import { registerServiceWorker } from './service-worker.ts';
import { createSessions } from './session.ts';
import './styles/app.css';

installTrustedTypes();

const root = document.getElementById('app') as HTMLElement;
const now = (): number => Date.now();
const newId = (): string => crypto.randomUUID();
const notice = signal<Notice | null>(null);

const alert = (error: FindlingError): void => {
  notice.value = { kind: 'alert', text: errorText(error) };
};
const connection: ConnectionEvents = {
  onBlocked: () => alert(new FindlingError('storage-blocked')),
  onLost: (why) => {
    alert(new FindlingError(why === 'upgrade' ? 'protocol-mismatch' : 'storage-closed'));
  },
};

async function main(): Promise<void> {
  const controlled = registerServiceWorker();
  const workspaces = await openWorkspaces({ now }, connection);
  const sessions = createSessions({ workspaces, controlled, connection, notice, now, newId });
  await sessions.start();
  render(<Root current={sessions.current} />, root);
}

/** All state of the views goes with its workspace. */
function Root({ current }: Pick<ReturnType<typeof createSessions>, 'current'>) {
  const ctx = current.value;
  return ctx ? <App key={ctx.workspace.id} ctx={ctx} /> : null;
}

main().catch((thrown: unknown) => {
  console.error(thrown);
  render(<Failure text={errorText(thrown)} />, root);
});
