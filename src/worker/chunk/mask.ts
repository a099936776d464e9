import type { Block } from './blocks';

/**
 * Blanks out a block's markup without moving a character, so that offsets into the result are
 * offsets into the block. What is dropped inside a word becomes U+0000 (see `render`), what
 * separates words becomes spaces.
 *
 * @param raw the block's source, `text.slice(block.start, block.end)`
 * @returns a string of exactly `raw.length` UTF-16 code units
 */
export function mask(raw: string, block: Pick<Block, 'kind' | 'quote'>): string {
  let text = block.quote > 0 ? raw.replace(/^(?: {0,3}>[ \t]?)+/gm, blank) : raw;
  // mdBook include lines only name another file.
  text = text.replace(/\{\{#(?:rustdoc_include|include|playground)\b[^{}\n]*\}\}/g, blank);
  switch (block.kind) {
    case 'code':
      return text
        .replace(/^[ \t]*(?:`{3,}|~{3,})[^\n]*/, blank)
        .replace(/\n[ \t]*[`~]{3,}\s*$/, blank);
    case 'heading':
      return maskInline(text.replace(/^[ \t]*#+/, blank).replace(/(^|[ \t])#+[ \t\r]*$/, blank));
    case 'list':
      return maskInline(
        text.replace(/^[ \t]*(?:[-*+]|\d{1,9}[.)])(?=\s|$)(?:[ \t]+\[[ xX]\](?=[ \t]))?/gm, blank),
      );
    case 'table':
      return maskInline(text.replace(/^[ \t]*[|:-][|: \t-]*$/gm, blank).replace(/(?<!\\)\|/g, ' '));
    default:
      return maskInline(
        text
          .replace(/^ {0,3}\[\^[^\s[\]]{1,60}\]:/gm, blank)
          // Link reference definitions; `[Ann]: hello` in a chat log is none.
          .replace(
            /^ {0,3}\[[^[\]\n]{1,200}\]:[ \t]*(?=[^\s]{0,500}[/.#:<])\S+(?:[ \t]+["'(][^\n]*)?[ \t]*$/gm,
            blank,
          ),
      );
  }
}

/**
 * Masked text as it is embedded: dropped characters gone, whitespace collapsed, trimmed.
 *
 * @param masked a result of `mask`, or a slice of one
 */
export function render(masked: string): string {
  return masked.replaceAll(DROPPED, '').replace(/\s+/g, ' ').trim();
}

const DROPPED = '\0';

const drop = (text: string) => DROPPED.repeat(text.length);
const blank = (text: string) => text.replace(/[^\n]/g, ' ');
const keep = (text: string, from: number, to: number) =>
  drop(text.slice(0, from)) + text.slice(from, to) + drop(text.slice(to));

/** Every repetition is bounded or cannot overlap its neighbour, so no input makes it quadratic. */
const INLINE = new RegExp(
  [
    /(?<!`)(?<ticks>`{1,8})(?!`)[\s\S]{0,2000}?[^`]\k<ticks>(?!`)/,
    /\\[!-/:-@[-`{-~]/,
    /<!--[\s\S]{0,1000}?-->/,
    /<(?:https?|mailto):[^\s<>]{1,1000}>/,
    /<\/?[A-Za-z][\w:-]{0,40}(?:[\s/](?:"[^"]{0,2000}"|'[^']{0,2000}'|[^<>"']){0,500})?>/,
    /!?\[\[[^[\]\n]{1,300}\]\]/,
    /\[\^[^\s[\]]{1,60}\]/,
    /\[!\w{1,30}\][+-]?/,
    /\[(?=!\[)/,
    /!?\[(?=[^[\]]{0,1000}\][([])/,
    /\]\([^()]{0,2000}(?:\([^()]{0,500}\)[^()]{0,2000}){0,3}\)/,
    /\]\[[^[\]]{0,200}\]/,
    /&(?:amp|lt|gt|quot|nbsp|#39);/,
    /\*+|_+|~~+|==+/,
  ]
    .map((part) => part.source)
    .join('|'),
  'g',
);

const INLINE_TAGS = /^<\/?(?:a|abbr|b|code|em|i|kbd|mark|s|small|span|strong|sub|sup|u)[\s/>]/i;
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&nbsp;': ' ',
  '&#39;': "'",
};

function maskInline(text: string): string {
  return text.replace(INLINE, (match: string, ...rest: unknown[]) => {
    const ticks = rest[0] as string | undefined;
    const at = rest[1] as number;
    switch (match[0]) {
      case '`': {
        const width = ticks?.length ?? 0;
        return keep(match, width, match.length - width);
      }
      case '\\':
        return keep(match, 1, 2);
      case '<':
        return maskTag(match, text[at - 1]);
      case '!':
      case '[':
        return maskBracket(match);
      case ']':
        return drop(match);
      case '&':
        return (ENTITIES[match] ?? '').padEnd(match.length, DROPPED);
      default:
        return marksEmphasis(match, text[at - 1], text[at + match.length]) ? drop(match) : match;
    }
  });
}

function maskTag(tag: string, before: string | undefined): string {
  if (tag.startsWith('<!--')) return drop(tag);
  if (/^<(?:https?|mailto):/.test(tag)) return keep(tag, 1, tag.length - 1);
  // `Vec<String>` in prose is no markup.
  if (before !== undefined && /\w/.test(before) && /^<[A-Z]/.test(tag)) return tag;
  if (INLINE_TAGS.test(tag)) return drop(tag);
  const alt = /^<img\s/i.test(tag) ? /\salt=(?:"([^"]*)"|'([^']*)')/i.exec(tag) : null;
  if (!alt) return blank(tag);
  const value = alt[1] ?? alt[2] ?? '';
  const end = alt.index + alt[0].length - 1;
  return blank(tag.slice(0, end - value.length)) + value + blank(tag.slice(end));
}

function maskBracket(match: string): string {
  const callout = /^\[!(\w+)\]/.exec(match)?.[1];
  if (callout !== undefined) return keep(match, 2, 2 + callout.length);
  const wiki = match.indexOf('[[');
  if (wiki < 0 || !match.endsWith(']]')) return drop(match);
  const alias = match.lastIndexOf('|');
  return keep(match, alias < 0 ? wiki + 2 : alias + 1, match.length - 2);
}

function marksEmphasis(run: string, before = ' ', after = ' '): boolean {
  if (/\s/.test(before) && /\s/.test(after)) return false;
  const inside = /[\p{L}\p{N}_]/u;
  if (!inside.test(before) || !inside.test(after)) return true;
  // Inside a word: `snake_case`, `2*3`, `2**3` and `a==b` stay, `**bold**ly` goes.
  if (/\d/.test(before) && /\d/.test(after)) return false;
  return run.startsWith('~') || (run.startsWith('*') && run.length > 1);
}
