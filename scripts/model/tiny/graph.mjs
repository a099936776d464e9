import { attention, layerNorm } from '../attention.mjs';
import { INT64_MATRIX, OnnxWriter, TYPE } from '../onnx-writer.mjs';

export const WIDTH = 64;
export const POSITIONS = 128;
const INNER = 128;
const LAYERS = 2;

/**
 * A BERT-like encoder (post-norm, GELU) as one ONNX file; its output is `last_hidden_state`.
 * @param {object} options
 * @param {(g: OnnxWriter) => object} options.makeKit writes matrices: see `kits.mjs`
 * @param {boolean} options.causal each token sees those before it alone, as in decoders
 * @param {(size: number, spread: number) => Float32Array} options.random
 */
export function tinyOnnx({ makeKit, causal, vocabulary, random }) {
  const g = new OnnxWriter();
  const kit = makeKit(g);
  const matrix = (...shape) => ({
    shape,
    data: random(
      shape.reduce((a, b) => a * b),
      1 / Math.sqrt(shape[0]),
    ),
  });
  const dense = (rows, columns) => ({
    weight: matrix(rows, columns),
    bias: { shape: [columns], data: random(columns, 0.02) },
  });
  const norm = (name, x) => {
    const parameters = {
      scale: { shape: [WIDTH], data: new Float32Array(WIDTH).fill(1) },
      bias: { shape: [WIDTH], data: new Float32Array(WIDTH) },
    };
    return layerNorm(g, name, parameters, x);
  };

  let x = norm('embeddings.norm', embeddings({ g, kit, vocabulary, random }));
  const bias = attentionBias(g, causal);
  for (let i = 0; i < LAYERS; i++) {
    const name = `layer${i}`;
    const qkv = kit.linear(`${name}.qkv`, dense(WIDTH, 3 * WIDTH), x);
    const mixed = attention(g, qkv, WIDTH, bias);
    const attended = kit.linear(`${name}.output`, dense(WIDTH, WIDTH), mixed);
    const h = norm(`${name}.norm1`, g.node('Add', [attended, x]));
    const up = kit.linear(`${name}.up`, dense(WIDTH, INNER), h);
    const down = kit.linear(`${name}.down`, dense(INNER, WIDTH), gelu(g, up));
    x = norm(`${name}.norm2`, g.node('Add', [down, h]));
  }
  g.node('Identity', [x], {}, ['last_hidden_state']);
  return g.encode({
    name: 'tiny',
    producer: 'findling-tests',
    inputs: ['input_ids', 'attention_mask', 'token_type_ids'].map((name) => ({
      name,
      ...INT64_MATRIX,
    })),
    outputs: [{ name: 'last_hidden_state', type: 'FLOAT', dims: ['batch', 'sequence', WIDTH] }],
  });
}

function embeddings({ g, kit, vocabulary, random }) {
  const table = (name, rows, spread) =>
    kit.table(name, { shape: [rows, WIDTH], data: random(rows * WIDTH, spread) });
  const words = g.node('Gather', [table('words', vocabulary, 1), 'input_ids']);
  const types = g.node('Gather', [table('types', 2, 0.1), 'token_type_ids']);
  const count = g.node('Shape', ['input_ids'], { start: 1n, end: 2n });
  const places = g.node('Slice', [table('places', POSITIONS, 0.1), g.ints(0), count]);
  return g.node('Add', [g.node('Add', [words, types]), places]);
}

/** 0 where a token may be looked at, −1e9 elsewhere: [batch, 1, 1 or query, key]. */
function attentionBias(g, causal) {
  const mask = g.node('Cast', ['attention_mask'], { to: TYPE.FLOAT });
  const hidden = g.node('Mul', [g.node('Sub', [mask, g.scalar(1)]), g.scalar(1e9)]);
  const bias = g.node('Unsqueeze', [hidden, g.ints(1, 2)]);
  if (!causal) return bias;
  const later = new Float32Array(POSITIONS * POSITIONS);
  for (let q = 0; q < POSITIONS; q++) later.fill(-1e9, q * POSITIONS + q + 1, (q + 1) * POSITIONS);
  const count = g.node('Shape', ['input_ids'], { start: 1n, end: 2n });
  const square = g.node('Slice', [
    g.constant('later', [POSITIONS, POSITIONS], later),
    g.ints(0, 0),
    g.node('Concat', [count, count], { axis: 0n }),
  ]);
  return g.node('Add', [bias, square]);
}

function gelu(g, x) {
  const erf = g.node('Erf', [g.node('Mul', [x, g.scalar(Math.SQRT1_2)])]);
  const half = g.node('Mul', [x, g.scalar(0.5)]);
  return g.node('Mul', [half, g.node('Add', [erf, g.scalar(1)])]);
}
