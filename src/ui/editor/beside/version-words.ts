import { withoutExportIds } from '../../../note-files.ts';
import { plural } from '../../core/strings.ts';

/** Words for earlier versions: fetched when there may be some. */
export const L = {
  versions: (total: number) => plural(total, 'earlier version', 'earlier versions'),
  versionWhy: {
    'import-conflict': 'imported, while the note had been changed here',
    'edit-conflict': 'replaced by a change in another tab',
    edit: 'as you left it then',
    restored: 'set aside when a backup was restored',
    copy: 'a conflict copy that was kept as a version',
    found: 'typed in a tab that ended before it was saved',
  },
  versionAlso: (tags: readonly string[], path = '', pinned = false) =>
    [
      tags.length > 0 ? `Tags: ${tags.join(', ')}` : 'No tags',
      path.includes('/')
        ? `Folder: ${withoutExportIds(path.slice(0, path.lastIndexOf('/')))}`
        : 'No folder',
      pinned && 'Pinned',
    ]
      .filter(Boolean)
      .join(' · '),
  useVersion: 'Use this text',
} as const;
