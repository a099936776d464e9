const SPECIAL = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]'];
const CHARACTERS = [...'abcdefghijklmnopqrstuvwxyz0123456789'];
const MARKS = [..."!#$%&'()*+,-./:;<=>?@[]_`{|}~’“”…–—"];

/** A WordPiece vocabulary: the words of `text`, and single characters for all others. */
export function wordPieces(text) {
  const words = new Set(text.toLowerCase().match(/[a-z]{2,}/g));
  return [
    ...SPECIAL,
    ...CHARACTERS,
    ...CHARACTERS.map((one) => `##${one}`),
    ...MARKS,
    ...[...words].sort(),
  ];
}

/** @param {{leading: boolean, window: number}} options `leading`: `[CLS]` comes first */
export function tokenizerFiles(pieces, { leading, window }) {
  const special = (id) => ({ SpecialToken: { id, type_id: 0 } });
  const described = (id) => ({ id, ids: [SPECIAL.indexOf(id)], tokens: [id] });
  const tokenizer = {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: SPECIAL.map((content, id) => ({
      id,
      content,
      single_word: false,
      lstrip: false,
      rstrip: false,
      normalized: false,
      special: true,
    })),
    normalizer: {
      type: 'BertNormalizer',
      clean_text: true,
      handle_chinese_chars: true,
      strip_accents: null,
      lowercase: true,
    },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [
        ...(leading ? [special('[CLS]')] : []),
        { Sequence: { id: 'A', type_id: 0 } },
        special('[SEP]'),
      ],
      pair: [],
      special_tokens: { '[CLS]': described('[CLS]'), '[SEP]': described('[SEP]') },
    },
    decoder: { type: 'WordPiece', prefix: '##', cleanup: true },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  };
  const config = {
    tokenizer_class: 'BertTokenizer',
    model_max_length: window,
    do_lower_case: true,
    pad_token: '[PAD]',
    unk_token: '[UNK]',
    cls_token: '[CLS]',
    sep_token: '[SEP]',
    mask_token: '[MASK]',
  };
  return [
    ['tokenizer.json', Buffer.from(JSON.stringify(tokenizer))],
    ['tokenizer_config.json', Buffer.from(`${JSON.stringify(config, null, 2)}\n`)],
  ];
}
