import { readFileSync } from 'node:fs';
import { defaultClientConditions, defineConfig, type UserConfig } from 'vite';
import { DEV_HEADERS } from './scripts/headers.mjs';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** In the words as they are, or in those of a language: of the test build, or named by the mode. */
async function wordsOf(mode: string) {
  if (mode === 'production' || mode === 'development') return [];
  if (mode === 'test') return [(await import('./scripts/pseudo.mjs')).pseudoLanguage()];
  return [(await import('./scripts/language.mjs')).inLanguage(mode)];
}

/**
 * Builds two of the three realms: the page and, through `new Worker(new URL(…))`, the engine
 * worker. The service worker lists their files, so scripts/build.mjs builds it afterwards.
 */
export default defineConfig(
  async ({ mode }): Promise<UserConfig> => ({
    base: './',
    plugins: await wordsOf(mode),
    define: {
      __BUILD__: JSON.stringify('dev'),
      __VERSION__: JSON.stringify(version),
      // The fault port of src/worker/faults.ts: in the test build alone.
      __FAULTS__: JSON.stringify(mode === 'test'),
    },
    resolve: {
      // The variant of ONNX Runtime that names no .wasm by `new URL`: Vite would copy 27 MB into
      // assets/ beside the same file in ort/.
      conditions: ['onnxruntime-web-use-extern-wasm', ...defaultClientConditions],
    },
    worker: { format: 'es' },
    optimizeDeps: { exclude: ['@huggingface/transformers', 'onnxruntime-web'] },
    build: {
      target: 'es2022',
      sourcemap: false,
      // data: URLs of fonts would meet the CSP.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      // The engine (transformers.js with ONNX Runtime) is one chunk of this size, loaded in a worker.
      chunkSizeWarningLimit: 1500,
      rolldownOptions: {
        output: {
          // All that every start needs is one file: it compresses better than forty.
          codeSplitting: { groups: [{ name: 'start', tags: ['$initial'] }] },
        },
      },
    },
    server: { headers: DEV_HEADERS },
  }),
);
