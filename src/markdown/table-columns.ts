/** How the columns of a table are aligned, by the row under its head; undefined where it is not said. */
export function alignments(row: string): ('left' | 'center' | 'right' | undefined)[] {
  return (row.match(/:?-+:?/g) ?? []).map((cell) => {
    const left = cell.startsWith(':');
    const right = cell.endsWith(':');
    if (left && right) return 'center';
    if (left) return 'left';
    return right ? 'right' : undefined;
  });
}
