import type { NoteMeta } from '../storage/notes/index.ts';

const date = (time: number): string | null => {
  const at = new Date(time);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
};

/**
 * A note as a Markdown file that an import reads back: what the app knows of it stands in front.
 * JSON's strings are YAML's too.
 */
export function markdownFile(note: NoteMeta, text: string): string {
  const { title, tags, pinned } = note;
  const [created, modified] = [date(note.created), date(note.modified)];
  const lines = [
    `title: ${JSON.stringify(title)}`,
    tags.length > 0 && `tags: ${JSON.stringify(tags)}`,
    pinned && 'pinned: true',
    created && `created: ${created}`,
    modified && `modified: ${modified}`,
  ];
  return `---\n${lines.filter(Boolean).join('\n')}\n---\n\n${text}`;
}
