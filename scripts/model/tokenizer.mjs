const RESERVED = 6;
const UNKNOWN_ID = 0;
const SPACE = '▁';

/** Describes the original's SentencePiece unigram model as a tokenizer.json. */
export function tokenizerJson(vocabulary) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFKC' },
        { type: 'Prepend', prepend: SPACE },
        { type: 'Replace', pattern: { String: ' ' }, content: SPACE },
      ],
    },
    // Not Metaspace: it would leave out the prefix where a text begins with a space.
    pre_tokenizer: null,
    post_processor: null,
    decoder: { type: 'Metaspace', replacement: SPACE, prepend_scheme: 'always', split: false },
    model: { type: 'Unigram', unk_id: UNKNOWN_ID, vocab: vocabulary.map(toPiece) },
  };
}

function toPiece([piece, score], id) {
  // The original never matches its reserved pieces. Normalised text holds no plain space, so a
  // piece that begins with one cannot match either, even where a note says "<s>".
  if (id > UNKNOWN_ID && id < RESERVED) return [` ${piece}`, 0];
  // Pieces with a colon lost their score on the way into the package; the original adds null as 0.
  // (Of two equal sums it takes the later match where tokenizers keep the first: "999" is 99 + 9
  // there and 9 + 99 here. No score can turn that round, and it touches one line in a thousand.)
  return [piece, score ?? 0];
}

export function tokenizerConfig(vocabulary, maxLength) {
  const unknown = vocabulary[UNKNOWN_ID][0];
  return {
    tokenizer_class: 'PreTrainedTokenizer',
    model_max_length: maxLength,
    padding_side: 'right',
    truncation_side: 'right',
    // Id 0 stands for unknown text and fills up rows: padding is told apart by the mask only.
    pad_token: unknown,
    unk_token: unknown,
    clean_up_tokenization_spaces: false,
    model_input_names: ['input_ids', 'attention_mask'],
  };
}
