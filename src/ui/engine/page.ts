import type { Realm } from '../../realm.ts';

/** What the engine has of the page: `window` fits. */
export interface PageEvents
  extends Pick<Window, 'addEventListener' | 'removeEventListener' | 'navigator'> {
  document: Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>;
}

export interface PageRealm extends Realm {
  page: PageEvents;
}
