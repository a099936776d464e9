const HEADS = 4;
const EPSILON = 1e-6;

/** Attention, then a feed-forward part, each over a normalised input and with a residual. */
export function transformerLayer({ g, kit, attentionBias }, name, p, input, residual) {
  const width = p.output.weight.shape[0];
  const qkv = kit.linear(
    `${name}.qkv`,
    p.qkv,
    layerNorm(g, `${name}.norm1`, p.attentionNorm, input),
  );
  const mixed = attention(g, qkv, width, attentionBias);
  const h = g.node('Add', [kit.linear(`${name}.output`, p.output, mixed), residual]);

  const up = kit.linear(`${name}.up`, p.up, layerNorm(g, `${name}.norm2`, p.ffnNorm, h));
  const active = g.node('Relu', [up]);
  const down = kit.linear(`${name}.down`, p.down, active, { nonNegative: true });
  return g.node('Add', [down, h]);
}

export function layerNorm(g, name, { scale, bias }, x) {
  const inputs = [x, g.weight(`${name}.scale`, scale), g.weight(`${name}.bias`, bias)];
  return g.node('LayerNormalization', inputs, { axis: -1n, epsilon: EPSILON });
}

export function attention(g, qkv, width, bias) {
  const size = width / HEADS;
  const parts = ['q', 'k', 'v'].map((part) => `${qkv}.${part}`);
  const [q, k, v] = g.node('Split', [qkv, g.ints(width, width, width)], { axis: -1n }, parts);
  const heads = (x, perm) =>
    g.node('Transpose', [g.node('Reshape', [x, g.ints(0, 0, HEADS, size)])], { perm });

  const scaled = g.node('Mul', [heads(q, [0, 2, 1, 3]), g.scalar(1 / Math.sqrt(size))]);
  const scores = g.node('MatMul', [scaled, heads(k, [0, 2, 3, 1])]);
  const weights = g.node('Softmax', [g.node('Add', [scores, bias])], { axis: -1n });
  const mixed = g.node('MatMul', [weights, heads(v, [0, 2, 1, 3])]);
  return g.node('Reshape', [
    g.node('Transpose', [mixed], { perm: [0, 2, 1, 3] }),
    g.ints(0, 0, width),
  ]);
}
