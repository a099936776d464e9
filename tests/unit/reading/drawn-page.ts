import { type ComponentChildren, createElement, type VNode } from 'preact';
import { parse } from '../../../src/markdown/document.ts';
import { render } from '../../../src/markdown/render.ts';
import { drawer, type Picture } from '../../../src/ui/editor/reading/draw-markdown.ts';
import type { Drawing } from '../../../src/ui/editor/reading/drawing.ts';

const make = (name: string, props: object, children?: ComponentChildren): VNode =>
  createElement(name, { ...props, children } as Record<string, unknown>) as VNode;

/** Links, images and boxes as elements of their own, so that a test sees what they were given. */
const drawingOf = (text: string, rest: Partial<Drawing> = {}): Drawing => ({
  text,
  canTick: true,
  withoutProperties: false,
  tagHref: (tag) => `#/notes?tag=${tag}`,
  tick: () => {},
  image: (address, alt) => make('kept-image', { address, alt }),
  code: (language, source) => make('code', { 'data-language': language }, source),
  formula: (source, isApart) => make('the-formula', { apart: isApart || undefined }, source),
  noteLink: ({ written }, children) => make('note-link', { target: written }, children),
  embed: (_, shown) => make('span', { class: 'embed' }, shown),
  placeLink: (to, _, children) => make('place-link', to, children),
  ...rest,
});

/** Draws a note as the reading view does. */
export const drawPage = (text: string, rest: Partial<Drawing> = {}): ((most: number) => Picture) =>
  drawer(render(parse(text)), drawingOf(text, rest));
