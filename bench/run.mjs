/**
 * `npm run bench -- [--only NAME,…] [--quick] [--json FILE]`: measures the built app in a real
 * Chromium and prints one table. It informs: a missed goal does not fail it.
 */
import { indexingRate } from './indexing-rate.mjs';
import { largeImport } from './large-import.mjs';
import { largeLibrary } from './large-library.mjs';
import { mainThread } from './main-thread.mjs';
import { phoneMemory } from './phone-memory.mjs';
import { queryWhileIndexing } from './query-while-indexing.mjs';
import { runBenches } from './runner.mjs';
import { saveToFindable } from './save-to-findable.mjs';
import { shellSize } from './shell-size.mjs';
import { wire } from './wire.mjs';

await runBenches({
  'indexing-rate': indexingRate,
  'main-thread': mainThread,
  'large-import': largeImport,
  'large-library': largeLibrary,
  'phone-memory': phoneMemory,
  'save-to-findable': saveToFindable,
  'query-while-indexing': queryWhileIndexing,
  'shell-size': shellSize,
  wire,
});
