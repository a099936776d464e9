import type { NoteMeta, NoteVersion } from '../schema.ts';

export type KeptVersion = Omit<NoteVersion, 'id' | 'note' | 'at' | 'why'>;

/** A note as it stands, as a version of it keeps it; the caller adds whose, when and why. */
export const versionOf = (
  {
    title,
    path,
    tags,
    pinned,
    created,
    modified,
  }: Pick<NoteMeta, 'title' | 'path' | 'tags' | 'pinned' | 'created' | 'modified'>,
  text: string,
): KeptVersion => ({ title, text, path, tags, pinned, created, modified });
