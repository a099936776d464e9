/**
 * Comma-separated values as RFC 4180 has them, with a mark that tells spreadsheets it is UTF-8.
 * Pure. A cell that a spreadsheet would take for a formula gets an apostrophe in front.
 */
export const csv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`;

/** A cell that a spreadsheet would run. */
const FORMULA = /^\s*[=+\-@＝＋－＠|]|^[\t\r\n]/u;

function cell(text: string): string {
  const plain = FORMULA.test(text) ? `'${text}` : text;
  return `"${plain.replaceAll('"', '""')}"`;
}
