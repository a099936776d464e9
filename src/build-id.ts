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
