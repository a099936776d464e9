import type { NoteDocument } from './document.ts';
import { plainText } from './plain-text.ts';

export interface Heading {
  /** 1 to 6. */
  level: number;
  /** As it is read; never empty. */
  text: string;
  /** Its line or lines, UTF-16 units. */
  from: number;
  to: number;
  /** Depth of quotes around it. */
  quote: number;
}

const HEADING = /^(?:ATX|Setext)Heading(\d)$/;

/** All headings of a note, in order. */
export function headingsOf(doc: NoteDocument, most = Number.POSITIVE_INFINITY): Heading[] {
  const found: Heading[] = [];
  let quote = 0;
  doc.tree.iterate({
    enter({ name, from, to }) {
      if (name === 'Blockquote') quote++;
      const level = HEADING.exec(name)?.[1];
      if (level === undefined) return name !== 'Paragraph' && found.length < most;
      const text = plainText(doc, from, to).text.replace(/\s+/g, ' ').trim();
      if (text !== '') found.push({ level: Number(level), text, from, to, quote });
      return false;
    },
    leave({ name }) {
      if (name === 'Blockquote') quote--;
    },
  });
  return found;
}
