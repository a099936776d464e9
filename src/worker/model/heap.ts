/**
 * The size of the WASM heap. ONNX Runtime makes its memory itself and hands out no handle, so the
 * constructor is watched: installed before the runtime loads, it changes nothing but remembers.
 */
const memories: WebAssembly.Memory[] = [];

/** Before the runtime is loaded; once a worker. */
export function watchWasmMemory(): void {
  const Original = WebAssembly.Memory;
  WebAssembly.Memory = new Proxy(Original, {
    construct(target, args: [WebAssembly.MemoryDescriptor]) {
      const memory = new target(...args);
      memories.push(memory);
      return memory;
    },
  });
}

/** Bytes of all WASM memories of this worker; they never shrink. */
export const wasmBytes = (): number =>
  memories.reduce((sum, memory) => sum + memory.buffer.byteLength, 0);

/** `(module (func (result v128) (v128.const 0)))`: validates only where SIMD is known. */
const SIMD_PROBE = new Uint8Array([
  0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 22, 1, 20, 0, 253, 12, 0, 0,
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11,
]);

/** Whether WebAssembly SIMD is there: without it there is no model. */
export const hasSimd = (): boolean =>
  typeof WebAssembly === 'object' && WebAssembly.validate(SIMD_PROBE);
