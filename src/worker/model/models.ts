import type { Dtype, Pooling } from '../../storage/models/description.ts';
import type { ImportedModelFile } from '../../storage/models/imported.ts';

/** A sentence-embedding model that this app can load. */
export interface ModelSpec {
  /** The name that vectors are stored under. */
  id: string;
  /** As its files call it; the built-in ones are named by the page. */
  name?: string;
  /** Folder under `models/`. */
  folder: string;
  /** Which of the folder's files: `onnx/model_quantized.onnx`, `onnx/model.onnx` and so on. */
  dtype: Dtype;
  /** Which of them on WebGPU, where it is another: its vectors must agree. */
  gpuDtype?: Dtype;
  /** Raised when the same files give other vectors. */
  version: number;
  /** Longest input, tokens, those that the model adds included. */
  window: number;
  dimensions: number;
  /** Of the weights, bytes. */
  bytes: number;
  /** How its token vectors become one; absent where its output is the finished vector. */
  pooling?: Pooling;
  /** Put before a query, and before a passage. */
  prefixes?: { query: string; passage: string };
  /** The model that the same files give whole: this one cuts its vectors to `dimensions`. */
  shortOf?: string;
  /** Kept on this device: its files by content. */
  files?: ImportedModelFile[];
  /**
   * The graph is written as it runs: the runtime's own rearranging takes half a second of every
   * start and makes it no faster.
   */
  asWritten?: boolean;
  /** An install check found it fit, and the person wants it. */
  agreed?: boolean;
  /** A text's vector depends on its batch, so each is embedded alone. */
  single?: boolean;
}

const useLite = {
  folder: 'use-lite',
  version: 1,
  window: 128,
  dimensions: 512,
  asWritten: true,
};

/**
 * Universal Sentence Encoder Lite, in both sizes that the model's build makes. The first is used
 * unless told otherwise.
 */
export const MODELS: readonly [ModelSpec, ...ModelSpec[]] = [
  // WebGPU has no kernel for the small one's products.
  { ...useLite, id: 'use-lite', dtype: 'q8', gpuDtype: 'fp32', bytes: 7_222_162 },
  { ...useLite, id: 'use-lite-fp32', dtype: 'fp32', bytes: 28_040_864 },
];

/** What a new workspace is searched with. */
export const DEFAULT_MODEL = MODELS[0];

/** How the runtime takes a model's graph. */
export const sessionOptionsOf = ({ asWritten }: ModelSpec) =>
  asWritten ? ({ graphOptimizationLevel: 'disabled' } as const) : {};

/** Names the model and which vectors it makes. */
export const versionOf = ({ id, version }: ModelSpec): string => `${id}@${version}`;
