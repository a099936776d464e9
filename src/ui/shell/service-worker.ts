/** The page's side of the service worker (src/sw.ts). */
/** A first start waits so long for its service worker; then it continues without, ms. */
const CONTROL_WAIT_MS = 5_000;
/** How long it may take to answer a message, ms. */
const ANSWER_WAIT_MS = 5_000;

const scriptUrl = (): string => new URL('sw.js', document.baseURI).href;

/** Our worker, not one that another app registered for a folder above. */
const controller = (): ServiceWorker | null => {
  const current = navigator.serviceWorker?.controller ?? null;
  return current?.scriptURL === scriptUrl() ? current : null;
};

/** Calls once, as soon as our worker controls this page: at once where it does. */
function onceControlled(run: () => void): void {
  const container = navigator.serviceWorker;
  const look = (): void => {
    if (!controller()) return;
    container.removeEventListener('controllerchange', look);
    run();
  };
  container.addEventListener('controllerchange', look);
  look();
}

function controlled(): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(false), CONTROL_WAIT_MS);
    onceControlled(() => {
      clearTimeout(timer);
      resolve(true);
    });
  });
}

/**
 * Registers the worker and waits until it controls this page, so that the engine worker which is
 * created next is controlled too and its files are kept for offline use. Never rejects.
 * @param onLate it controls the page after all, which did not wait for it any longer
 */
export async function registerServiceWorker(
  onLate: () => void,
): Promise<'controlled' | 'unsupported' | 'failed'> {
  if (!navigator.serviceWorker) return 'unsupported';
  const registering = navigator.serviceWorker
    .register(scriptUrl(), { updateViaCache: 'none' })
    .then((registration) => {
      registration.active?.postMessage({ type: 'CLAIM' });
      return true;
    })
    .catch(() => false);
  if (controller()) return 'controlled';
  // A registration that fails ends the wait at once; one that works leaves it to the controller.
  const failed = registering.then((ok) => (ok ? new Promise<boolean>(() => {}) : false));
  if (await Promise.race([controlled(), failed])) return 'controlled';
  onceControlled(onLate);
  return 'failed';
}

/** Whether everything that search has used so far is kept for offline use. */
export function askOfflineReady(): Promise<boolean> {
  const worker = controller();
  if (!worker) return Promise.resolve(false);
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    const done = (ready: boolean) => {
      clearTimeout(timer);
      port1.close();
      resolve(ready);
    };
    const timer = setTimeout(() => done(false), ANSWER_WAIT_MS);
    port1.onmessage = ({ data }) => done(data?.ready === true);
    worker.postMessage({ type: 'OFFLINE_READY?' }, [port2]);
  });
}

export interface UpdateEvents {
  /** A newer version waits; `takeOver` lets it serve every tab from now on. */
  onWaiting(takeOver: () => void): void;
  /** Another version has taken over this page, which is still of the old one. */
  onTaken(): void;
}

/**
 * Least time between two looks for a newer version, ms: an installed app may stay open for weeks.
 */
const LOOK_EVERY_MS = 3_600_000;

/**
 * Tells of a new version that waits, and of one that took over. Looks for one when the page is
 * shown again, once an hour at most.
 */
export async function watchForUpdate(
  { onWaiting, onTaken }: UpdateEvents,
  now: () => number,
): Promise<void> {
  const container = navigator.serviceWorker;
  if (!container) return;
  let ours = controller();
  container.addEventListener('controllerchange', () => {
    const next = controller();
    // The first one to control a page is of the page's own version.
    if (ours && next && next !== ours) onTaken();
    ours = next ?? ours;
  });
  const registration = await container.ready;
  const offer = (): void =>
    onWaiting(() => registration.waiting?.postMessage({ type: 'SKIP_WAITING' }));
  if (registration.waiting) offer();
  registration.addEventListener('updatefound', () => {
    const fresh = registration.installing;
    fresh?.addEventListener('statechange', () => {
      // With no active version before it, this was the first install: nothing to offer.
      if (fresh.state === 'installed' && registration.active) offer();
    });
  });
  let lookedAt = now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || now() - lookedAt < LOOK_EVERY_MS) return;
    lookedAt = now();
    void registration.update().catch(() => {});
  });
}
