import type { ComponentChildren, VNode } from 'preact';
import type { LinkTarget } from '../../../storage/notes/link-index.ts';

/** A place of the note that is read, which a link in it leads to; `place`: a heading or a block. */
export type Place = { place: string } | { footnote: number } | { reference: number };

/** What the drawing of a note needs to be given. */
export interface Drawing {
  text: string;
  /** Whether boxes may be ticked. */
  canTick: boolean;
  /** Whether front matter is left out. */
  withoutProperties: boolean;
  /** Ticks or unticks the box whose `[` stands there. */
  tick(at: number): void;
  /** An image that is kept here, or what stands for it. @param width CSS pixels, if the note says so */
  image(address: string, alt: string, width?: number): VNode;
  /** Code in a language, to be coloured. */
  code(language: string, source: string): VNode;
  /** A formula; `isApart`: it stands by itself. */
  formula(source: string, isApart: boolean): VNode;
  /** Leads to the notes with this tag. */
  tagHref(tag: string): string;
  noteLink(link: LinkTarget, children: ComponentChildren): VNode;
  /** A note in place of its link, or the link where it is not drawn. */
  embed(link: LinkTarget, shown: VNode): VNode;
  placeLink(to: Place, props: object, children: ComponentChildren): VNode;
}
