import { scaleBy } from './quantise.mjs';

/** Matrices as they are; the one WebGPU runs. */
export function fp32Kit(g) {
  return {
    rowMultiple: 1,
    // The original adds the embedding twice: by itself, and inside the timing signal.
    embed: (name, { shape, data }, ids) =>
      g.node('Gather', [g.constant(name, shape, scaleBy(data, 2)), ids]),
    linear: (name, { weight, bias }, x) =>
      g.node('Add', [
        g.node('MatMul', [x, g.weight(`${name}.weight`, weight)]),
        g.weight(`${name}.bias`, bias),
      ]),
  };
}
