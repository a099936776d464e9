import type { PieceWriter } from './piece-writer.ts';

/** Files that are shown themselves, so that their name is none of the text. */
const MEDIA =
  /\.(?:png|jpe?g|gif|webp|avif|svg|bmp|mp3|m4a|wav|ogg|flac|3gp|webm|mp4|m4v|ogv|mov|mkv|pdf)$/i;
/** How large a picture is to be. */
const SIZE = /(?:^|\|)\d+(?:x\d+)?\s*$/i;

/** Whether a file is shown itself, by its name. */
export const isMedia = (target: string): boolean => MEDIA.test(target.replace(/#.*$/, '').trim());

/** Where what is shown of a wiki link ends: how large a picture is to be is none of it. */
export function wikiShownEnd(shown: string): number {
  const size = SIZE.exec(shown);
  return size ? size.index : shown.length;
}

/** `Note#Heading` is read as `Note > Heading`; where something else is shown it is an address. */
export function writeWikiTarget(
  out: PieceWriter,
  to: number,
  isEmbed: boolean,
  hasShown: boolean,
): void {
  const { source, at } = out;
  const target = source.slice(at, to);
  const shown = hasShown ? /\\?\|(.*?)\]\]/.exec(source.slice(to, to + 1100))?.[1] : undefined;
  const isRead = !shown || wikiShownEnd(shown) === 0;
  if (!isRead || (isEmbed && isMedia(target))) {
    out.hidden(to, 'address');
    return;
  }
  const hash = target.indexOf('#');
  // With nothing behind it, it is a part of the name: `C#`.
  if (hash < 0 || target.slice(hash + 1).trim() === '') {
    out.text(to, ' ');
    return;
  }
  out.text(at + hash, ' ');
  const isBlock = target[hash + 1] === '^';
  if (isBlock) out.sign(to);
  else if (hash === 0) out.sign(at + 1);
  else out.replaced(at + hash + 1, ' > ');
  out.text(to, ' ');
}
