/** The product's own constants: Node.js 20 cannot read TypeScript by itself. */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT } from '../scripts/install.mjs';

const { module } = await runnerImport(join(ROOT, 'src/protocol.ts'));
export const { DEBOUNCE_MS, SLICE_TARGET_MS } = module;
