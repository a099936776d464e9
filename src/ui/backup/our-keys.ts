import { frontMatterRange } from '../../markdown/front-matter-range.ts';
import { titleOf } from '../../note-title.ts';
import { tagKey } from '../../storage/notes/given-tags.ts';
import type { NoteMeta } from '../../storage/notes/index.ts';
import { saidIn } from '../../storage/notes/read-text.ts';
import { parseFrontMatter } from '../import/front-matter.ts';
import type { Edit, Edited } from './edits.ts';

/**
 * Puts what a person set here into a note's front matter, so that an import of its file has it: title,
 * tags and pin, each only where the file would say something else. Where a key cannot be put so that
 * it is read again, the text stays as it is.
 * @param path of its file
 */
export function withOurKeys(meta: NoteMeta, text: string, path: string): Edited {
  const { data, problem } = parseFrontMatter(text);
  if (problem !== undefined) return { text, edits: [] };
  const { title, tags, pinned } = meta;
  // A title that an import gave is none of a person's.
  const isNamedHere =
    meta.importedRevision === undefined || meta.importedRevision !== meta.revision;
  const lines: [key: string, line: string][] = [];
  if (isNamedHere && titleOf(data.title, text, path) !== title) {
    lines.push(['title', `title: ${JSON.stringify(title)}`]);
  }
  const missing = tags.length === 0 ? [] : notIn(tags, text);
  if (missing.length > 0) {
    lines.push(['tags', `tags: [${[...data.tags, ...missing].map(quoted).join(', ')}]`]);
  }
  if (pinned !== (data.pinned ?? false)) lines.push(['pinned', `pinned: ${pinned}`]);
  const made = put(text, lines);
  if (made.edits.length === 0) return made;
  const read = parseFrontMatter(made.text).data;
  const isRead =
    (!lines.some(([key]) => key === 'title') ||
      titleOf(read.title, made.text, path) === title.replace(/\s+/g, ' ').trim()) &&
    missing.every((tag) => read.tags.includes(tag)) &&
    (read.pinned ?? false) === pinned;
  return isRead ? made : { text, edits: [] };
}

function notIn(tags: readonly string[], text: string): string[] {
  const { front, text: inText } = saidIn(text, text.length);
  const all = new Set([...front, ...inText].map(tagKey));
  return tags.filter((tag) => !all.has(tagKey(tag)));
}

/** Such a word is a text in YAML as it stands. */
const PLAIN = /^[\p{L}_/][\p{L}\p{N}_/-]*$/u;
const NO_TEXT = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

const quoted = (tag: string): string =>
  PLAIN.test(tag) && !NO_TEXT.test(tag) ? tag : JSON.stringify(tag);

function put(text: string, lines: readonly [key: string, line: string][]): Edited {
  if (lines.length === 0) return { text, edits: [] };
  const range = frontMatterRange(text);
  if (!range) {
    const block = `---\n${lines.map(([, line]) => line).join('\n')}\n---\n`;
    return { text: block + text, edits: [[0, block.length, '']] };
  }
  const places = lines.map(([key, line]) => placeOf(text, range, key, line));
  places.sort((a, b) => a.from - b.from);
  const edits: Edit[] = [];
  let written = '';
  let done = 0;
  for (const { from, to, line } of places) {
    written += text.slice(done, from);
    edits.push([written.length, line.length, text.slice(from, to)]);
    written += line;
    done = to;
  }
  return { text: written + text.slice(done), edits };
}

/** Where a key's line goes: over its old one with all that belongs to it, or at the end. */
function placeOf(
  text: string,
  { yamlStart, yamlEnd }: { yamlStart: number; yamlEnd: number },
  key: string,
  line: string,
): { from: number; to: number; line: string } {
  const yaml = text.slice(yamlStart, yamlEnd);
  const old = new RegExp(`^${key}[ \\t]*:.*(?:\\n(?:[ \\t]+\\S|-).*)*`, 'im').exec(yaml);
  if (!old) return { from: yamlEnd, to: yamlEnd, line: `${line}\n` };
  const from = yamlStart + old.index;
  return { from, to: from + old[0].length, line };
}
