import MarkdownIt from 'markdown-it';

export type Tokens = ReturnType<InstanceType<typeof MarkdownIt>['parse']>;

const parser = new MarkdownIt({ html: false, linkify: true, typographer: false });

/** `[[Name]]` and `[[Name|shown]]`: a link whose address is `note:Name`. */
parser.inline.ruler.before('link', 'wiki', (state, silent) => {
  if (!state.src.startsWith('[[', state.pos)) return false;
  const match = /^\[\[([^[\]\n|]{1,500})(?:\|([^[\]\n]{1,500}))?\]\]/.exec(
    state.src.slice(state.pos, state.pos + 1_010),
  );
  if (!match) return false;
  if (!silent) {
    state.push('wiki_open', 'a', 1).attrSet('href', match[1]!.trim());
    state.push('text', '', 0).content = (match[2] ?? match[1]!).trim();
    state.push('wiki_close', 'a', -1);
  }
  state.pos += match[0].length;
  return true;
});

/** Markdown's tokens; what each may become is the drawing's affair. HTML is text here. */
export const readMarkdown = (text: string): Tokens => parser.parse(text, {});
