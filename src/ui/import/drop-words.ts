/** Words of the overlay that files are dropped on. */
export const L = {
  dropHere: 'Drop to import',
} as const;
