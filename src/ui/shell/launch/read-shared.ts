import { parse } from '../../../markdown/document.ts';
import { plainText } from '../../../markdown/plain-text.ts';

/** What another app shared, as far as a note can be made of it. */
export interface Shared {
  title: string;
  text: string;
  files: File[];
}

/** Longest title that a share may give, UTF-16 units. */
const LONGEST_TITLE = 300;
/** Longest title made of a text, UTF-16 units. */
const LONGEST_GUESSED_TITLE = 80;
/** UTF-16 units of a text that are read for one. */
const LONGEST_READ = 4_000;

/**
 * The one check of what comes in through the share target: any page may post there, so nothing of
 * it is believed. Fields that are not known, or of another kind, are dropped.
 *
 * @returns null when there is nothing in it
 */
export function readShared(form: FormData): Shared | null {
  const field = (name: string): string => {
    const value = form.get(name);
    return typeof value === 'string' ? value.replaceAll('\r\n', '\n').toWellFormed().trim() : '';
  };
  const files = form
    .getAll('files')
    .filter((value): value is File => value instanceof File && value.name !== '')
    .map(named);
  const given = field('title').replace(/\s+/g, ' ');
  const [words, link] = [field('text'), field('url')];
  // Many apps put the link into the text, some in both places.
  let text = [words, link && !words.includes(link) ? link : ''].filter(Boolean).join('\n\n');
  if (given.length > LONGEST_TITLE) text = [given, text].filter(Boolean).join('\n\n');
  if (!given && !text && files.length === 0) return null;
  return { title: cut(given, LONGEST_TITLE) || guessTitle(text), text, files };
}

/** The first line as it is read; of a link, what it leads to. */
function guessTitle(text: string): string {
  const [first = ''] = text.slice(0, LONGEST_READ).split('\n', 1);
  const line = plainText(parse(first)).text;
  return cut(line.replace(/^https?:\/\/(?:www\.)?(\S+)$/i, '$1'), LONGEST_GUESSED_TITLE);
}

function cut(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const space = text.lastIndexOf(' ', longest);
  const end = space > longest / 2 ? space : longest - 1;
  return `${text.slice(0, end).toWellFormed().trimEnd()}…`;
}

/** Some apps share a text file without an ending. */
function named(file: File): File {
  const name = file.name.replace(/[/\\\0]/g, '_');
  const ending = /\.[a-z0-9]{1,16}$/i.test(name)
    ? ''
    : file.type === 'text/markdown'
      ? '.md'
      : file.type === 'text/plain'
        ? '.txt'
        : '';
  return new File([file], name + ending, { type: file.type, lastModified: file.lastModified });
}
