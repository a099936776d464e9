import { transformerLayer } from './attention.mjs';
import { INT64_MATRIX, OnnxWriter, TYPE } from './onnx-writer.mjs';

export const MAX_TOKENS = 128;
export const WIDTH = 512;
const OUTPUT = 'sentence_embedding';

/** Writes the encoder as one ONNX file; `makeKit` gives its matrices as fp32 or as int8. */
export function encoderOnnx(parameters, makeKit, producer) {
  const g = new OnnxWriter();
  const kit = makeKit(g);
  const { ids, mask } = readInputs(g, kit.rowMultiple);
  const context = { g, kit, attentionBias: attentionBias(g, mask) };

  const embedded = addTiming(g, kit.embed('embedding', parameters.embedding, ids), parameters, ids);
  // Layer 0 widens 256 to 512, so its residual is a projection; layer 1 has a plain one.
  const residual = kit.linear('widen', parameters.widen, embedded);
  const layer0 = transformerLayer(context, 'layer0', parameters.layers[0], embedded, residual);
  const layer1 = transformerLayer(context, 'layer1', parameters.layers[1], layer0, layer0);

  const mean = meanOverTokens(g, layer1, mask);
  const sentence = g.node('Tanh', [kit.linear('head', parameters.head, mean)]);
  g.node('Div', [sentence, g.node('ReduceL2', [sentence], { axes: [-1] })], {}, [OUTPUT]);
  return g.encode({
    name: 'universal-sentence-encoder-lite',
    producer,
    inputs: ['input_ids', 'attention_mask'].map((name) => ({ name, ...INT64_MATRIX })),
    outputs: [{ name: OUTPUT, type: 'FLOAT', dims: ['batch', WIDTH] }],
  });
}

/** Cuts to the window as the original does, then pads to a multiple of `rowMultiple` tokens. */
function readInputs(g, rowMultiple) {
  const [ids, mask] = ['input_ids', 'attention_mask'].map((input) =>
    g.node('Slice', [input, g.ints(0), g.ints(MAX_TOKENS), g.ints(1)]),
  );
  const pad = rowMultiple > 1 ? padTo(g, ids, rowMultiple) : (x) => x;
  return { ids: pad(ids), mask: g.node('Cast', [pad(mask)], { to: TYPE.FLOAT }) };
}

function padTo(g, ids, multiple) {
  const missing = g.node('Mod', [g.node('Neg', [tokenCount(g, ids)]), g.ints(multiple)]);
  const pads = g.node('Concat', [g.ints(0, 0, 0), missing], { axis: 0n });
  return (x) => g.node('Pad', [x, pads]);
}

function tokenCount(g, ids) {
  return g.node('Shape', [ids], { start: 1n, end: 2n });
}

/** 0 for a real token, −1e9 for padding, shaped to add to scores [batch, head, query, key]. */
function attentionBias(g, mask) {
  const bias = g.node('Mul', [g.node('Sub', [mask, g.scalar(1)]), g.scalar(1e9)]);
  return g.node('Unsqueeze', [bias, g.ints(1, 2)]);
}

function addTiming(g, embedded, { frequencies, embedding }, ids) {
  const width = embedding.shape[1];
  const table = g.constant('timing', [MAX_TOKENS, width], timingSignal(frequencies.data));
  return g.node('Add', [embedded, g.node('Slice', [table, g.ints(0), tokenCount(g, ids)])]);
}

/** Row p is sin(p·f) for every frequency f, then cos(p·f). */
function timingSignal(frequencies) {
  const angles = (p) => [...frequencies].map((f) => Math.fround(p * f));
  const rows = Array.from({ length: MAX_TOKENS }, (_, p) => [
    ...angles(p).map(Math.sin),
    ...angles(p).map(Math.cos),
  ]);
  return Float32Array.from(rows.flat());
}

function meanOverTokens(g, hidden, mask) {
  const sum = g.node('MatMul', [g.node('Unsqueeze', [mask, g.ints(1)]), hidden]);
  // A row without any token still divides by one: no NaN may leave the model.
  const count = g.node('Max', [g.node('ReduceSum', [mask, g.ints(1)]), g.scalar(1)]);
  return g.node('Div', [g.node('Squeeze', [sum, g.ints(1)]), count]);
}
