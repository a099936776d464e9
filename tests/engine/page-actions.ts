/**
 * What a trace has done in a tab. Each function needs nothing but what it is given, so that the
 * same code runs here and, as a text, in a real page.
 */
import type { Notes } from '../../src/storage/notes/index.ts';
import type { Engine } from '../../src/ui/core/engine-types.ts';
import type { Text } from './platform/texts.ts';

export interface App {
  notes: Notes;
  engine: Engine;
}

type Texts = Record<string, Text>;

export const PAGE_ACTIONS = {
  /** As the editor does. */
  async save({ notes, engine }: App, { id, text }: { id: string; text: Text }): Promise<void> {
    const baseRevision = (await notes.get(id))?.meta.revision ?? 0;
    await notes.save({ id, ...text, baseRevision });
    engine.noteSaved(id);
  },

  /** Files of a folder, some at once, as an import does. */
  async import({ notes, engine }: App, files: Texts): Promise<void> {
    const outcomes = await notes.import(
      Object.entries(files).map(([id, { title, text }]) => ({
        path: `${id}.md`,
        title,
        text,
        hash: `${title} ${text}`,
        textHash: `${title} ${text}`,
        file: {},
        tags: [],
      })),
      (known, hash) => {
        if (!known) return 'create';
        return known.importHash === hash ? 'unchanged' : 'update';
      },
    );
    engine.announce(outcomes.map(({ id }) => id));
  },

  async remove({ notes, engine }: App, ids: string[]): Promise<void> {
    await notes.removeAll(ids);
    engine.announce(ids);
  },

  /** Takes a deletion back. */
  async restore({ notes, engine }: App, ids: string[]): Promise<void> {
    await notes.restoreAll(ids);
    engine.announce(ids);
  },

  /** Deletes for good what is in the trash. */
  async purge({ notes, engine }: App, _: null): Promise<void> {
    const deleted = await notes.deleted();
    engine.announce(await deleted.purge(await deleted.list()));
  },

  /** Notes of a backup. */
  async merge(
    { notes, engine }: App,
    { texts, modified }: { texts: Texts; modified: number },
  ): Promise<void> {
    await notes.merge(
      Object.entries(texts).map(([id, text]) => ({
        id,
        ...text,
        path: '',
        tags: [],
        pinned: false,
        created: modified,
        modified,
      })),
    );
    engine.announce(Object.keys(texts));
  },

  chooseModel: ({ engine }: App, id: string): Promise<void> => engine.chooseModel(id),

  control: ({ engine }: App, verb: 'rebuild' | 'pause' | 'resume' | 'sweep'): Promise<void> =>
    engine.control(verb),
};

export type PageAction = keyof typeof PAGE_ACTIONS;
export type Given<D extends PageAction> = Parameters<(typeof PAGE_ACTIONS)[D]>[1];
