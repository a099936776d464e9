import type { NoteMeta } from '../storage/notes/index.ts';

const date = (time: number): string | null => {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/**
 * A note as a Markdown file that an import reads back: what the app knows of it stands in front.
 * JSON is YAML too.
 * @param identified says which note it is, so that a backup finds it again
 */
export function markdownFile(note: NoteMeta, text: string, identified = false): string {
  const { title, tags, pinned } = note;
  const [created, modified] = [date(note.created), date(note.modified)];
  const lines = [
    `title: ${JSON.stringify(title)}`,
    tags.length > 0 && `tags: ${JSON.stringify(tags)}`,
    pinned && 'pinned: true',
    created && `created: ${created}`,
    modified && `modified: ${modified}`,
    identified && `findling: ${JSON.stringify({ id: note.id, path: note.path })}`,
  ];
  return `---\n${lines.filter(Boolean).join('\n')}\n---\n\n${text}`;
}
