import { type ComponentChildren, createElement, type VNode } from 'preact';
import type { Drawn, DrawnElement } from '../../../markdown/drawn.ts';
import { isMedia } from '../../../markdown/wiki-pieces.ts';
import { type LinkTarget, readAddress } from '../../../storage/notes/link-index.ts';
import { calloutOf } from '../callouts.ts';
import type { Drawing } from './drawing.ts';
import { L } from './later-words.ts';
import { propertiesOf } from './properties.ts';

/** What an element stands in. */
export interface Around {
  parent: DrawnElement | null;
  /** Of what stands in an item: its list. */
  list: DrawnElement | null;
  inLink: boolean;
}

const WEB = /^(?:https?:|mailto:)/i;
/** Drawn as what they are called. */
const PLAIN = new Set(
  'blockquote code del dl em kbd mark strong sub sup thead tbody tr u ul br hr'.split(' '),
);
const CLASSED: Record<string, string> = { key: 'key' };

const make = (name: string, props: object, inner: ComponentChildren[] = []): VNode =>
  createElement(name, { ...props, children: inner } as Record<string, unknown>) as VNode;

/** Draws one element around what it holds; its name comes from here alone, never from the note. */
export function drawElement(
  one: DrawnElement,
  inner: ComponentChildren[],
  around: Around,
  drawing: Drawing,
): VNode {
  const { name, from, children } = one;
  const place = { 'data-at': from, 'data-block': one.blockId };
  switch (name) {
    case 'h1':
    case 'h2':
    case 'h3':
    case 'h4':
    case 'h5':
    case 'h6': {
      // The note's title is the page's first heading.
      const level = Math.min(6, Number(name[1]) + 1);
      return make(`h${level}`, { ...place, 'data-heading': '', tabIndex: -1, dir: 'auto' }, inner);
    }
    case 'p': {
      const isTask = around.parent?.task !== undefined && around.parent.children[0] === one;
      const content = isTask ? [box(around.parent!, drawing), ...inner] : inner;
      return make(around.list?.isTight ? 'span' : 'p', { ...place, dir: 'auto' }, content);
    }
    case 'li': {
      const isTask = one.task !== undefined;
      const [first] = children;
      const hasText = typeof first === 'object' && first.name === 'p';
      const content = isTask && !hasText ? [box(one, drawing), ...inner] : inner;
      return make('li', { ...place, dir: 'auto', class: isTask ? 'task' : undefined }, content);
    }
    case 'dt':
    case 'dd':
      return make(name, { ...place, dir: 'auto' }, inner);
    case 'ol':
      return make('ol', { ...place, start: one.start }, inner);
    case 'pre':
      return code(one, inner, drawing);
    case 'math':
      return formula(one, drawing);
    case 'template':
      return template(one, inner, drawing.text);
    case 'table':
      return make('div', { class: 'wide', tabIndex: 0, role: 'group', 'data-block': one.blockId }, [
        make('table', {}, inner),
      ]);
    case 'th':
    case 'td':
      return make(name, { dir: 'auto', class: one.align && `align-${one.align}` }, inner);
    case 'a':
      return link(one, inner, around, drawing);
    case 'wiki':
    case 'embed':
      return wiki(one, inner, around, drawing);
    case 'img':
      return image(one, drawing);
    case 'callout':
      return callout(one, inner);
    case 'callout-title':
      return calloutTitle(around.parent, inner);
    case 'properties':
      return drawing.withoutProperties
        ? make('span', { hidden: true })
        : properties(one, drawing.text);
    case 'details':
      return make('details', place, inner);
    case 'summary':
      return make(around.parent?.name === 'details' ? 'summary' : 'div', { dir: 'auto' }, inner);
    case 'footnote-reference':
      return reference(one.number ?? 0, around, drawing);
    case 'footnotes':
      return make(
        'section',
        { class: 'footnotes', role: 'doc-endnotes', 'aria-label': L.footnotes },
        [make('ol', {}, inner)],
      );
    case 'footnote':
      return footnote(one, inner, drawing);
    case 'tag': {
      if (around.inLink) return make('span', { class: 'tag' }, inner);
      const tag = drawing.text.slice(one.from, one.to).replace(/^#/, '');
      return make('a', { class: 'tag', href: drawing.tagHref(tag) }, inner);
    }
    default:
      if (PLAIN.has(name)) return make(name, isBlock(name) ? place : {}, inner);
      return make('span', { class: CLASSED[name] }, inner);
  }
}

const isBlock = (name: string): boolean => /^(?:blockquote|dl|ul|tr|hr)$/.test(name);

/** What is read in an element. */
const textOf = (list: readonly Drawn[]): string =>
  list
    .map((one) => {
      if (typeof one === 'string') return one;
      return one.name === 'br' ? ' ' : (one.alt ?? textOf(one.children));
    })
    .join('');

/** The box of a task; of one that is neither done nor to be done its sign is shown too. */
function box(item: DrawnElement, { text, canTick, tick }: Drawing): VNode {
  const at = text.indexOf('[', item.from);
  const state = item.task ?? ' ';
  const [first] = item.children;
  const label = typeof first === 'object' ? textOf(first.children).trim() : '';
  const isOther = !/^[ xX]$/.test(state);
  const input = make('input', {
    type: 'checkbox',
    checked: state === 'x' || state === 'X',
    indeterminate: isOther,
    disabled: !canTick,
    'aria-label': label || L.task,
    onClick: () => tick(at),
  });
  return isOther ? make('span', {}, [input, make('span', { class: 'state' }, [state])]) : input;
}

function code(
  { language, from, blockId, children }: DrawnElement,
  inner: ComponentChildren[],
  drawing: Drawing,
): VNode {
  const [source] = children;
  const isPlain = !language || children.length !== 1 || typeof source !== 'string';
  const content = isPlain ? make('code', {}, inner) : drawing.code(language, source);
  const pre = make('pre', { tabIndex: 0, 'data-at': from, 'data-block': blockId }, [content]);
  if (!language) return pre;
  return make('div', { class: 'fence' }, [make('span', { class: 'language' }, [language]), pre]);
}

/** A formula: drawn from its source. One in two dollar signs stands by itself, in a line too. */
function formula({ from, isBlock, blockId, children }: DrawnElement, drawing: Drawing): VNode {
  const source = textOf(children);
  const isApart = isBlock === true || drawing.text.startsWith('$$', from);
  const place = isBlock ? { 'data-at': from, 'data-block': blockId } : {};
  const props = {
    class: isApart ? 'math wide' : 'math',
    tabIndex: isApart ? 0 : undefined,
    ...place,
  };
  return make(isBlock ? 'div' : 'span', props, [drawing.formula(source, isApart)]);
}

/** A template: as it is written. */
function template(one: DrawnElement, inner: ComponentChildren[], text: string): VNode {
  const { from, to, isBlock, blockId } = one;
  if (!isBlock)
    return make('code', { class: 'template' }, [text.slice(from, to).replace(/\s+/g, ' ')]);
  const props = { class: 'template', tabIndex: 0, 'data-at': from, 'data-block': blockId };
  const isOwnLine = text.startsWith('\n', to - 3) && !textOf(one.children).endsWith('\n');
  const end = isOwnLine ? '\n%>' : '%>';
  return make('pre', props, [make('code', {}, ['<%', ...inner, end])]);
}

function link(
  { href = '', title }: DrawnElement,
  inner: ComponentChildren[],
  around: Around,
  drawing: Drawing,
): VNode {
  if (around.inLink) return make('span', {}, inner);
  if (WEB.test(href)) {
    return make('a', { href, title, target: '_blank', rel: 'noopener noreferrer' }, inner);
  }
  const { target, place } = readAddress(href);
  if (target !== '') return drawing.noteLink({ kind: 'address', written: href }, inner);
  return place ? drawing.placeLink({ place }, {}, inner) : make('span', {}, inner);
}

/** `![alt|200](address)` says how wide it is to be. */
function image({ src = '', alt = '' }: DrawnElement, drawing: Drawing): VNode {
  const size = /(?:^|\|)(\d{1,5})(?:x\d{1,5})?$/.exec(alt);
  const shown = size ? alt.slice(0, size.index) : alt;
  return drawing.image(src, shown, size ? Number(size[1]) : undefined);
}

const linkText = (target: string, hash: string | undefined): string =>
  hash === undefined ? target : `${target}#${hash}`;

/** An embedded note is drawn in place; an embedded picture stands where it is kept. */
function wiki(
  { name, target = '', heading, block, width, children }: DrawnElement,
  inner: ComponentChildren[],
  around: Around,
  drawing: Drawing,
): VNode {
  const isEmbed = name === 'embed';
  if (isEmbed && isMedia(target)) return drawing.image(target, textOf(children) || target, width);
  if (around.inLink) return make('span', {}, inner);
  const hash = block === undefined ? heading : `^${block}`;
  // A block of this note has no other name.
  const shown = inner.length > 0 ? inner : [target || (hash ?? '')];
  const to: LinkTarget = { kind: 'name', written: linkText(target, hash) };
  const link =
    target === '' && hash
      ? drawing.placeLink({ place: hash }, {}, shown)
      : drawing.noteLink(to, shown);
  return isEmbed ? drawing.embed(to, link) : link;
}

/** Its kind is named in words too, for not everybody sees its colour. */
function callout(one: DrawnElement, inner: ComponentChildren[]): VNode {
  const { fold, from, blockId, children } = one;
  const [first] = children;
  const hasTitle = typeof first === 'object' && first.name === 'callout-title';
  const content = hasTitle ? inner : [calloutTitle(one, []), ...inner];
  const props = {
    class: `callout callout-${calloutOf(one.callout ?? '').tone}`,
    'data-at': from,
    'data-block': blockId,
  };
  if (!fold) return make('div', props, content);
  return make('details', { ...props, open: fold === '+' }, content);
}

function calloutTitle(callout: DrawnElement | null, inner: ComponentChildren[]): VNode {
  const { label } = calloutOf(callout?.callout ?? '');
  const kind = make('span', { class: 'kind' }, [label]);
  const content = inner.length > 0 ? [kind, ' ', ...inner] : [kind];
  return make(callout?.fold ? 'summary' : 'div', { class: 'callout-title', dir: 'auto' }, content);
}

function properties({ from, to }: DrawnElement, text: string): VNode {
  const lines = text.slice(from, to).split('\n');
  const yaml = lines.slice(1, -1).join('\n');
  const found = propertiesOf(yaml);
  const content = found
    ? make(
        'dl',
        {},
        found.map(({ key, value }) =>
          make('div', {}, [
            make('dt', { dir: 'auto' }, [key]),
            make('dd', { dir: 'auto' }, [value]),
          ]),
        ),
      )
    : make('pre', { tabIndex: 0 }, [yaml]);
  return make('details', { class: 'properties', 'data-at': from }, [
    make('summary', {}, [L.properties]),
    content,
  ]);
}

function reference(number: number, around: Around, drawing: Drawing): VNode {
  const shown = [String(number)];
  if (around.inLink) return make('sup', {}, shown);
  const props = {
    role: 'doc-noteref',
    'aria-label': L.footnote(number),
    'data-reference': number,
  };
  return make('sup', {}, [drawing.placeLink({ footnote: number }, props, shown)]);
}

function footnote(
  { number = 0, from }: DrawnElement,
  inner: ComponentChildren[],
  drawing: Drawing,
): VNode {
  const props = { role: 'doc-backlink', 'aria-label': L.backToText, class: 'back' };
  const back = drawing.placeLink({ reference: number }, props, ['↩']);
  return make(
    'li',
    { value: number, 'data-at': from, 'data-footnote': number, tabIndex: -1, dir: 'auto' },
    [...inner, ' ', back],
  );
}
