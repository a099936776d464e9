import { type ComponentChildren, createElement, type VNode } from 'preact';
import { fileTarget } from '../links.ts';
import type { Tokens } from './read-markdown.ts';

export interface Drawing {
  text: string;
  onTask?: (at: number) => void;
  image(address: string, alt: string): VNode;
  noteLink(target: string, children: ComponentChildren): VNode;
}

type Token = Tokens[number];

const make = (tag: string, props: object | null, ...children: ComponentChildren[]): VNode =>
  createElement(tag, props as Record<string, unknown>, ...children) as VNode;

/** All that a note can become. */
const ELEMENTS = new Set('p ul ol li blockquote strong em s table thead tbody tr th td'.split(' '));
const WEB = /^(?:https?:|mailto:)/i;

/** Draws tokens; what is not known is drawn as the text that it is. */
export function drawMarkdown(tokens: Tokens, drawing: Drawing): ComponentChildren {
  const starts = lineStarts(drawing.text);
  /** Lengths of the `[ ] ` that stand as boxes. */
  const signs = new Map<Token, number>();
  let at = 0;

  function children(
    list: Token[],
    end: (token: Token) => boolean,
    from: number,
  ): [VNode[], number] {
    const made: VNode[] = [];
    let i = from;
    while (i < list.length && !end(list[i]!)) {
      const token = list[i]!;
      if (token.nesting === 1) {
        const task = token.type === 'list_item_open' ? taskAt(list, i) : null;
        const [inner, next] = children(
          list,
          (one) => one.nesting === -1 && one.level === token.level,
          i + 1,
        );
        const content: ComponentChildren[] = task ? [task, ...inner] : inner;
        made.push(element(token, content, task !== null));
        i = next + 1;
      } else {
        const one = single(token);
        if (one) made.push(one);
        i++;
      }
    }
    return [made, i];
  }

  function element(token: Token, inner: ComponentChildren[], isTask: boolean): VNode {
    const key = at++;
    const line = token.map?.[0];
    const heading = /^h([1-6])$/.exec(token.tag);
    // The note's title is the page's first heading.
    if (heading) {
      const tag = `h${Math.min(6, Number(heading[1]) + 1)}`;
      return make(
        tag,
        { key, 'data-heading': '', 'data-line': line, tabIndex: -1, dir: 'auto' },
        inner,
      );
    }
    if (token.type === 'wiki_open') {
      return make('span', { key }, drawing.noteLink(String(token.attrGet('href') ?? ''), inner));
    }
    if (token.type === 'link_open') return link(key, String(token.attrGet('href') ?? ''), inner);
    if (token.hidden || !ELEMENTS.has(token.tag)) return make('span', { key }, inner);
    if (token.tag === 'table') {
      return make(
        'div',
        { key, class: 'wide', tabIndex: 0, role: 'group' },
        make('table', null, inner),
      );
    }
    const start = token.tag === 'ol' ? Number(token.attrGet('start') ?? 1) : undefined;
    const dir = token.tag === 'p' || token.tag === 'li' ? 'auto' : undefined;
    const isA = isTask ? 'task' : undefined;
    return make(token.tag, { key, start, dir, class: isA, 'data-line': line }, inner);
  }

  function link(key: number, href: string, inner: ComponentChildren[]): VNode {
    if (WEB.test(href)) {
      return make('a', { key, href, target: '_blank', rel: 'noopener noreferrer' }, inner);
    }
    const file = fileTarget(href);
    return make('span', { key }, file ? drawing.noteLink(file, inner) : inner);
  }

  function single(token: Token): VNode | null {
    const key = at++;
    switch (token.type) {
      case 'inline':
        return make('span', { key }, children(token.children ?? [], () => false, 0)[0]);
      case 'text':
        return make('span', { key }, token.content.slice(signs.get(token) ?? 0));
      case 'code_inline':
        return make('code', { key }, token.content);
      case 'fence':
      case 'code_block':
        return make(
          'pre',
          { key, tabIndex: 0, 'data-line': token.map?.[0] },
          make('code', null, token.content),
        );
      case 'hr':
        return make('hr', { key });
      case 'hardbreak':
      case 'softbreak':
        return make('br', { key });
      case 'image':
        return make(
          'span',
          { key },
          drawing.image(String(token.attrGet('src') ?? ''), token.content),
        );
      default:
        return token.content ? make('span', { key }, token.content) : null;
    }
  }

  /** A box for `- [ ] …`. */
  function taskAt(list: Token[], i: number): VNode | null {
    const inline = list[i + 2]?.type === 'inline' ? list[i + 2]! : null;
    const first = inline?.children?.[0];
    const match = first?.type === 'text' ? /^\[([ xX])\][ \t]+/.exec(first.content) : null;
    if (!inline || !first || !match) return null;
    const line = inline.map?.[0] ?? 0;
    const from = starts[line] ?? 0;
    const sign = drawing.text.indexOf(match[0].slice(0, 3), from);
    const label = inline.content.slice(match[0].length);
    signs.set(first, match[0].length);
    const { onTask } = drawing;
    return make('input', {
      key: `task ${at++}`,
      type: 'checkbox',
      checked: match[1] !== ' ',
      disabled: !onTask,
      'aria-label': label,
      onClick: () => onTask?.(sign),
    });
  }

  return children(tokens, () => false, 0)[0];
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
