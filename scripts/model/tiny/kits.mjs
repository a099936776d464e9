import { TYPE } from '../onnx-writer.mjs';
import { quantiseColumns } from '../quantise.mjs';

const plain = (g, name, weight, bias, x) =>
  g.node('Add', [g.node('MatMul', [x, weight]), g.weight(`${name}.bias`, bias)]);

export function fp32(g) {
  return {
    table: (name, table) => g.weight(name, table),
    linear: (name, { weight, bias }, x) =>
      plain(g, name, g.weight(`${name}.weight`, weight), bias, x),
  };
}

/** Half the size on disk; computed in full. */
export function fp16(g) {
  const half = (name, { shape, data }) =>
    g.node('Cast', [g.constant(name, shape, halves(data))], { to: TYPE.FLOAT });
  return {
    table: half,
    linear: (name, { weight, bias }, x) => plain(g, name, half(`${name}.weight`, weight), bias, x),
  };
}

/** As most quantised files are: one scale for a whole batch, so that a text's vector depends on it. */
export function dynamicInt8(g) {
  return {
    table: (name, table) => g.weight(name, table),
    linear(name, { weight, bias }, x) {
      const { shape, values, scales } = quantiseColumns(weight);
      const [tokens, scale, zero] = ['q', 'scale', 'zero'].map((part) => `${name}.x.${part}`);
      g.node('DynamicQuantizeLinear', [x], {}, [tokens, scale, zero]);
      const sums = g.node('MatMulInteger', [
        tokens,
        g.constant(`${name}.weight`, shape, values),
        zero,
      ]);
      const scaled = g.node('Mul', [
        g.node('Mul', [g.node('Cast', [sums], { to: TYPE.FLOAT }), scale]),
        g.constant(`${name}.scale`, [shape[1]], scales),
      ]);
      return g.node('Add', [scaled, g.weight(`${name}.bias`, bias)]);
    },
  };
}

/** The bits of half floats; what is too small for one becomes 0. Weights are never too large. */
function halves(floats) {
  const bits = new Uint32Array(floats.buffer, floats.byteOffset, floats.length);
  return Uint16Array.from(bits, (b) => {
    const exponent = ((b >>> 23) & 255) - 112;
    const sign = (b >>> 16) & 0x8000;
    return exponent <= 0 ? sign : sign | (exponent << 10) | ((b >>> 13) & 0x3ff);
  });
}
