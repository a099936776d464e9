/**
 * What a folder of a sentence-embedding model says of itself, in the layout of transformers.js and
 * sentence-transformers. Pure: files are named, and read through a function.
 */
export type Pooling = 'mean' | 'cls' | 'last';
/** As transformers.js names them: each stands for one file below `onnx/`. */
export type Dtype = 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'q4f16';

export interface FolderFile {
  /** Below the model's folder, with `/`. */
  path: string;
  bytes: number;
}

export interface ModelDescription {
  name: string;
  dtype: Dtype;
  /** The weights' path as it is found in the folder. */
  weights: string;
  /** All files that loading it reads. */
  files: string[];
  /** Of those files. */
  bytes: number;
  pooling: Pooling;
  /** Put before a query, and before a passage, as the model was trained with. */
  prefixes: { query: string; passage: string };
  /** Longest input, tokens, those that the model adds included. */
  window: number;
  dimensions: number;
  /** Shorter lengths that its vectors may be cut to, longest first. */
  matryoshka: number[];
}

/** Why a folder is no model that can be used; `detail` names the file or the setting. */
export type FolderFault =
  | 'config-missing'
  | 'tokenizer-missing'
  | 'weights-missing'
  | 'other-runtime'
  | 'split-weights'
  | 'not-json'
  | 'pooling'
  | 'extra-layer'
  | 'dimensions'
  | 'generative'
  | 'too-large'
  | 'not-zip'
  | 'damaged'
  | 'unreachable'
  | 'differs';

export class ModelFolderError extends Error {
  readonly fault: FolderFault;
  readonly detail: string;
  constructor(fault: FolderFault, detail = '') {
    super(`not a usable model: ${fault} ${detail}`.trim());
    this.name = 'findling:model-folder';
    this.fault = fault;
    this.detail = detail;
  }
}

/** Largest weights, bytes: the runtime's memory ends there. */
export const LARGEST_MODEL = 1024 * 1024 * 1024;
/** The first that is there is taken: the small ones that run well without a graphics processor. */
const WEIGHTS: readonly (readonly [file: string, dtype: Dtype])[] = [
  ['model_quantized.onnx', 'q8'],
  ['model_int8.onnx', 'int8'],
  ['model_uint8.onnx', 'uint8'],
  ['model.onnx', 'fp32'],
  ['model_fp16.onnx', 'fp16'],
  ['model_q4.onnx', 'q4'],
  ['model_q4f16.onnx', 'q4f16'],
];
/** The name of the weights' file, which lies in `onnx/`. */
export const fileOf = (dtype: Dtype): string =>
  WEIGHTS.find(([, one]) => one === dtype)?.[0] ?? 'model.onnx';

/** What every load reads beside the weights. */
export const DESCRIBING = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];
/** Window, tokens, where the files state none; what most such models have. */
const USUAL_WINDOW = 512;
/**
 * Longest window used, tokens: longer inputs cost more than they tell, as passages are about a
 * paragraph.
 */
const LONGEST_WINDOW = 512;
/** Shortest window that is believed, tokens. */
const LEAST_WINDOW = 16;
/** Keys of `1_Pooling/config.json`; null: a kind that is not supported. */
const POOLINGS: readonly (readonly [key: string, pooling: Pooling | null])[] = [
  ['pooling_mode_mean_tokens', 'mean'],
  ['pooling_mode_cls_token', 'cls'],
  ['pooling_mode_lasttoken', 'last'],
  ['pooling_mode_max_tokens', null],
  ['pooling_mode_mean_sqrt_len_tokens', null],
  ['pooling_mode_weightedmean_tokens', null],
];

type Json = Record<string, unknown>;

/**
 * @param folder its name, where its files name no other
 * @throws ModelFolderError
 */
export async function describeModel(
  folder: string,
  files: readonly FolderFile[],
  read: (path: string) => Promise<string>,
): Promise<ModelDescription> {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  const json = async (path: string): Promise<Json | null> => {
    if (!sizes.has(path)) return null;
    try {
      return JSON.parse(await read(path)) as Json;
    } catch {
      throw new ModelFolderError('not-json', path);
    }
  };
  const config = await json('config.json');
  if (!config) throw new ModelFolderError('config-missing');
  for (const file of ['tokenizer.json', 'tokenizer_config.json']) {
    if (!(await json(file))) throw new ModelFolderError('tokenizer-missing', file);
  }
  const { weights, dtype } = findWeights(sizes);
  const modules = (await json('modules.json')) as unknown as Json[] | null;
  const pooler = await json('1_Pooling/config.json');
  if (!pooler) refuseGenerative(config);
  refuseExtraLayers(modules);
  const tokenizer = await json('tokenizer_config.json');
  const bert = await json('sentence_bert_config.json');
  const prompts = await json('config_sentence_transformers.json');
  const card = sizes.has('README.md') ? await read('README.md') : '';

  const dimensions = firstNumber(
    pooler?.word_embedding_dimension,
    pooler?.embedding_dimension,
    config.hidden_size,
    config.d_model,
    config.dim,
  );
  if (!dimensions) throw new ModelFolderError('dimensions');
  const needed = [...DESCRIBING, weights];
  const bytes = needed.reduce((sum, path) => sum + sizes.get(path)!, 0);
  if (bytes > LARGEST_MODEL) throw new ModelFolderError('too-large', String(bytes));
  const pooling = poolingOf(pooler);
  return {
    name: nameOf(config, folder),
    dtype,
    weights,
    files: needed,
    bytes,
    pooling: pooling ?? 'mean',
    prefixes: prefixesOf(prompts),
    window: windowOf(bert, tokenizer, config),
    dimensions,
    matryoshka: matryoshkaOf(config, card, dimensions),
  };
}

/**
 * The model's folder among picked files or in an archive: where `config.json` lies least deep.
 * @returns its path, ending in `/`, or '' for the top
 */
export function modelRoot(paths: readonly string[]): string {
  const found = paths
    .filter((path) => /(^|\/)config\.json$/.test(path) && !/(^|\/)\d_[A-Z]\w*\//.test(path))
    .sort((a, b) => a.split('/').length - b.split('/').length || (a < b ? -1 : 1));
  return found[0]?.slice(0, -'config.json'.length) ?? '';
}

/** Bytes of the files that loading it reads; 0 where something is missing. */
export function bytesToLoad(files: readonly FolderFile[]): number {
  const sizes = new Map(files.map(({ path, bytes }) => [path, bytes]));
  try {
    const paths = [...DESCRIBING, findWeights(sizes).weights];
    return paths.reduce((sum, path) => sum + (sizes.get(path) ?? Number.NaN), 0) || 0;
  } catch {
    return 0;
  }
}

function findWeights(sizes: ReadonlyMap<string, number>): { weights: string; dtype: Dtype } {
  for (const [file, dtype] of WEIGHTS) {
    for (const weights of [`onnx/${file}`, file]) {
      if (!sizes.has(weights)) continue;
      if (sizes.has(`${weights}_data`)) throw new ModelFolderError('split-weights', weights);
      return { weights, dtype };
    }
  }
  const other = [...sizes.keys()].find((path) => /\.(safetensors|bin|gguf|h5|pt)$/.test(path));
  if (other) throw new ModelFolderError('other-runtime', other);
  throw new ModelFolderError('weights-missing');
}

/** @returns null where nothing is stated */
function poolingOf(pooler: Json | null): Pooling | null {
  if (!pooler) return null;
  const set = POOLINGS.filter(([key]) => pooler[key] === true);
  const mode = pooler.pooling_mode;
  if (set.length === 0 && typeof mode === 'string') {
    if (mode === 'mean' || mode === 'cls') return mode;
    if (mode === 'lasttoken') return 'last';
    throw new ModelFolderError('pooling', mode);
  }
  if (set.length === 0) return null;
  const [one, ...others] = set;
  if (others.length > 0 || !one![1]) {
    throw new ModelFolderError('pooling', set.map(([key]) => key).join(', '));
  }
  return one![1];
}

function refuseExtraLayers(modules: Json[] | null): void {
  for (const { type } of Array.isArray(modules) ? modules : []) {
    const kind = String(type).split('.').pop()!;
    if (!['Transformer', 'Pooling', 'Normalize'].includes(kind)) {
      throw new ModelFolderError('extra-layer', kind);
    }
  }
}

/** A chat model has the same files; its vectors would mean nothing. */
function refuseGenerative({ architectures }: Json): void {
  const [architecture] = Array.isArray(architectures) ? architectures : [];
  if (/For(CausalLM|ConditionalGeneration)$/.test(String(architecture))) {
    throw new ModelFolderError('generative', String(architecture));
  }
}

function nameOf({ _name_or_path: path }: Json, folder: string): string {
  const stated = typeof path === 'string' ? path.split('/').filter(Boolean).pop() : undefined;
  const name = (folder || stated || '').replace(/[^\p{L}\p{N} ._-]/gu, ' ').trim();
  return name.slice(0, 60) || 'model';
}

function prefixesOf(file: Json | null): ModelDescription['prefixes'] {
  const prompts = file?.prompts as Json | undefined;
  const text = (...keys: string[]): string => {
    for (const key of keys) if (typeof prompts?.[key] === 'string') return prompts[key] as string;
    return '';
  };
  return { query: text('query', 's2p_query'), passage: text('document', 'passage', 'corpus') };
}

/** Tokenizers without a limit state a huge number. */
function windowOf(bert: Json | null, tokenizer: Json | null, config: Json): number {
  const stated = [
    bert?.max_seq_length,
    tokenizer?.model_max_length,
    config.max_position_embeddings,
  ].filter((n): n is number => typeof n === 'number' && n >= LEAST_WINDOW);
  // RoBERTa's positions begin after the padding's.
  const offset = /roberta/.test(String(config.model_type)) ? 2 : 0;
  if (typeof config.max_position_embeddings === 'number') {
    stated.push(config.max_position_embeddings - offset);
  }
  return Math.min(LONGEST_WINDOW, ...(stated.length > 0 ? stated : [USUAL_WINDOW]));
}

function matryoshkaOf(config: Json, card: string, dimensions: number): number[] {
  const inCard = /matryoshka_dim(?:ension)?s"?\s*:\s*\[([\d,\s]+)\]/.exec(card)?.[1];
  const listed = inCard?.split(',').map(Number) ?? config.matryoshka_dimensions;
  const all = (Array.isArray(listed) ? listed : []).filter(
    (d): d is number => Number.isInteger(d) && d >= 8 && d < dimensions,
  );
  return [...new Set(all)].sort((a, b) => b - a);
}

function firstNumber(...candidates: unknown[]): number | undefined {
  return candidates.find((n): n is number => Number.isInteger(n) && (n as number) > 0);
}
