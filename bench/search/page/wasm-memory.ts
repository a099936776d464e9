/** Memories of WebAssembly do not count as the page's: they are noted as they appear. */
const memories = new Set<WebAssembly.Memory>();

function note(instance: WebAssembly.Instance, imports?: WebAssembly.Imports): void {
  const all = [instance.exports, ...Object.values(imports ?? {})].flatMap((one) =>
    Object.values(one as Record<string, unknown>),
  );
  for (const value of all) if (value instanceof WebAssembly.Memory) memories.add(value);
}

const { instantiate, instantiateStreaming } = WebAssembly;
WebAssembly.instantiate = (async (source: BufferSource, imports?: WebAssembly.Imports) => {
  const result = await instantiate(source, imports);
  // Of a module the result is the instance itself.
  note('instance' in result ? result.instance : (result as WebAssembly.Instance), imports);
  return result;
}) as typeof WebAssembly.instantiate;
WebAssembly.instantiateStreaming = async (source, imports) => {
  const result = await instantiateStreaming(source, imports);
  note(result.instance, imports);
  return result;
};

/** Of all WebAssembly memories so far, bytes. */
export const wasmBytes = (): number =>
  [...memories].reduce((sum, { buffer }) => sum + buffer.byteLength, 0);
