import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here('./page'),
  base: './',
  logLevel: 'error',
  resolve: { alias: { '@xenova/transformers': here('./page/no-model.ts') } },
  build: {
    outDir: here('../../dist-bench-search'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 5000,
  },
});
