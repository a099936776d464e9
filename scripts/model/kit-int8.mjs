import { TYPE } from './onnx-writer.mjs';
import { quantiseColumns, quantiseRows, scaleBy } from './quantise.mjs';

// uint8 activations, never int8: the runtime has a fast kernel for uint8 × int8 only.
const SIGNED = { levels: 127, zero: 128 };
const NON_NEGATIVE = { levels: 255, zero: 0 };

/** Matrices as int8, one scale a column; activations quantised on the fly, one scale a token. */
export function int8Kit(g) {
  return {
    // Rounding turns the last bit of a sum into a whole step. SIMD adds in groups of four and
    // treats a single row in its own way, so that bit would depend on how far a batch pads a
    // text; with whole groups a text gets the same bits alone and beside others.
    rowMultiple: 4,
    embed: (name, table, ids) => embed(g, name, quantiseRows(table), ids),
    linear: (name, { weight, bias }, x, { nonNegative = false } = {}) => {
      const range = nonNegative ? NON_NEGATIVE : SIGNED;
      const { tokens, top } = quantiseTokens(g, x, range);
      const product = multiply(g, name, tokens, quantiseColumns(weight), range);
      return g.node('Add', [g.node('Mul', [product, top]), g.weight(`${name}.bias`, bias)]);
    },
  };
}

function embed(g, name, { shape, values, scales }, ids) {
  const rows = g.node('Gather', [g.constant(name, shape, values), ids]);
  // Twice: see kit-fp32.
  const scale = g.constant(`${name}.scale`, [shape[0], 1], scaleBy(scales, 2));
  return g.node('Mul', [
    g.node('Cast', [rows], { to: TYPE.FLOAT }),
    g.node('Gather', [scale, ids]),
  ]);
}

/** Not DynamicQuantizeLinear: its one scale for all would tie a text's vector to its batch. */
function quantiseTokens(g, x, { levels, zero }) {
  const size = zero ? g.node('Abs', [x]) : x;
  const top = g.node('Max', [g.node('ReduceMax', [size], { axes: [-1] }), g.scalar(1e-12)]);
  const scaled = g.node('Mul', [x, g.node('Div', [g.scalar(levels), top])]);
  // The cast cuts off, so the half makes it round.
  const shifted = g.node('Add', [scaled, g.scalar(zero + 0.5)]);
  return { tokens: g.node('Cast', [shifted], { to: TYPE.UINT8 }), top };
}

function multiply(g, name, tokens, { shape, values, scales }, { levels, zero }) {
  const weight = g.constant(`${name}.weight`, shape, values);
  const zeroPoint = g.constant(`zero_${zero}`, [], Uint8Array.of(zero));
  const sums = g.node('MatMulInteger', [tokens, weight, zeroPoint]);
  const scale = g.constant(`${name}.scale`, [shape[1]], scaleBy(scales, 1 / levels));
  return g.node('Mul', [g.node('Cast', [sums], { to: TYPE.FLOAT }), scale]);
}
