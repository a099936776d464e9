import { MAX_TOKENS, WIDTH } from './graph.mjs';

/**
 * What transformers.js reads. It knows no such model; "bert" makes it run the graph as it is, with
 * the two inputs that the graph lists.
 */
export function modelConfig({ name, version }, { embedding, layers }) {
  return {
    _name_or_path: 'use-lite',
    model_type: 'bert',
    architectures: ['BertModel'],
    hidden_size: WIDTH,
    intermediate_size: layers[0].up.weight.shape[1],
    max_position_embeddings: MAX_TOKENS,
    num_attention_heads: 4,
    num_hidden_layers: layers.length,
    pad_token_id: 0,
    vocab_size: embedding.shape[0],
    // For people and for the app: the output is the finished vector, nothing is left to pool.
    sentence_embedding: {
      title: 'Universal Sentence Encoder Lite',
      output: 'sentence_embedding',
      normalized: true,
      query_prefix: '',
      passage_prefix: '',
      license: 'Apache-2.0',
      source: `${name}@${version}`,
    },
  };
}
