import type { NoteDocument } from './document.ts';
import type { Range } from './grammar.ts';

export interface Tag extends Range {
  /** Without `#`: `area/home`. */
  name: string;
}

/** The tags in a note's text, in order; none within a link. */
export function tagsOf({ text, tree }: NoteDocument): Tag[] {
  const found: Tag[] = [];
  if (!text.includes('#')) return found;
  tree.iterate({
    enter({ name, from, to }) {
      if (name === 'Hashtag') found.push({ from, to, name: text.slice(from + 1, to) });
      return name !== 'Link' && name !== 'Image';
    },
  });
  return found;
}
