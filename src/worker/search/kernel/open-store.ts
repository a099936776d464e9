import { compiledKernel } from './kernel-module.ts';
import { PlainVectorStore } from './plain-store.ts';
import type { VectorStore } from './vector-store.ts';
import { WasmVectorStore } from './wasm-store.ts';

/** The fast one where WebAssembly has SIMD, else the plain one. */
export function openVectorStore(dimensions: number): VectorStore {
  const kernel = compiledKernel();
  return kernel ? new WasmVectorStore(dimensions, kernel) : new PlainVectorStore(dimensions);
}
