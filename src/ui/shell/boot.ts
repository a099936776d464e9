import { FindlingError } from '../../errors.ts';

/** The engine worker of this build, named with its configuration. */
export const spawnWorker = (name: string): Worker =>
  new Worker(new URL('../../worker/entry.ts', import.meta.url), { type: 'module', name });

/** A script that did not load may be one that this browser cannot load: asked only then. */
export function explainSpawnFailure(error: FindlingError): FindlingError {
  return error.code === 'worker-script' && !supportsModuleWorkers()
    ? new FindlingError('no-module-workers')
    : error;
}

/** A browser that knows the option reads it; one that does not never looks. */
function supportsModuleWorkers(): boolean {
  let read = false;
  const options = {
    get type(): WorkerType {
      read = true;
      return 'module';
    },
  };
  try {
    new Worker('data:,', options).terminate();
  } catch {
    // Refused by the CSP or by Trusted Types: the option was read before that, or never.
  }
  return read;
}
