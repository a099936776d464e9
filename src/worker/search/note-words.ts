import { type IndexedNote, KeywordIndex } from './keyword.ts';
import type { NoteMark, StoredWords } from './keyword-snapshot.ts';
import { searchedText } from './searched-text.ts';

/** The words of all notes: of what is read and may be searched, and apart from it of comments. */
export class NoteWords {
  readonly keyword = new KeywordIndex();
  /** Of the notes that have comments; without titles. */
  readonly comments = new KeywordIndex();

  /** Puts a note's words in, in place of its former ones. Reads the text once. */
  set(note: IndexedNote): void {
    const { id } = note;
    const { usual, comments } = searchedText(note.text);
    this.keyword.set({ ...note, text: usual });
    if (comments !== '') this.comments.set({ id, title: '', text: comments });
    else if (this.comments.has(id)) this.comments.remove(id);
  }

  /** Takes a note out; words that only it had stay in the vocabularies until `prune`. */
  remove(id: string): void {
    this.keyword.remove(id);
    if (this.comments.has(id)) this.comments.remove(id);
  }

  /**
   * Everything, to be stored.
   * @param pause called now and then, to yield
   * @returns null when something changed meanwhile
   */
  async snapshot(
    markOf: (id: string) => NoteMark,
    pause: () => Promise<void>,
  ): Promise<StoredWords | null> {
    const at = this.keyword.changes;
    const comments = await this.comments.snapshot(markOf, pause);
    const usual = comments && (await this.keyword.snapshot(markOf, pause));
    return usual && this.keyword.changes === at ? { ...usual, comments } : null;
  }

  /**
   * Fills empty indexes from a snapshot.
   * @returns by what each note is known to be as it was
   * @throws when it is damaged; nothing is taken from it then
   */
  restore(snapshot: StoredWords): Map<string, NoteMark> {
    this.comments.restore(snapshot.comments);
    try {
      return this.keyword.restore(snapshot);
    } catch (thrown) {
      for (const id of [...this.comments.ids()]) this.comments.remove(id);
      throw thrown;
    }
  }

  /**
   * Drops the words that no note has any more.
   * @param readAll hands every note to `meet`; false: it was cut short
   * @returns whether it was done
   */
  prune(
    readAll: (meet: (note: { names: string[]; text: string }) => void) => Promise<boolean>,
  ): Promise<boolean> {
    return this.keyword.prune((meet) =>
      this.comments.prune((meetInComments) =>
        readAll(({ names, text }) => {
          const { usual, comments } = searchedText(text);
          for (const name of names) meet(name);
          meet(usual);
          meetInComments(comments);
        }),
      ),
    );
  }
}
