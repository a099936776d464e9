const STACK = 'KonaTransformer/Encode/TransformerStack';
const TRANSFORMER = 'KonaTransformer/Encode';

/** Names the weights by what they do; the original's names are long paths. */
export function nameParameters(weights) {
  const entries = [...weights.values()];
  const find = (...parts) => {
    const hits = entries.filter(({ name }) => parts.every((part) => name.includes(part)));
    if (hits.length !== 1) throw new Error(`${hits.length} weights match ${parts.join(' … ')}.`);
    return hits[0];
  };
  const layer = (n) => {
    const at = `${TRANSFORMER}/Layer_${n}/TransformerLayer`;
    const ffn = `${STACK}/Layer_${n}/TransformerLayer/FFN`;
    const norm = (path) => ({
      scale: find(`${path}/layer_prepostprocess/layer_norm/layer_norm_scale`),
      bias: find(`${path}/layer_prepostprocess/layer_norm/layer_norm_bias`),
    });
    const linear = (weight, bias) => ({ weight: asMatrix(weight), bias });
    const attention = (part) =>
      linear(
        find(`${at}/MultiheadAttention/${part}/kernel`),
        find(`${at}/MultiheadAttention/${part}/bias`),
      );
    return {
      attentionNorm: norm(at),
      qkv: attention('qkv_transform_single'),
      output: attention('output_transform_single'),
      ffnNorm: norm(`${at}/FFN`),
      up: linear(find(`${ffn}/conv1/Tensordot/Reshape_1`), find(`${at}/FFN/conv1/bias`)),
      down: linear(find(`${ffn}/conv2/Tensordot/Reshape_1`), find(`${at}/FFN/conv2/bias`)),
    };
  };
  const widen = `${TRANSFORMER}/Layer_0/TransformerLayer/dense`;
  return {
    embedding: find('module/Embeddings_en'),
    frequencies: find('AddTimingSignal/TimingSignal/ExpandDims_1'),
    widen: { weight: find(`${widen}/kernel`), bias: find(`${widen}/bias`) },
    layers: [layer(0), layer(1)],
    head: { weight: find('tanh_layer_0/weights'), bias: find('tanh_layer_0/bias') },
  };
}

/** A 1×1 convolution's kernel [1, 1, in, out] is a plain matrix. */
function asMatrix({ name, shape, data }) {
  return { name, shape: shape.slice(-2), data };
}
