/** The product's own constants: Node.js 20 cannot read TypeScript by itself. */
import { join } from 'node:path';
import { runnerImport } from 'vite';
import { ROOT } from '../scripts/install.mjs';

const product = async (file) => (await runnerImport(join(ROOT, 'src', file))).module;

export const { SLICE_TARGET_MS } = await product('protocol.ts');
export const DEBOUNCE_MS = (await product('limits.ts')).LIMITS.debounceMs;
