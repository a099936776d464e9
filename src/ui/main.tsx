/** ENTRY, page realm: opens the notes, starts the engine, shows the app. */
import { signal } from '@preact/signals';
import { render } from 'preact';
import { FAULTS } from '../build-id.ts';
import { FindlingError } from '../errors.ts';
import { type ConnectionEvents, openNotes } from '../storage/notes/index.ts';
import { DEFAULT_WORKSPACE, openWorkspaces } from '../storage/workspaces.ts';
import { installTrustedTypes } from '../trusted-types.ts';
import { App } from './app.tsx';
import { explainSpawnFailure, spawnWorker } from './boot.ts';
import { createEngine } from './engine/engine.ts';
import type { Notice } from './engine/types.ts';
import { errorText } from './errors-text.ts';
import { Failure } from './failure.tsx';
import { watchOfflineReady } from './offline-ready.ts';
import { registerServiceWorker } from './service-worker.ts';
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
  const notes = await openNotes(DEFAULT_WORKSPACE, { now, newId }, connection);
  const engine = createEngine({
    workspace: DEFAULT_WORKSPACE,
    base: new URL('./', document.baseURI).href,
    spawn: spawnWorker,
    explain: explainSpawnFailure,
    newId,
    // Only what a controlled worker loads is kept for offline use.
    after: controlled,
    count: notes.count,
    notice,
    describe: (error) => errorText(error),
  });
  const offlineReady = watchOfflineReady(engine.status);
  const ctx = { notes, workspaces, engine, offlineReady, now, newId };
  if (FAULTS) Object.assign(globalThis, { findling: ctx });
  render(<App ctx={ctx} />, root);
}

main().catch((thrown: unknown) => {
  console.error(thrown);
  render(<Failure text={errorText(thrown)} />, root);
});
