import type * as Zip from '@zip.js/zip.js';

let loaded: Promise<typeof Zip> | null = null;

/**
 * The zip library, fetched when a .zip is first read or written. It starts no worker of its own: the
 * CSP refuses scripts from `blob:`, and the browser's own (de)compression runs off this thread anyway.
 */
export function zipLibrary(): Promise<typeof Zip> {
  loaded ??= import('@zip.js/zip.js/lib/zip-core-custom.js').then((zip) => {
    zip.configure({ useWebWorkers: false });
    return zip;
  });
  return loaded;
}
