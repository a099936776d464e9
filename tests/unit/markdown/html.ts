/** A tree as HTML, as the examples of CommonMark write it: for holding the grammar against them. */
import type { SyntaxNode } from '@lezer/common';
import { decodeHTMLStrict } from 'entities';
import type { Parsed } from '../../../src/markdown/grammar.ts';
import { labelKey } from '../../../src/markdown/inline/link-parts.ts';

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => ESCAPES[sign]!);

/** Signs that are no text of their own. */
const MARKS = new Set([
  'HeaderMark',
  'QuoteMark',
  'ListMark',
  'LinkMark',
  'EmphasisMark',
  'CodeMark',
  'LinkLabel',
  'URL',
  'LinkTitle',
]);

/** Other white space, a no-break space or a tab that was an entity, stays. */
const trimmed = (text: string): string => text.replace(/^[ \n]+|[ \n]+$/g, '');

const children = (node: SyntaxNode): SyntaxNode[] => {
  const all: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) all.push(child);
  return all;
};

/** Backslashes and entities of a destination, a title or an info string. */
const plain = (text: string): string =>
  text.replace(/\\([!-/:-@[-`{-~])|&(?:#x[\da-f]{1,6}|#\d{1,7}|[a-z][\da-z]*);/gi, (all, sign) =>
    sign === undefined ? decodeHTMLStrict(all).replaceAll('\0', '\ufffd') : sign,
  );

function address(text: string): string {
  const bare = plain(text.startsWith('<') ? text.slice(1, -1) : text);
  return escapeHtml(
    encodeURI(bare.replace(/%(?![\da-f]{2})/gi, '%25'))
      .replace(/%25([\da-f]{2})/gi, '%$1')
      .replace(/%5B/gi, '%5B'),
  );
}

export function toHtml(text: string, { tree, definitions }: Parsed): string {
  const targets = new Map<string, { url: string; title: string | null }>();
  for (const [key, { from, to }] of definitions) {
    const node = tree.resolveInner(from, 1);
    let reference: SyntaxNode | null = node;
    while (reference && reference.name !== 'LinkReference') reference = reference.parent;
    if (!reference || reference.to !== to) continue;
    targets.set(key, tail(reference));
  }

  function tail(node: SyntaxNode): { url: string; title: string | null } {
    const url = node.getChild('URL');
    const title = node.getChild('LinkTitle');
    return {
      url: url ? address(text.slice(url.from, url.to)) : '',
      title: title ? escapeHtml(plain(source(title).slice(1, -1))) : null,
    };
  }

  /** The text of a node without the quote marks between its lines. */
  function source(node: SyntaxNode): string {
    let out = '';
    let at = node.from;
    for (const child of children(node)) {
      if (child.name !== 'QuoteMark') continue;
      out += text.slice(at, child.from);
      at = child.to;
    }
    return out + text.slice(at, node.to);
  }

  const resolve = (node: SyntaxNode): { url: string; title: string | null } => {
    const label = node.getChild('LinkLabel');
    const inline = node.getChildren('LinkMark').length > 2;
    if (inline) return tail(node);
    const marks = node.getChildren('LinkMark');
    const own = text.slice(marks[0]!.to, marks[1]!.from);
    const named =
      label && label.to - label.from > 2 ? text.slice(label.from + 1, label.to - 1) : own;
    return targets.get(labelKey(named)) ?? { url: '', title: null };
  };

  /** Inline content from `from` to `to`, the nodes in it drawn by `draw`. */
  function span(node: SyntaxNode, from: number, to: number, asText = false): string {
    let out = '';
    let at = from;
    // Spaces at the start of a line and before its end count for nothing.
    const words = (end: number): string =>
      escapeHtml(text.slice(at, end).replace(/[ \t]*\n[ \t]*/g, '\n'));
    for (const child of children(node)) {
      if (child.to <= from || child.from >= to) continue;
      out += words(child.from);
      if (child.name === 'HardBreak') out = out.replace(/ +$/, '');
      out += inline(child, asText);
      at = child.to;
      if (child.name === 'QuoteMark' || child.name === 'HardBreak') {
        while (text[at] === ' ' || text[at] === '\t') at++;
      }
    }
    return out + words(to);
  }

  const within = (node: SyntaxNode, asText: boolean): string => {
    const marks = children(node).filter(
      ({ name }) => name === 'EmphasisMark' || name === 'LinkMark',
    );
    return span(node, marks[0]!.to, marks[1]!.from, asText);
  };

  function inline(node: SyntaxNode, asText: boolean): string {
    const raw = text.slice(node.from, node.to);
    switch (node.name) {
      case 'Emphasis':
        return asText ? within(node, true) : `<em>${within(node, false)}</em>`;
      case 'StrongEmphasis':
        return asText ? within(node, true) : `<strong>${within(node, false)}</strong>`;
      case 'InlineCode': {
        const [open, close] = node.getChildren('CodeMark');
        let code = text.slice(open!.to, close!.from);
        for (const mark of node.getChildren('QuoteMark').reverse()) {
          code = code.slice(0, mark.from - open!.to) + code.slice(mark.to - open!.to).trimStart();
        }
        code = code.replace(/\n[ \t]*/g, ' ').replace(/\n/g, ' ');
        if (/^ .* $/s.test(code) && /[^ ]/.test(code)) code = code.slice(1, -1);
        return asText ? escapeHtml(code) : `<code>${escapeHtml(code)}</code>`;
      }
      case 'Link': {
        if (asText) return within(node, true);
        const { url, title } = resolve(node);
        return `<a href="${url}"${title === null ? '' : ` title="${title}"`}>${within(node, false)}</a>`;
      }
      case 'Image': {
        const { url, title } = resolve(node);
        const alt = within(node, true);
        if (asText) return alt;
        return `<img src="${url}" alt="${alt}"${title === null ? '' : ` title="${title}"`} />`;
      }
      case 'Autolink': {
        const bare = raw.slice(1, -1);
        const url = /^[a-z][a-z\d+.-]{1,31}:/i.test(bare) ? bare : `mailto:${bare}`;
        return `<a href="${escapeHtml(encodeURI(url).replace(/%25([\da-f]{2})/gi, '%$1'))}">${escapeHtml(bare)}</a>`;
      }
      case 'HTMLTag':
      case 'Comment':
      case 'ProcessingInstruction':
        return asText ? '' : source(node).replace(/\n\s*/g, (gap) => gap);
      case 'HardBreak':
        return asText ? '\n' : '<br />\n';
      case 'Escape':
        return escapeHtml(raw.slice(1));
      case 'Entity':
        // Seven digits at most.
        if (/^&#\d{8}/.test(raw)) return escapeHtml(raw);
        return escapeHtml(decodeHTMLStrict(raw).replaceAll('\0', '\ufffd'));
      default:
        return MARKS.has(node.name) ? '' : escapeHtml(raw);
    }
  }

  /** Code, without what its container or its fence is indented by. */
  function code(node: SyntaxNode, indent: number): string {
    const lines = node
      .getChildren('CodeText')
      .map(({ from, to }) => text.slice(from, to))
      .join('');
    return lines.replace(/^ */gm, (spaces) => spaces.slice(Math.min(indent, spaces.length)));
  }

  /** Column of a place, where a tab ends at the next multiple of four. */
  function visualColumn(at: number): number {
    let column = 0;
    for (let i = text.lastIndexOf('\n', at - 1) + 1; i < at; i++) {
      column += text[i] === '\t' ? 4 - (column % 4) : 1;
    }
    return column;
  }

  /** Where the content of its container begins, columns. */
  function contentColumn(node: SyntaxNode): number {
    const mark = node.parent?.firstChild;
    if (mark?.name !== 'ListMark' && mark?.name !== 'QuoteMark') return 0;
    return visualColumn(mark.to) + 1;
  }

  /** Each line without the four columns that make it code. */
  function indentedCode(node: SyntaxNode): string {
    const indent = contentColumn(node) + 4;
    const [first] = node.getChildren('CodeText');
    if (node.getChild('QuoteMark') || node.parent?.name === 'Blockquote') {
      return ' '.repeat(Math.max(0, visualColumn(first!.from) - indent)) + code(node, 0);
    }
    const start = text.lastIndexOf('\n', node.from - 1) + 1;
    const lines = text.slice(start, node.to).split('\n');
    return lines
      .map((line, i) => {
        let column = 0;
        let at = 0;
        const end = i === 0 ? first!.from - start : line.length;
        for (; at < end && column < indent; at++) {
          if (i > 0 && line[at] !== ' ' && line[at] !== '\t') break;
          column += line[at] === '\t' ? 4 - (column % 4) : 1;
        }
        return ' '.repeat(Math.max(0, column - indent)) + line.slice(i === 0 ? end : at);
      })
      .join('\n');
  }

  const column = (at: number): number => {
    const start = text.lastIndexOf('\n', at - 1) + 1;
    return at - start;
  };

  function block(node: SyntaxNode, tight = false): string {
    const heading = /^(?:ATX|Setext)Heading(\d)$/.exec(node.name);
    if (heading) {
      const marks = node.getChildren('HeaderMark');
      const atx = node.name.startsWith('ATX');
      let from = atx ? marks[0]!.to : node.from;
      while (/[ \t]/.test(text[from] ?? '')) from++;
      const to = atx ? (marks[1]?.from ?? node.to) : marks[0]!.from;
      const words = trimmed(span(node, from, to));
      return `<h${heading[1]}>${words}</h${heading[1]}>\n`;
    }
    switch (node.name) {
      case 'Paragraph': {
        const words = trimmed(span(node, node.from, node.to));
        return tight ? words : `<p>${words}</p>\n`;
      }
      case 'HorizontalRule':
        return '<hr />\n';
      case 'FencedCode': {
        const info = node.getChild('CodeInfo');
        const language = info && plain(text.slice(info.from, info.to)).split(/\s/)[0];
        const start = text.lastIndexOf('\n', node.from - 1) + 1;
        const indent =
          /^ *$/.test(text.slice(start, node.from)) && !container(node) ? column(node.from) : 0;
        let body = code(node, indent);
        const isOpen = node.getChildren('CodeMark').length < 2;
        if (isOpen && node.to === text.length) body = body.replace(/\n$/, '');
        const open = language ? `<code class="language-${escapeHtml(language)}">` : '<code>';
        return `<pre>${open}${escapeHtml(body)}${body === '' ? '' : '\n'}</code></pre>\n`;
      }
      case 'CodeBlock':
        return `<pre><code>${escapeHtml(indentedCode(node))}\n</code></pre>\n`;
      case 'HTMLBlock':
      case 'CommentBlock':
      case 'ProcessingInstructionBlock': {
        const start = text.lastIndexOf('\n', node.from - 1) + 1;
        const lead = /^ {0,3}$/.test(text.slice(start, node.from))
          ? text.slice(start, node.from)
          : '';
        const html = source(node).replace(/\n$/, '');
        return `${lead}${node.getChild('QuoteMark') ? html.replace(/^ /gm, '') : html}\n`;
      }
      case 'Blockquote':
        return `<blockquote>\n${blocks(node)}</blockquote>\n`;
      case 'BulletList':
      case 'OrderedList': {
        const loose = isLoose(node);
        const items = children(node)
          .filter(({ name }) => name === 'ListItem')
          .map((item) => listItem(item, !loose))
          .join('');
        const mark = node.firstChild!.getChild('ListMark')!;
        const number = Number.parseInt(text.slice(mark.from, mark.to), 10);
        const tag = node.name === 'BulletList' ? 'ul' : 'ol';
        const start = tag === 'ol' && number !== 1 ? ` start="${number}"` : '';
        return `<${tag}${start}>\n${items}</${tag}>\n`;
      }
      default:
        return '';
    }
  }

  const container = (node: SyntaxNode): boolean =>
    node.parent?.name === 'ListItem' || node.parent?.name === 'Blockquote';

  function listItem(item: SyntaxNode, tight: boolean): string {
    let out = '';
    for (const child of children(item)) {
      if (MARKS.has(child.name) || child.name === 'LinkReference') continue;
      if (out !== '' && !out.endsWith('\n')) out += '\n';
      if (out === '' && !(tight && child.name === 'Paragraph')) out = '\n';
      out += block(child, tight);
    }
    return `<li>${out}</li>\n`;
  }

  /** A blank line between two items, or between two blocks of one. */
  function isLoose(list: SyntaxNode): boolean {
    const isBlankBetween = (a: SyntaxNode, b: SyntaxNode): boolean =>
      /\n[ \t>]*\n/.test(text.slice(lastText(a), b.from));
    const items = children(list).filter(({ name }) => name === 'ListItem');
    return items.some((item, i) => {
      const inside = children(item).filter(({ name }) => !MARKS.has(name));
      const next = items[i + 1];
      return (
        inside.some((child, j) => j > 0 && isBlankBetween(inside[j - 1]!, child)) ||
        (next !== undefined && isBlankBetween(item, next))
      );
    });
  }

  /** Where the last text of a block is: a container may end behind blank lines. */
  function lastText(node: SyntaxNode): number {
    let end = node.to;
    while (end > node.from && /\s/.test(text[end - 1]!)) end--;
    return end;
  }

  const blocks = (node: SyntaxNode): string =>
    children(node)
      .map((child) => block(child))
      .join('');

  return blocks(tree.topNode);
}
