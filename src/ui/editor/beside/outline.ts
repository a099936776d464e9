export interface Heading {
  level: number;
  text: string;
  /** Where its line begins, UTF-16 units. */
  at: number;
}

/** Headings shown at most. */
const MOST = 200;
/** A longer text gets no outline, UTF-16 units. */
const LONGEST_TEXT = 1_000_000;

/** The `#` headings of a text, fenced code left out. Linear in the text's length. */
export function outlineOf(text: string): Heading[] {
  const headings: Heading[] = [];
  if (text.length > LONGEST_TEXT) return headings;
  let fence = '';
  let at = 0;
  for (const line of text.split('\n')) {
    const opening = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1];
    if (opening && !fence) fence = opening;
    else if (fence && opening?.startsWith(fence) && line.trim() === opening) fence = '';
    else if (!fence) {
      const found = /^ {0,3}(#{1,6})[ \t]+(.*?)(?:[ \t]+#+)?[ \t]*$/.exec(line);
      const words = found && plain(found[2]!);
      if (words) headings.push({ level: found[1]!.length, text: words, at });
      if (headings.length === MOST) break;
    }
    at += line.length + 1;
  }
  return headings;
}

/** Without Markdown's signs, as it is read. */
const plain = (text: string): string =>
  text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\[\[(?:[^\]|]*\|)?([^\]]*)\]\]/g, '$1')
    .replace(/(\*\*|__|~~|`)(.+?)\1/g, '$2')
    .trim();
