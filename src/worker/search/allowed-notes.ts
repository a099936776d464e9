import { parse } from '../../markdown/document.ts';
import { isInComments, type Query } from '../../query.ts';
import type { IndexStore } from '../../storage/index/index-store.ts';
import { tokenizeToTerms } from '../../words/terms.ts';
import { hasPhrase, passes } from './filters.ts';
import { formerNames, namesBeside } from './names.ts';
import type { Resident } from './resident.ts';
import { searchedParts } from './searched-text.ts';

/** Notes read in one request to look for a phrase. */
const READ_AT_ONCE = 64;
/** Phrases whose notes are remembered until something changes. */
const REMEMBERED = 20;

type Place = 'usual' | 'comments';

/** Which notes a query's filters, phrases and excluded words leave. */
export class AllowedNotes {
  readonly #resident: Pick<Resident, 'keyword' | 'comments' | 'facts'>;
  readonly #store: Pick<IndexStore, 'notes'>;
  /** By place and phrase: a query is asked anew with each key. */
  readonly #withPhrase = new Map<string, Set<string>>();
  /** `keyword.changes` that they are of. */
  #at = -1;

  constructor(
    resident: Pick<Resident, 'keyword' | 'comments' | 'facts'>,
    store: Pick<IndexStore, 'notes'>,
  ) {
    this.#resident = resident;
    this.#store = store;
  }

  /** @returns whether a note may be in the answer */
  async of(query: Query): Promise<(note: string) => boolean> {
    const { filters, phrases, required, excluded, excludedPhrases } = query;
    const { facts, comments } = this.#resident;
    const place = isInComments(query) ? 'comments' : 'usual';
    const having: Set<string>[] = [];
    for (const phrase of phrases) having.push(await this.#notesWith(phrase, place, true));
    for (const word of required) having.push(await this.#notesWith(word, place, false));
    const without = new Set<string>();
    const leaveOut = async (phrase: string, isQuoted: boolean): Promise<void> => {
      for (const note of await this.#notesWith(phrase, place, isQuoted)) without.add(note);
    };
    for (const word of excluded) await leaveOut(word, false);
    for (const phrase of excludedPhrases) await leaveOut(phrase, true);
    const asksForComments = filters.some(({ kind }) => kind === 'comments');
    return (note) => {
      const known = facts.get(note);
      if (!known || without.has(note) || having.some((notes) => !notes.has(note))) return false;
      return passes(
        asksForComments ? { ...known, hasComments: comments.has(note) } : known,
        filters,
      );
    };
  }

  /** @param isQuoted in this very form: of a bare word any form will do */
  async #notesWith(phrase: string, place: Place, isQuoted: boolean): Promise<Set<string>> {
    const { keyword, comments } = this.#resident;
    const at = keyword.changes;
    if (this.#at !== at || this.#withPhrase.size >= REMEMBERED) this.#withPhrase.clear();
    this.#at = at;
    const key = `${place}\n${isQuoted}\n${phrase}`;
    const known = this.#withPhrase.get(key);
    if (known) return known;
    const candidates = (place === 'comments' ? comments : keyword).having(phrase);
    // One word is where it is; several may stand apart.
    const found =
      !isQuoted && tokenizeToTerms(phrase).length <= 1
        ? candidates
        : await this.#among([...candidates], phrase, place);
    if (keyword.changes === at) this.#withPhrase.set(key, found);
    return found;
  }

  async #among(candidates: string[], phrase: string, place: Place): Promise<Set<string>> {
    const found = new Set<string>();
    for (let at = 0; at < candidates.length; at += READ_AT_ONCE) {
      const some = candidates.slice(at, at + READ_AT_ONCE);
      const notes = await this.#store.notes(some);
      some.forEach((id, i) => {
        const note = notes[i];
        if (!note) return;
        const { meta } = note;
        const names = [meta.title, ...namesBeside(meta), ...formerNames(meta)];
        const isTitled = place === 'usual' && names.some((name) => hasPhrase(name, phrase));
        // Each by itself: no phrase goes from one address into the next.
        const isIn = () =>
          searchedParts(parse(note.text))[place].some((part) => hasPhrase(part, phrase));
        if (isTitled || isIn()) found.add(id);
      });
    }
    return found;
  }
}
