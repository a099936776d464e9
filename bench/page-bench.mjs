/** Builds and opens the bench's own page: the product's model and headers, other callers. */
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from '../scripts/install.mjs';

export const BENCH_DIST = join(ROOT, 'dist-bench');

/** With the product's own settings, so that the same variant of the runtime is bundled. */
export const buildBenchPage = () =>
  build({
    configFile: join(ROOT, 'vite.config.ts'),
    root: join(ROOT, 'bench/page'),
    publicDir: join(ROOT, 'public'),
    logLevel: 'warn',
    build: { outDir: BENCH_DIST, emptyOutDir: true },
  });
