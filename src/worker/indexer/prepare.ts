import { type GenerationId, generationId } from '../../storage/schema.ts';
import { CHUNKER_VERSION, type CountTokens, chunk } from '../chunk/chunk.ts';
import { createTokenCounter } from '../chunk/token-counter.ts';
import type { Embedder } from '../embedder.ts';
import { hashText } from '../model/hash.ts';
import { type ModelSpec, versionOf } from '../model/models.ts';

/** A passage as it goes into the index; `embedText` is exactly what is embedded. */
export interface PreparedPassage {
  hash: string;
  start: number;
  end: number;
  headings: string[];
  embedText: string;
}

/** Names what vectors belong together: the model and the chunker, each with its version. */
export const generationOf = (spec: ModelSpec): GenerationId =>
  generationId(`${versionOf(spec)}/chunker@${CHUNKER_VERSION}`);

/** Splits notes the same way for the indexer and for search. */
export class Preparer {
  readonly #window: number;
  readonly #countTokens: CountTokens;

  constructor(embedder: Embedder) {
    this.#window = embedder.room;
    this.#countTokens = createTokenCounter((word) => embedder.tokenize(word).length);
  }

  /** A note's passages in order, each under the SHA-256 of exactly the text that is embedded. */
  async prepare(title: string, text: string): Promise<PreparedPassage[]> {
    const passages = chunk(title, text, { window: this.#window, countTokens: this.#countTokens });
    return Promise.all(
      passages.map(async ({ start, end, headings, embedText }) => ({
        hash: await hashText(embedText),
        start,
        end,
        headings,
        embedText,
      })),
    );
  }
}
