import MiniSearch from 'minisearch';
import { contentTerms, tokenizeToTerms } from './terms.ts';

export interface KeywordHit {
  note: string;
  score: number;
  /** Terms of the note's own that matched. */
  terms: string[];
  inTitle: boolean;
  /** Share of the query's content words that the note has, 0 to 1. */
  coverage: number;
}

interface Doc {
  id: string;
  title: string;
  text: string;
}

/** Keyword search over whole notes: BM25+, prefix on the word being typed, typos weaker. */
export class KeywordIndex {
  readonly #index = new MiniSearch<Doc>({
    fields: ['title', 'text'],
    tokenize: tokenizeToTerms,
    processTerm: (term) => term,
    searchOptions: {
      boost: { title: 1.5 },
      weights: { prefix: 0.5, fuzzy: 0.3 },
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });

  get size(): number {
    return this.#index.documentCount;
  }

  has(id: string): boolean {
    return this.#index.has(id);
  }

  set(doc: Doc): void {
    if (this.#index.has(doc.id)) this.#index.replace(doc);
    else this.#index.add(doc);
  }

  remove(id: string): void {
    if (this.#index.has(id)) this.#index.discard(id);
  }

  /** `typing`: the last word may be unfinished. */
  search(query: string, limit: number, typing = true): KeywordHit[] {
    const terms = contentTerms(query);
    if (terms.length === 0) return [];
    const last = terms.length - 1;
    const results = this.#index.search(terms.join(' '), {
      tokenize: (text) => text.split(' '),
      prefix: (term, i) => typing && i === last && term.length > 1,
    });
    return results
      .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
      .slice(0, limit)
      .map((result) => ({
        note: result.id as string,
        score: result.score,
        terms: result.terms,
        coverage: result.queryTerms.length / terms.length,
        inTitle: Object.values(result.match).some((fields) => fields.includes('title')),
      }));
  }
}
