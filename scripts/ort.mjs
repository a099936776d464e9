/** Copies the ONNX Runtime files that the engine loads at run time into public/ort/. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './install.mjs';

// Plain: WebAssembly only, half the size. Asyncify: what transformers.js needs for WebGPU.
const FILES = ['', '.asyncify'].flatMap((kind) =>
  ['mjs', 'wasm'].map((ext) => `ort-wasm-simd-threaded${kind}.${ext}`),
);

const content = (path) => {
  try {
    return readFileSync(path);
  } catch {
    return null;
  }
};

export function copyOrt() {
  const from = join(ROOT, 'node_modules/onnxruntime-web/dist');
  const to = join(ROOT, 'public/ort');
  mkdirSync(to, { recursive: true });
  for (const name of readdirSync(to)) {
    if (!FILES.includes(name)) rmSync(join(to, name), { recursive: true });
  }
  for (const name of FILES) {
    const source = readFileSync(join(from, name));
    if (!content(join(to, name))?.equals(source)) copyFileSync(join(from, name), join(to, name));
  }
}
