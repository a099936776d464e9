/** What can be told of a text's links without reading it. Pure. */

/** UTF-16 units of a text that are read while it is saved; what is behind them is due then. */
export const READ_AT_ONCE = 200_000;

/** Whether the links of a text of this size are not all read while it is saved. */
export const isLongToRead = (size: number): boolean => size > READ_AT_ONCE;

/** Only such a text may say tags or properties of its note. */
export const maySay = (text: string): boolean =>
  /#[^\s#]/.test(text) || text.includes('::') || /^\ufeff?---/.test(text);

/** Only such a text may have links. */
export const mayLink = (text: string): boolean =>
  text.includes('[[') || text.includes('](') || text.includes(']:');
