import type { FrontMatterRange } from './front-matter-range.ts';

/** What is known of a whole text while it is read: the parser itself knows a block at a time. */
export interface Reading {
  text: string;
  /** Keys of the labels that link definitions give, of those that count. */
  defined: ReadonlySet<string>;
  /** Keys of the footnotes that are defined. */
  footnotes: ReadonlySet<string>;
  /** Definitions of other labels are text. Null while it is not known which labels are used. */
  isUsed: ((key: string) => boolean) | null;
  /** Is told of each label that is used. */
  use(key: string): void;
  frontMatter: FrontMatterRange | null;
  /** Whether blocks alone are wanted. */
  blocksOnly: boolean;
  /** By sign: from where on there is none. Asked for often, and found out once. */
  none: Map<string, number>;
  /** By depth: up to where it is known that the block there ends before a sign closes. */
  endsBefore: Map<string, number>;
}

export const blankReading = (text: string): Reading => ({
  text,
  defined: new Set(),
  footnotes: new Set(),
  isUsed: null,
  use: () => {},
  frontMatter: null,
  blocksOnly: false,
  none: new Map(),
  endsBefore: new Map(),
});

let current: Reading = blankReading('');

/** That of the parse under way. */
export const reading = (): Reading => current;

/** Parses with what is known. Parsing is synchronous, so one such state is enough. */
export function reads<T>(what: Reading, parse: () => T): T {
  const before = current;
  current = what;
  try {
    return parse();
  } finally {
    current = before;
  }
}
