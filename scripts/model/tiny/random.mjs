/**
 * Normal values from a seed (mulberry32, Box–Muller).
 * @param {number} seed
 * @returns {(size: number, spread: number) => Float32Array} values with standard deviation `spread`
 */
export function randomOf(seed) {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return (size, spread) =>
    Float32Array.from({ length: size }, () => {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return spread * radius * Math.cos(2 * Math.PI * uniform());
    });
}
