import type { ComponentChildren } from 'preact';
import { withoutExportIds } from '../../../note-files.ts';
import { folderOfPath } from '../../../paths.ts';
import { noteHref } from '../../core/router.ts';
import { shown } from '../../core/strings.ts';

interface Props {
  id: string;
  title: string;
  path: string;
  /** What stands below it. */
  children?: ComponentChildren;
}

/** The way to another note, in a list: its title and its folder. */
export function NoteItem({ id, title, path, children }: Props) {
  const folder = withoutExportIds(folderOfPath(path));
  return (
    <li>
      <a href={noteHref(id)}>
        <span dir="auto">{shown(title)}</span>
        {folder && (
          <span class="quiet" dir="auto">
            {folder}
          </span>
        )}
      </a>
      {children}
    </li>
  );
}
