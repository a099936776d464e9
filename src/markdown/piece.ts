/** What each character of a note is for who reads it. */

/** Why something is not shown: a remark, a machine's text, an address, a fence's language. */
export type Hidden = 'comment' | 'machine' | 'address' | 'language';

export type Piece = { from: number; to: number } & (
  | { kind: 'text' }
  | { kind: 'sign' }
  /** Of the front matter. */
  | { kind: 'property' }
  /** An entity, a break: what is read instead. */
  | { kind: 'replaced'; by: string }
  | { kind: 'hidden'; what: Hidden }
);
