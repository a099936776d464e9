import type { ComponentChildren, VNode } from 'preact';

/** A place of the note that is read, which a link in it leads to. */
export type Place =
  | { heading: string }
  | { block: string }
  | { footnote: number }
  | { reference: number };

/** What the drawing of a note needs to be given. */
export interface Drawing {
  text: string;
  /** Whether boxes may be ticked. */
  canTick: boolean;
  /** Ticks or unticks the box whose `[` stands there. */
  tick(at: number): void;
  /** An image that is kept here, or what stands for it. */
  image(address: string, alt: string): VNode;
  noteLink(target: string, children: ComponentChildren): VNode;
  placeLink(to: Place, props: object, children: ComponentChildren): VNode;
}
