/** Which files a text may name, by their names alone. Pure, linear, and never says no too often. */
import { pathKey } from '../../file-paths.ts';
import { unescaped } from '../../markdown/entities.ts';
import { fileOfPath } from '../../paths.ts';

interface Named {
  path: string;
  id: string;
}

/** Of a name without its ending, the share that counts as much as the whole where texts lie in pieces. */
const PIECE = 1 / 3;

/** Ids of what has one of these names. */
type Ids = Map<string, Set<string>>;

export class NamesIn {
  /** By the whole name. */
  readonly #names: Ids = new Map();
  /** How long these are. */
  readonly #lengths = new Set<number>();
  /** Where a name may end. */
  readonly #endings: RegExp | null;
  /** By length of the pieces: who has that piece. */
  #pieces: Map<number, Ids> | null = null;

  constructor(files: Iterable<Named>) {
    const endings = new Set<string>();
    for (const { path, id } of files) {
      const name = fileOfPath(pathKey(path));
      add(this.#names, name, id);
      this.#lengths.add(name.length);
      endings.add(name.slice(Math.max(0, name.lastIndexOf('.'))));
    }
    const escaped = [...endings].map((ending) => ending.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    // The longest first, and each place looked at: one name may end within another.
    escaped.sort((a, b) => b.length - a.length);
    this.#endings = endings.size === 0 ? null : new RegExp(`(?<=(${escaped.join('|')}))`, 'g');
  }

  /** Those whose name stands in a text, however it is written there. */
  in(text: string): Set<string> {
    const found = new Set<string>();
    if (!this.#endings) return found;
    for (const form of formsOf(text)) {
      for (const { index: end } of form.matchAll(this.#endings)) {
        for (const length of this.#lengths) {
          if (length > end) continue;
          for (const id of this.#names.get(form.slice(end - length, end)) ?? []) found.add(id);
        }
      }
    }
    return found;
  }

  /** Those of whose name a piece stands in a text. */
  inPieces(text: string): Set<string> {
    const found = new Set<string>();
    if (!this.#endings) return found;
    this.#pieces ??= this.#cut();
    for (const form of formsOf(text)) {
      for (const [length, ids] of this.#pieces) {
        for (let at = 0; at + length <= form.length; at++) {
          for (const id of ids.get(form.slice(at, at + length)) ?? []) found.add(id);
        }
      }
    }
    return found;
  }

  #cut(): Map<number, Ids> {
    const pieces = new Map<number, Ids>();
    for (const [name, ids] of this.#names) {
      const stem = name.replace(/(?<=.)\.[^.]*$/, '');
      const length = Math.ceil(stem.length * PIECE);
      const same = pieces.get(length) ?? new Map();
      pieces.set(length, same);
      for (let at = 0; at + length <= stem.length; at++) {
        for (const id of ids) add(same, stem.slice(at, at + length), id);
      }
    }
    return pieces;
  }
}

function add(to: Ids, key: string, id: string): void {
  const ids = to.get(key);
  if (ids) ids.add(id);
  else to.set(key, new Set([id]));
}

/** A text as it stands, and as it is meant where it is an address: escapes of all kinds resolved. */
function formsOf(text: string): Set<string> {
  const plain = unescaped(text);
  return new Set([text, decoded(text), plain, decoded(plain)].map(pathKey));
}

/** Runs of `%41`, where they are UTF-8. */
const decoded = (text: string): string =>
  text.includes('%')
    ? text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
        try {
          return decodeURIComponent(run);
        } catch {
          return run;
        }
      })
    : text;
