/** A sentence-embedding model that this app can load. */
export interface ModelSpec {
  /** The name that vectors are stored under. */
  id: string;
  /** Folder under `models/`. */
  folder: string;
  /** Which of the folder's files: `onnx/model_quantized.onnx` or `onnx/model.onnx`. */
  dtype: 'q8' | 'fp32';
  /** Raised when the same files give other vectors. */
  version: number;
  /** Longest input, tokens. */
  window: number;
  dimensions: number;
  /** Of the weights, bytes. */
  bytes: number;
}

const useLite = { folder: 'use-lite', version: 1, window: 128, dimensions: 512 };

/** Universal Sentence Encoder Lite, in both sizes that the model's build makes. The first is used unless told otherwise. */
export const MODELS: readonly [ModelSpec, ...ModelSpec[]] = [
  { ...useLite, id: 'use-lite', dtype: 'q8', bytes: 7_222_162 },
  { ...useLite, id: 'use-lite-fp32', dtype: 'fp32', bytes: 28_040_864 },
];

export const DEFAULT_MODEL = MODELS[0];

export const modelById = (id: string): ModelSpec | undefined =>
  MODELS.find((spec) => spec.id === id);
