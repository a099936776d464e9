/** Words for notes that name another without a link: fetched with the list of them. */
export const L = {
  unlinked: 'Unlinked mentions',
  none: 'No other note names this one without a link.',
  link: 'Link',
  linkIn: (title: string) => `Link in “${title}”`,
} as const;
