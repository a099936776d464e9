import { plural } from '../core/strings.ts';

/** Words of Settings: fetched with it. */
export const W = {
  // Contract: the name of the theme's list.
  aspects: {
    theme: 'Theme',
    textSize: 'Text size',
    density: 'Density',
    dates: 'Language of dates',
  },
  themes: { system: 'System', light: 'Light', dark: 'Dark', contrast: 'More contrast' },
  textSizes: { small: 'Small', normal: 'Normal', large: 'Large', larger: 'Larger' },
  densities: { comfortable: 'Comfortable', compact: 'Compact' },
  datesOfBrowser: 'Browser’s own',
  appearance: 'Appearance',
  index: 'Search index',
  effort: 'Indexing effort',
  efforts: { full: 'Full', gentle: 'Gentle', idle: 'Only when idle' },
  exportVectors: 'Export vectors',
  exportHint: 'One passage a line, with the text that was embedded and the model’s own vector.',
  exportProgress: (passages: number) => `${plural(passages, 'passage', 'passages')} so far`,
  exportDone: (passages: number) => `Exported ${plural(passages, 'passage', 'passages')}.`,
  rebuild: 'Rebuild index',
  rebuildHint:
    'Makes every vector anew. Your notes stay as they are, and search goes on by words meanwhile.',
  rebuilding: 'The index is being rebuilt.',
  workspaces: 'Workspaces',
  data: 'Data',
  deleteAll: 'Delete all data',
  deleteAllHint: 'Deletes every note, workspace and setting from this browser, for good.',
  deleteAllCopies: (host: string) =>
    `Other copies of Findling at this address (${host}) lose their notes, too. Other apps are left alone.`,
  about: 'About',
  aboutPrivate:
    'Findling keeps and searches your notes in this browser. Nothing is ever sent anywhere.',
  aboutModel: 'Meaning is found with Universal Sentence Encoder Lite by Google, under Apache-2.0.',
  attribution: 'Attribution and licence',
  version: (version: string, build: string) => `Version ${version}, build ${build}`,
  licences: 'Licences',
  licencesHint: (total: number) =>
    `Findling is under Apache-2.0, and made with ${plural(total, 'work', 'works')} of others. Open one to read its licence.`,
  licencesFailed: 'The licences could not be loaded. Check that Findling is still served.',
} as const;
