import { KERNEL_BASE64 } from './kernel-bytes.ts';

/** What kernel/search.ts exports: addresses as globals, and its functions. */
export interface Kernel {
  stride: WebAssembly.Global<'i32'>;
  queryAt: WebAssembly.Global<'i32'>;
  resultSlots: WebAssembly.Global<'i32'>;
  resultScores: WebAssembly.Global<'i32'>;
  resultDots: WebAssembly.Global<'i32'>;
  scanScores: WebAssembly.Global<'i32'>;
  sumAt: WebAssembly.Global<'i32'>;
  slabs: WebAssembly.Global<'i32'>;
  slabBytes: WebAssembly.Global<'i32'>;
  codesInSlab: WebAssembly.Global<'i32'>;
  recordsInSlab: WebAssembly.Global<'i32'>;
  aliveInSlab: WebAssembly.Global<'i32'>;
  filterInSlab: WebAssembly.Global<'i32'>;
  statCount: WebAssembly.Global<'f64'>;
  statSum: WebAssembly.Global<'f64'>;
  statSquares: WebAssembly.Global<'f64'>;
  setup(dimensions: number): void;
  openSlab(slab: number): void;
  encode(slot: number): void;
  nextMean(): number;
  recodeSlab(slab: number): void;
  addUp(slots: number, step: number): number;
  prepare(): void;
  countAllowed(slabs: number, filtered: number): number;
  topK(k: number, candidates: number, slabs: number, filtered: number, centred: number): number;
  resetStats(): void;
  scanSlab(slab: number, filtered: number, centred: number): void;
  sample(slots: number, step: number, filtered: number, centred: number): void;
  dotsOf(count: number): void;
  scoreOf(slot: number, centred: number): number;
}

let compiled: WebAssembly.Module | null | undefined;

/** Compiled once a realm; null where WebAssembly or its SIMD is missing. */
export function compiledKernel(): WebAssembly.Module | null {
  if (compiled === undefined) {
    try {
      const bytes = Uint8Array.from(atob(KERNEL_BASE64), (char) => char.charCodeAt(0));
      compiled = new WebAssembly.Module(bytes);
    } catch {
      compiled = null;
    }
  }
  return compiled;
}

/** An instance of its own on `memory`. @param dimensions components of a vector */
export function startKernel(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
  dimensions: number,
): Kernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  const kernel = exports as unknown as Kernel;
  kernel.setup(dimensions);
  return kernel;
}
