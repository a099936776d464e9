import { type Clock, realClock } from './clock.ts';

/** What page and worker have of the browser by which tabs know of each other, and their time. */
export interface Realm {
  locks: Pick<LockManager, 'request'>;
  clock: Clock;
  broadcast(name: string): BroadcastChannel;
}

/** The browser's own. */
export const browserRealm = (): Realm => ({
  locks: navigator.locks,
  clock: realClock,
  broadcast: (name) => new BroadcastChannel(name),
});
