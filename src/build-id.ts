declare const __BUILD__: string | undefined;

/** Hash of everything this build was made from; `dev` outside a build. */
export const BUILD: string = typeof __BUILD__ === 'string' ? __BUILD__ : 'dev';

declare const __VERSION__: string | undefined;

/** Of package.json. */
export const VERSION: string = typeof __VERSION__ === 'string' ? __VERSION__ : 'dev';

declare const __FAULTS__: boolean | undefined;

/** A `--mode test` build: tests may reach in, and break the worker (src/worker/faults.ts). */
export const FAULTS: boolean = typeof __FAULTS__ === 'boolean' && __FAULTS__;

/** What a test wants to break in the worker that starts next: its page's `faultsForNextWorker`. */
export const faultsForNextWorker = (): object[] =>
  (globalThis as { faultsForNextWorker?: () => object[] }).faultsForNextWorker?.() ?? [];

/** A test build's page is told by a test, its worker by the page (its name is a `WorkerConfig`). */
function waitFactor(): number {
  const { waitFactor, name } = globalThis as { waitFactor?: number; name?: string };
  if (waitFactor !== undefined || !name?.startsWith('{')) return waitFactor ?? 1;
  return (JSON.parse(name) as { waitFactor?: number }).waitFactor ?? 1;
}

/** By what the waits of src/limits.ts are multiplied: 1 but in tests. */
export const WAIT_FACTOR: number = FAULTS ? waitFactor() : 1;
